"""Makes single values fit: texts that PostgreSQL can keep, dates, JSON, and metadata of bearable size."""

import json
import re
from datetime import UTC, datetime
from typing import Any, Final

import orjson

_NO_TEXT: Final = re.compile("[\x00\ud800-\udfff]")
_STEERING: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_MAX_DIGITS: Final = 15
_HUGE: Final = 1e300  # an infinity, or as good as one


def text_of(value: object) -> str:
    """Return a column's value as text, whatever SQLite kept in it."""
    match value:
        case None:
            return ""
        case bytes():
            return value.decode("utf-8", "surrogateescape")
    return str(value)


def clean(text: str) -> str:
    """Return a text with U+FFFD for U+0000 and for lone surrogates, neither of which PostgreSQL can keep."""
    return _NO_TEXT.sub("\ufffd", text) if _NO_TEXT.search(text) else text


def plain_line(text: str, max_characters: int) -> str:
    """Return a text on one line, without what steers a terminal, cut where it is too long."""
    return " ".join(_STEERING.sub(" ", clean(text)).split())[:max_characters]


def plain_text(text: str, max_characters: int) -> str:
    """Return a text without what steers a terminal, cut where it is too long."""
    return _STEERING.sub(" ", clean(text).replace("\r\n", "\n")).strip()[:max_characters]


def date_of(value: object) -> datetime | None:
    """Return a moment as the predecessor writes it, which is UTC where it does not say; None: it cannot be told."""
    try:
        moment = datetime.fromisoformat(text_of(value).strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def whole_number(value: object) -> int | None:
    """Return a whole number that is kept as such or as text; None: it is none."""
    match value:
        case bool():
            return None
        case int():
            return value
        case str() if re.fullmatch(rf"-?[0-9]{{1,{_MAX_DIGITS}}}", value.strip(), re.ASCII):
            return int(value)
    return None


def parse_json(text: str) -> Any:  # noqa: ANN401 - JSON may be anything
    """Return what a text says as JSON, NaN and the infinities as None.

    Raises:
        ValueError: It is no JSON, or nested beyond reason.
    """
    try:
        return json.loads(text, parse_constant=lambda _: None)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def json_object(text: str) -> dict[str, Any] | None:
    """Return a JSON object; None: it is none."""
    try:
        value = parse_json(text)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def storable(value: Any, depth: int = 60) -> Any:  # noqa: ANN401 - JSON may be anything
    """Return JSON that comes back from the database as it was: clean texts, finite numbers, no endless nesting."""
    match value:
        case str():
            return clean(value)
        case bool() | int():
            return value if abs(value) < 1 << 53 else str(value)  # JavaScript would change it
        case float() if abs(value) < _HUGE:
            return value
        case list() if depth:
            return [storable(item, depth - 1) for item in value]
        case dict() if depth:
            return {clean(name): storable(item, depth - 1) for name, item in value.items()}
    return None


def within(metadata: dict[str, Any], max_bytes: int) -> tuple[dict[str, Any], list[str]]:
    """Return metadata without its largest members, as far as it is too long, and their names."""
    sizes = {name: len(orjson.dumps({name: value})) for name, value in metadata.items()}
    dropped: list[str] = []
    while sum(sizes.values()) > max_bytes:
        largest = max(sizes, key=sizes.__getitem__)
        del sizes[largest]
        dropped.append(largest)
    return {name: metadata[name] for name in sizes}, dropped
