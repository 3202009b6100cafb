"""Makes works out of a draft: a map, its library and its theme, or those of them that it has."""

from typing import Any, Final

import orjson
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection

from xatra_api.drafts import repository
from xatra_api.drafts.repository import CURRENT, Draft
from xatra_api.drafts.schemas import DraftFields, Promotion, PromotionRequest
from xatra_api.drafts.service import DraftStale, Precondition, read
from xatra_api.hub import naming
from xatra_api.hub.schemas import MAX_METADATA_BYTES, Metadata, SaveBody
from xatra_api.hub.service import create_work, read_imports
from xatra_api.hub.works import Kind, author_id
from xatra_api.imports.service import ImportService
from xatra_api.resources import Resources
from xatra_shared.http.problems import Problem
from xatra_shared.identity.callers import Caller

# What becomes of a draft's fields, in this order: a map says which are its library and theme.
_KINDS: Final[dict[str, Kind]] = {"library": "lib", "theme": "css", "program": "map"}
_METADATA: Final = TypeAdapter[dict[str, Any]](Metadata)


class DraftEmpty(Problem):
    """There is nothing of which a work could be made."""

    status = 422
    slug = "draft-empty"
    title = "The draft is empty"


class StateNotKept(Problem):
    """A work keeps less of a client's own than a draft does."""

    status = 422
    slug = "state-too-large"
    title = "The draft's state is more than a work keeps"


async def promote(
    resources: Resources, imports: ImportService, caller: Caller, wanted: PromotionRequest, precondition: Precondition
) -> Promotion:
    """Make works out of the caller's current draft, which is gone then; or refuse, and keep it.

    The map gets the name; its library and theme get it too, or one like it where somebody has it. Where there is no map,
    the name is the theme's, or else the library's.

    Raises:
        NotSignedIn: The caller is a guest.
        NoDraft: There is none.
        DraftEmpty: There is nothing in it.
        DraftStale: It is not the one that the client has read.
        StateNotKept: `metadata` was not sent, and the draft's state cannot take its place.
        NameTaken: The name is or was another's.
        Problem: See `create_work`.
    """
    user_id = author_id(caller)
    async with resources.engine.connect() as connection:
        draft = await connection.run_sync(read, caller, CURRENT)
    bodies = _bodies_of(draft, wanted)
    found = {kind: await read_imports(imports, body.content) for kind, body in bodies.items()}

    def make(connection: Connection) -> dict[Kind, str]:
        current = repository.lock_draft(connection, caller.id, CURRENT)
        if current is None or current.version != draft.summary.version or not precondition(current):
            raise DraftStale(repository.find_draft(connection, caller.id, CURRENT))
        names: dict[Kind, str] = {}
        for kind, body in bodies.items():
            is_last = kind == [*bodies][-1]
            names[kind] = wanted.name if is_last else naming.take_like(connection, kind, wanted.name, user_id)
            if kind == "map":
                body.library, body.theme = names.get("lib"), names.get("css")
            create_work(connection, caller, kind, names[kind], body, imports.locate(connection, found[kind], caller))
        repository.delete_draft(connection, caller.id, CURRENT)
        return names

    async with resources.engine.begin() as connection:
        names = await connection.run_sync(make)
    return Promotion(map=names.get("map"), library=names.get("lib"), theme=names.get("css"))


def _bodies_of(draft: Draft, wanted: PromotionRequest) -> dict[Kind, SaveBody]:
    """Return the works that a draft becomes; the last is the one that it is all about."""
    fields = DraftFields.model_validate(draft.fields)
    contents = {kind: content for field, kind in _KINDS.items() if (content := getattr(fields, field)).strip()}
    if not contents:
        raise DraftEmpty
    bodies = {
        kind: SaveBody(content=content, files=_files_in(content, fields.files), visibility=wanted.visibility)
        for kind, content in contents.items()
    }
    main = [*bodies.values()][-1]
    main.files = fields.files
    main.description = fields.description
    main.metadata = _metadata_of(draft) if wanted.metadata is None else wanted.metadata
    return bodies


def _files_in(content: str, files: dict[str, str]) -> dict[str, str]:
    """Return those files that a program may read: it has their names in it."""
    return {name: sha256 for name, sha256 in files.items() if name in content}


def _metadata_of(draft: Draft) -> dict[str, Any]:
    state = draft.state or "{}"
    if len(state) > MAX_METADATA_BYTES:
        raise StateNotKept(f"A work keeps {MAX_METADATA_BYTES:,} bytes. Send `metadata`, which is kept in its place.")
    try:
        return _METADATA.validate_python(orjson.loads(state))
    except ValidationError as error:
        raise StateNotKept(f"{error.errors()[0]['msg']}. Send `metadata`, which is kept in its place.") from None
