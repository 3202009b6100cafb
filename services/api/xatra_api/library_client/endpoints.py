"""The routes of the library's own client: `XATRAHUB_URL` is the address of the api.

They begin with what is another feature's elsewhere, so that they come last, and the kind is part of their form.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Response
from starlette.convertors import Convertor, register_url_convertor

from xatra_api.caching import IfNoneMatch, answer
from xatra_api.hub.works import KindPath, NamePath, ReaderDep
from xatra_api.imports.paths import ImportedVersion, WorkPath
from xatra_api.library_client.schemas import ImportedBody
from xatra_api.library_client.service import read_imported
from xatra_api.resources import ResourcesDep

router = APIRouter(tags=["library client"])


class _Kind(Convertor[str]):
    """A kind of works, as a segment of a path; nothing else matches."""

    regex = "map|lib|css"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("kind_of_work", _Kind())

_RESPONSES: Final[dict[int | str, dict[str, Any]]] = {304: {"description": "The client has it"}}

VersionPath = Annotated[
    str, Path(pattern=r"^(alpha|[1-9][0-9]{0,8})$", description="A number, or `alpha`; none: the latest published one")
]
type Answer = Callable[[WorkPath], Awaitable[Response]]

UserPath = Annotated[
    str, Path(max_length=100, pattern=r"^[a-z0-9_.-]+$", description="The author, by a present or former name")
]


def _answering(caller: ReaderDep, resources: ResourcesDep, if_none_match: IfNoneMatch = None) -> Answer:
    """Return what answers this request with what a path leads to."""

    async def answer_with(path: WorkPath) -> Response:
        async with resources.engine.connect() as connection:
            body = await connection.run_sync(read_imported, path, caller, resources.settings)
        return answer(body, if_none_match)

    return answer_with


AnswerDep = Annotated[Answer, Depends(_answering)]


@router.get("/{kind:kind_of_work}/{name}", response_model=ImportedBody, responses=_RESPONSES)
async def read_latest(kind: KindPath, name: NamePath, answer_with: AnswerDep) -> Response:
    """Return the latest published version of a work."""
    return await answer_with(WorkPath(kind, name, None, None))


@router.get("/{kind:kind_of_work}/{name}/{version}", response_model=ImportedBody, responses=_RESPONSES)
async def read_version(kind: KindPath, name: NamePath, version: VersionPath, answer_with: AnswerDep) -> Response:
    """Return a published version of a work, or its alpha."""
    return await answer_with(WorkPath(kind, name, None, _version(version)))


@router.get("/{user}/{kind:kind_of_work}/{name}", response_model=ImportedBody, responses=_RESPONSES)
async def read_latest_of_user(user: UserPath, kind: KindPath, name: NamePath, answer_with: AnswerDep) -> Response:
    """Return the latest published version of a work of this user."""
    return await answer_with(WorkPath(kind, name, user, None))


@router.get("/{user}/{kind:kind_of_work}/{name}/{version}", response_model=ImportedBody, responses=_RESPONSES)
async def read_version_of_user(
    user: UserPath, kind: KindPath, name: NamePath, version: VersionPath, answer_with: AnswerDep
) -> Response:
    """Return a published version of a work of this user, or its alpha."""
    return await answer_with(WorkPath(kind, name, user, _version(version)))


def _version(version: str) -> ImportedVersion:
    return "alpha" if version == "alpha" else int(version)
