"""The routes of votes and views."""

from fastapi import APIRouter

from xatra_api.hub.works import KindPath, NamePath, WriterDep
from xatra_api.reactions import service
from xatra_api.reactions.schemas import ViewBody, VoteBody
from xatra_api.resources import ResourcesDep

router = APIRouter(prefix="/hub", tags=["reactions"])


@router.put("/{kind}/{name}/vote")
async def vote(kind: KindPath, name: NamePath, caller: WriterDep, resources: ResourcesDep) -> VoteBody:
    """Vote for a published work; doing so again changes nothing."""
    async with resources.engine.begin() as connection:
        votes = await connection.run_sync(service.vote, caller, kind, name)
    return VoteBody(votes=votes, viewer_voted=True)


@router.delete("/{kind}/{name}/vote")
async def unvote(kind: KindPath, name: NamePath, caller: WriterDep, resources: ResourcesDep) -> VoteBody:
    """Take your vote back; an author's own stays."""
    async with resources.engine.begin() as connection:
        votes = await connection.run_sync(service.unvote, caller, kind, name)
    return VoteBody(votes=votes, viewer_voted=False)


@router.post("/{kind}/{name}/views")
async def view(kind: KindPath, name: NamePath, caller: WriterDep, resources: ResourcesDep) -> ViewBody:
    """Say that you look at a published work. Everyone counts once: users, guests by their cookie or else address."""
    async with resources.engine.begin() as connection:
        views = await connection.run_sync(service.view, caller, kind, name)
    return ViewBody(views=views)
