"""Turns a document, as bytes that somebody sent, into its program.

Documents may have megabytes, and be made to take long: this module runs in a process of its own for each long one.
"""

import json
import sys
from typing import Final, Literal, NamedTuple

from pydantic import ValidationError
from pydantic_core import from_json

from xatra_api.document.attachments import detach
from xatra_api.document.schemas import DocumentBody
from xatra_api.document.writing import write
from xatra_api.imports.syntax import bound_this_process

MAX_VALUES: Final = 200_000
MAX_DEPTH: Final = 100

_MAX_ERRORS: Final = 20
_MAX_FIELD_CHARACTERS: Final = 200


class Refusal(NamedTuple):
    """Why a document has no program: it is too large, or wrong, in the named fields."""

    kind: Literal["large", "invalid"]
    message: str
    errors: list[dict[str, str]] = []  # noqa: RUF012 - nobody appends to a named tuple's


class Converted(NamedTuple):
    """A program, the document as reading it gives it, in JSON, and the contents that became files."""

    program: str
    document: bytes
    files: dict[str, bytes]


def convert(body: bytes) -> Converted | Refusal:
    """Return the program of `{"document": …}`."""
    try:
        excess = _excess(from_json(body))
        if excess:
            return excess
        asked = DocumentBody.model_validate_json(body)
        detached = detach(asked.document)
        written = write(detached.document, asked.library_names)
    except ValidationError as error:
        return Refusal("invalid", "The document is not of the form that the schema describes.", _errors(error))
    except RecursionError:
        return Refusal("large", "A territory of the document is nested too deeply.")
    except ValueError as error:
        return Refusal("invalid", f"The document has no program: {error}.")
    document = written.document.model_dump_json(exclude_defaults=True).encode()
    return Converted(written.program, document, detached.files)


def _excess(value: object) -> Refusal | None:
    """Walk JSON level by level; return the refusal if it has more than a document may have."""
    level = [value]
    values = 0
    for _ in range(MAX_DEPTH):
        values += len(level)
        if values > MAX_VALUES:
            return Refusal("large", f"The document has more than {MAX_VALUES:,} values.")
        level = [child for item in level for child in _children(item)]
        if not level:
            return None
    return Refusal("large", f"The document is nested deeper than {MAX_DEPTH} levels.")


def _children(value: object) -> list[object]:
    match value:
        case dict():
            return list(value.values())
        case list():
            return value
    return []


def _errors(error: ValidationError) -> list[dict[str, str]]:
    return [
        {"field": ".".join(str(part) for part in entry["loc"])[:_MAX_FIELD_CHARACTERS], "message": entry["msg"]}
        for entry in error.errors(include_url=False, include_context=False, include_input=False)[:_MAX_ERRORS]
    ]


def pack(outcome: Converted | Refusal) -> bytes:
    """Return an outcome as bytes: a line of JSON that says how long each part is, and the parts."""
    if isinstance(outcome, Refusal):
        return json.dumps({"refusal": outcome}).encode()
    parts = {"program": outcome.program.encode(), "document": outcome.document}
    lengths = {
        "parts": {name: len(part) for name, part in parts.items()},
        "files": {name: len(content) for name, content in outcome.files.items()},
    }
    return b"".join([json.dumps(lengths).encode(), b"\n", *parts.values(), *outcome.files.values()])


def unpack(packed: bytes) -> Converted | Refusal:
    """Return the outcome that `pack` packed."""
    head, _, rest = packed.partition(b"\n")
    lengths = json.loads(head)
    if "refusal" in lengths:
        return Refusal(*lengths["refusal"])
    at = 0
    contents: dict[str, bytes] = {}
    for name, length in [*lengths["parts"].items(), *lengths["files"].items()]:
        contents[name] = rest[at : at + length]
        at += length
    program, document = contents.pop("program"), contents.pop("document")
    return Converted(program.decode(), document, contents)


def main() -> None:
    """Convert the document on standard input."""
    bound_this_process()
    sys.stdout.buffer.write(pack(convert(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
