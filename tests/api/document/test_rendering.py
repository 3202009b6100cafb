"""A document renders to the map of its program, byte for byte, with a real worker behind a real queue."""

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from tests.api.conftest import API
from tests.api.document.documents import without_texts

from xatra_api.document.reading import read
from xatra_api.document.schemas import Document
from xatra_api.document.writing import write

pytestmark = pytest.mark.usefixtures("shared_worker")

EXAMPLES = Path(__file__).parents[3] / "examples"
# Between them, nearly every kind of layer; the files that they read, by name.
MAPS = {"01-maurya": (), "06-periplus": (), "07-chola": ("tanpura.wav",), "10-grand-trunk-road": ()}
TABLE = """
import pandas as pd
import xatra
from io import StringIO

xatra.DataColormap("YlOrRd", vmin=0)
xatra.Dataframe(pd.read_csv(StringIO("GID,1951,1961\\nIND.12,5,6\\nIND.31,7,8\\n")))
xatra.Data("IND.11", 3.5, period=[1951, 1956])
xatra.River("Ganga", xatra.overpass("1236345"), show_label=True)
xatra.Flag("India", (xatra.gadm("IND.5") | xatra.gadm("IND.34")) & xatra.polygon([[20, 70], [30, 70], [30, 90], [20, 90]]))
"""


def render(client: httpx2.Client, files: dict[str, str], **body: object) -> str:
    """Render, and return the artefact's sha256."""
    answer = client.post(f"{API}/renders", json={**body, "files": files}, headers={"Prefer": "wait=30"})
    assert answer.json()["state"] == "succeeded", answer.text
    return str(answer.json()["artefact"]["sha256"])


def upload(client: httpx2.Client, name: str) -> str:
    content = (EXAMPLES / "files" / name).read_bytes()
    return str(client.put(f"{API}/files", params={"name": name}, content=content).json()["sha256"])


def wire(document: Document) -> dict[str, Any]:
    json_: dict[str, Any] = json.loads(document.model_dump_json(exclude_defaults=True))
    return json_


@pytest.mark.parametrize("program", [*MAPS, TABLE], ids=[*MAPS, "table"])
def test_a_map_is_the_same_as_program_as_document_and_written_anew(api: httpx2.Client, program: str) -> None:
    files = {name: upload(api, name) for name in MAPS.get(program, ())}
    source = (EXAMPLES / f"{program}.py").read_text() if program in MAPS else program
    document = read(source)
    assert isinstance(document, Document)
    anew = document.model_copy(update={"elements": without_texts(document.elements)})
    assert write(anew).program != source

    expected = render(api, files, program=source)
    assert render(api, files, document=wire(document)) == expected
    assert render(api, files, document=wire(anew)) == expected


@pytest.mark.parametrize("body", [{}, {"program": "x = 1", "document": {"version": 1}}], ids=["neither", "both"])
def test_a_render_is_of_a_program_or_of_a_document(api: httpx2.Client, body: dict[str, object]) -> None:
    answer = api.post(f"{API}/renders", json=body)

    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:xatra:problem:invalid-request"


def test_a_document_that_is_wrong_is_no_render(api: httpx2.Client) -> None:
    answer = api.post(f"{API}/renders", json={"document": {"version": 1, "elements": [{"type": "castle"}]}})

    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:xatra:problem:document-invalid"


def test_a_document_that_holds_audio_is_no_render_yet(api: httpx2.Client) -> None:
    sound = "data:audio/wav;base64,UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA="
    answer = api.post(
        f"{API}/renders", json={"document": {"version": 1, "elements": [{"type": "music", "value": sound}]}}
    )

    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:xatra:problem:files-in-document"
