"""The routes by which works and people are found."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from xatra_api.admin.endpoints import UsernamePath
from xatra_api.caching import UNCHANGED, IfNoneMatch, answer
from xatra_api.explore import service
from xatra_api.explore.schemas import CursorQuery, KindQuery, LimitQuery, ProfileBody, Sort, WorkPage
from xatra_api.hub.works import ReaderDep
from xatra_api.resources import Resources, ResourcesDep

router = APIRouter(tags=["explore"])


@router.get("/explore", response_model=WorkPage, responses=UNCHANGED)
async def explore(
    caller: ReaderDep,
    resources: ResourcesDep,
    q: Annotated[str, Query(max_length=200, description="Beginnings of words, and `user:NAME`; none: all works")] = "",
    kind: KindQuery = "map",
    sort: Annotated[Sort, Query(description="By what; the most comes first")] = "featured",
    cursor: CursorQuery = None,
    limit: LimitQuery = 24,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Search the works that everyone finds: published, public, not hidden.

    A work is found when each word of `q` is the beginning of one of its name's or description's, whatever case and
    accents, and when whoever has or had the name after `user:` made it. `featured` sorts by featured works first, then
    by votes, views and time of publication.
    """
    async with resources.engine.connect() as connection:
        page = await connection.run_sync(
            service.explore,
            caller,
            q,
            kind=kind,
            sort=sort,
            cursor=cursor,
            limit=limit,
            thumbnails_url=_thumbnails_url(resources),
        )
    return answer(page, if_none_match)


@router.get("/users/{username}", response_model=ProfileBody, responses=UNCHANGED)
async def get_profile(
    username: UsernamePath, _caller: ReaderDep, resources: ResourcesDep, if_none_match: IfNoneMatch = None
) -> Response:
    """Return what everyone may know of a person; a name that they had before leads to them as well."""
    async with resources.engine.connect() as connection:
        profile = await connection.run_sync(service.get_profile, username)
    return answer(profile, if_none_match)


@router.get("/users/{username}/works", response_model=WorkPage, responses=UNCHANGED)
async def list_works(
    username: UsernamePath,
    caller: ReaderDep,
    resources: ResourcesDep,
    kind: KindQuery = "map",
    cursor: CursorQuery = None,
    limit: LimitQuery = 24,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Return the works of a person that everyone finds, the last published first.

    To the person themselves: all works, private and unpublished ones too, the last changed first.
    """
    async with resources.engine.connect() as connection:
        page = await connection.run_sync(
            service.list_works,
            caller,
            username,
            kind=kind,
            cursor=cursor,
            limit=limit,
            thumbnails_url=_thumbnails_url(resources),
        )
    return answer(page, if_none_match)


def _thumbnails_url(resources: Resources) -> str:
    return f"{resources.settings.api_path}/thumbnails"
