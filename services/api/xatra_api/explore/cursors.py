"""Cursors: where a page of works ends and the next begins, as an opaque text."""

import base64
import binascii
import json
from datetime import datetime
from typing import Final, Literal

from xatra_shared.http.problems import Problem

type Column = Literal["featured", "votes", "views", "published_at", "updated_at", "id"]
type Order = tuple[Column, ...]
"""By which columns works are sorted, each the largest first; the last is the id, so that no two works are equal."""

type Values = dict[str, bool | int | datetime]
"""What a work has in the columns of an order."""

_LARGEST_NUMBER: Final = (1 << 63) - 1


class CursorInvalid(Problem):
    """The cursor was not made here, or for another order."""

    status = 422
    slug = "cursor-invalid"
    title = "This is no cursor of this list"


def encode_cursor(order: Order, values: Values) -> str:
    """Return the cursor of the page that comes after a work.

    Args:
        order: How the list is sorted.
        values: What the work, the last of its page, has in the columns of `order`.
    """
    content = [".".join(order), *(_written(values[column]) for column in order)]
    return base64.urlsafe_b64encode(json.dumps(content, separators=(",", ":")).encode()).decode().rstrip("=")


def decode_cursor(order: Order, cursor: str) -> Values:
    """Return what the last work of the page before had in the columns of `order`.

    Raises:
        CursorInvalid: It was not made by `encode_cursor` for this order.
    """
    try:
        name, *written = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        if name != ".".join(order):
            raise CursorInvalid("It belongs to a list in another order.")
        return {column: _read(column, value) for column, value in zip(order, written, strict=True)}
    except (ValueError, TypeError, RecursionError, binascii.Error):
        raise CursorInvalid from None


def _written(value: bool | int | datetime) -> bool | int | str:  # noqa: FBT001 - one of a column's values
    return value.isoformat() if isinstance(value, datetime) else value


def _read(column: Column, value: object) -> bool | int | datetime:
    match column, value:
        case "featured", bool():
            return value
        case "published_at" | "updated_at", str():
            moment = datetime.fromisoformat(value)
            if moment.tzinfo is not None:
                return moment
        case "votes" | "views" | "id", int() if not isinstance(value, bool) and 0 <= value <= _LARGEST_NUMBER:
            return value
    raise ValueError(column)
