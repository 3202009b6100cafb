"""Takes a draft's body apart: the client's own state, which may be long, from the fields that are ours.

A body may have megabytes of small values, which take long to read: this module runs in a process of its own for each long
one, and the state stays text from then on. It imports little, so that the process is there soon.
"""

import sys
from typing import Final, NamedTuple

import orjson

from xatra_api.imports.syntax import bound_this_process

_MAX_MEMBERS: Final = 100


class Parts(NamedTuple):
    """A body taken apart.

    Attributes:
        fault: Why it cannot be; None: it can.
        fields: What is ours, as JSON that is read fast: texts, and objects of a few texts.
        state: The client's own object, as JSON; None: it was not sent.
    """

    fault: str | None
    fields: str = "{}"
    state: str | None = None


def take_apart(body: bytes) -> Parts:
    """Take apart a body that somebody sent."""
    try:
        value = orjson.loads(body)
        if not isinstance(value, dict) or len(value) > _MAX_MEMBERS:
            return Parts("It is no object, or has too many members.")
        state = None
        if "state" in value:
            state = value.pop("state")
            if not isinstance(state, dict):
                return Parts("Its `state` is no object.")
            state = orjson.dumps(state).decode()
        fields = {name: field if _is_small(field) else None for name, field in value.items()}
        return Parts(None, orjson.dumps(fields).decode(), state)
    except (orjson.JSONDecodeError, orjson.JSONEncodeError) as error:
        return Parts(f"It is no JSON that can be kept: {error}.")


def _is_small(field: object) -> bool:
    match field:
        case dict():
            return len(field) <= _MAX_MEMBERS and all(isinstance(member, str) for member in field.values())
        case list():
            return False
    return True


def main() -> None:
    """Take apart the body on standard input."""
    bound_this_process()
    sys.stdout.buffer.write(orjson.dumps([*take_apart(sys.stdin.buffer.read())]))


if __name__ == "__main__":
    main()
