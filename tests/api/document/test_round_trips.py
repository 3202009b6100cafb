"""What goes from document to program and back, or the other way, comes back as it was."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.api.document.documents import documents, programs, without_texts

from xatra_api.document.reading import read
from xatra_api.document.schemas import Document, Element, PythonImport
from xatra_api.document.writing import write
from xatra_api.imports.syntax import Fault

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.py"))
thorough = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


def document_of(program: str) -> Document:
    document = read(program)
    assert not isinstance(document, Fault), document
    return document


@thorough
@given(documents())
def test_a_document_comes_back_from_its_program(document: Document) -> None:
    written = write(document)

    assert document_of(written.program) == written.document
    assert layers_of(written.document) == layers_of(document)


@thorough
@given(documents())
def test_a_document_with_its_texts_is_written_as_it_was(document: Document) -> None:
    written = write(document)

    assert write(written.document) == written


@thorough
@given(documents())
def test_a_document_survives_json(document: Document) -> None:
    written = write(document).document

    assert Document.model_validate_json(written.model_dump_json(exclude_defaults=True)) == written


@thorough
@given(programs())
def test_a_program_comes_back_from_its_document_to_the_byte(program: str) -> None:
    document = read(program)

    if not isinstance(document, Fault):
        assert write(document).program == program
        assert write(document).document == document


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_an_example_comes_back_from_its_document_to_the_byte(path: Path) -> None:
    program = path.read_text()
    document = document_of(program)

    assert write(document).program == program
    assert document_of(program) == document


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_an_example_that_is_written_anew_means_the_same(path: Path) -> None:
    document = document_of(path.read_text())
    anew = write(document.model_copy(update={"elements": without_texts(document.elements)}))

    assert document_of(anew.program) == anew.document
    assert layers_of(anew.document) == layers_of(document)


def layers_of(document: Document) -> list[Element]:
    """Return all elements but imports, which are added to, as they are without their texts."""
    return without_texts([element for element in document.elements if not isinstance(element, PythonImport)])
