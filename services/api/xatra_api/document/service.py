"""The rules of documents over HTTP: what is read or written where, and what is refused."""

import functools
import json
from collections.abc import Sequence
from typing import Any, Final

import orjson

from xatra_api.document.conversion import Converted, Refusal, convert, unpack
from xatra_api.document.schemas import Document
from xatra_api.imports.programs import MAX_PROGRAM_CHARACTERS, ProgramTooLarge, not_understood, source_of
from xatra_api.imports.syntax import NO_TEXT, TOO_HARD, Fault
from xatra_api.processes import Processes
from xatra_shared.http.problems import Problem

MAX_DOCUMENT_BYTES: Final = 10_000_000

# Up to this length, no document was found that holds the interpreter's lock, and so all other requests, for 50 ms.
_MAX_INLINE_BYTES: Final = 10_000


class DocumentTooLarge(Problem):
    """The document is longer than anything a person draws."""

    status = 413
    slug = "document-too-large"
    title = "The map document is too large"


class DocumentInvalid(Problem):
    """The document is not of the form that its schema describes."""

    status = 422
    slug = "document-invalid"
    title = "The map document is not valid"


class FilesInDocument(Problem):
    """A render takes files by their hashes; this document still holds some itself."""

    status = 422
    slug = "files-in-document"
    title = "The map document holds files, which have to be uploaded first"


class DocumentService:
    """Reads programs into documents, and writes documents as programs."""

    def __init__(self, processes: Processes) -> None:
        self._processes = processes

    async def read(self, program: str, library_names: Sequence[str] = ()) -> bytes:
        """Return `{"document": …}` for a program, as JSON.

        Args:
            program: Python source.
            library_names: Names that the map's own library gives to territories, before the program runs.

        Raises:
            ProgramTooLarge: It has more than 200,000 characters.
            ProgramNotUnderstood: It is not valid Python, has more than 50,000 nodes, is nested deeper than 160, or
                takes more than two seconds or 512 MiB to read.
            TooManyPrograms: The machine is too busy.
        """
        asked = _json_line(library_names) + source_of(program)
        answer = await self._processes.run(["-m", "xatra_api.document.reading"], asked)
        if answer is None:
            raise not_understood(Fault(None, None, TOO_HARD))
        if answer.startswith(b'{"fault"'):
            raise not_understood(Fault(*json.loads(answer)["fault"]))
        return answer

    async def write(self, body: bytes) -> Converted:
        """Return the program of `{"document": …}`.

        Raises:
            DocumentTooLarge: It has more than 10 MB, 200,000 values or 100 levels.
            DocumentInvalid: It is not of the form that the schema describes, or takes more than two seconds or 512 MiB.
            ProgramTooLarge: Its program has more than 200,000 characters.
            TooManyPrograms: The machine is too busy.
        """
        if len(body) > MAX_DOCUMENT_BYTES:
            raise DocumentTooLarge(f"It may have {MAX_DOCUMENT_BYTES:,} bytes.")
        outcome = convert(body) if len(body) <= _MAX_INLINE_BYTES else await self._convert_apart(body)
        match outcome:
            case Refusal(kind="large"):
                raise DocumentTooLarge(outcome.message)
            case Refusal():
                raise DocumentInvalid(outcome.message, errors=outcome.errors)
        if len(outcome.program) > MAX_PROGRAM_CHARACTERS:
            raise ProgramTooLarge("So long is the program of this document.")
        return outcome

    async def program_of(self, document: dict[str, Any]) -> str:
        """Return the program of a document for a render; see `write` for what is refused.

        Raises:
            FilesInDocument: It holds files that a render takes by their hashes.
        """
        try:
            body = orjson.dumps({"document": document})
        except orjson.JSONEncodeError as error:
            raise DocumentInvalid(f"The document cannot be read: {error}.", errors=[]) from None
        converted = await self.write(body)
        if converted.files:
            raise FilesInDocument("Send it to /document/program, and render what that answers.")
        return converted.program

    async def _convert_apart(self, body: bytes) -> Converted | Refusal:
        answer = await self._processes.run(["-m", "xatra_api.document.conversion"], body)
        if answer is None:
            return Refusal("invalid", "The document takes too much time or memory.")
        return unpack(answer)


def _json_line(names: Sequence[str]) -> bytes:
    try:
        return orjson.dumps(list(names)) + b"\n"
    except orjson.JSONEncodeError:
        raise not_understood(Fault(None, None, NO_TEXT)) from None


@functools.cache
def json_schema() -> bytes:
    """Return the JSON Schema of documents."""
    schema = Document.model_json_schema()
    return orjson.dumps(
        {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:xatra:document:1"} | schema
    )
