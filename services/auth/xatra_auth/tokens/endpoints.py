"""The routes of personal API tokens."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from xatra_auth.accounts.service import confirm
from xatra_auth.callers import ActorDep, limit_writes
from xatra_auth.resources import ResourcesDep
from xatra_auth.tokens import repository, service
from xatra_auth.tokens.schemas import NewToken, TokenBody, TokenList, TokenOrder

router = APIRouter(prefix="/tokens", tags=["tokens"], dependencies=[Depends(limit_writes)])


@router.get("")
async def list_tokens(actor: ActorDep, resources: ResourcesDep) -> TokenList:
    """Return your tokens."""
    async with resources.engine.connect() as connection:
        tokens = await connection.run_sync(repository.list_of, actor.id)
    return TokenList(tokens=[TokenBody.model_validate(token, from_attributes=True) for token in tokens])


@router.post("", status_code=201)
async def make_token(body: TokenOrder, actor: ActorDep, resources: ResourcesDep) -> NewToken:
    """Make a token. It is shown in this answer and never again."""
    await confirm(resources, actor, body.current_password)
    async with resources.engine.begin() as connection:
        listed, token = await connection.run_sync(service.make, actor.id, body, address=actor.address)
    return NewToken(token=token, **TokenBody.model_validate(listed, from_attributes=True).model_dump())


@router.delete("/{token_id}", status_code=204)
async def revoke_token(
    token_id: Annotated[int, Path(ge=1, lt=1 << 63)], actor: ActorDep, resources: ResourcesDep
) -> None:
    """End one of your tokens, within a second."""
    async with resources.engine.begin() as connection:
        await connection.run_sync(service.revoke, actor.id, token_id, address=actor.address)
    await resources.callers.tokens.ring()
