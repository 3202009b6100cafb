"""The routes of accounts."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from xatra_auth.accounts import service
from xatra_auth.accounts.schemas import (
    Account,
    AccountData,
    Deletion,
    PasswordChange,
    Profile,
    PublicProfile,
    Rename,
    SignedInBody,
    SignIn,
    SignUp,
    WaysIn,
)
from xatra_auth.admin.repository import is_registration_open
from xatra_auth.callers import ActorDep, ClientDep, CookiesDep, limit_writes
from xatra_auth.resources import ResourcesDep
from xatra_auth.sessions.endpoints import answer_signed_in

router = APIRouter(tags=["accounts"], dependencies=[Depends(limit_writes)])

UsernamePath = Annotated[str, Path(max_length=200, pattern=r"^[a-z0-9_.-]+$")]


@router.get("/ways-in")
async def ways_in(resources: ResourcesDep) -> WaysIn:
    """Tell how people can come in here, for the pages that ask them to."""
    settings = resources.settings
    async with resources.engine.connect() as connection:
        is_open = settings.enable_registration and await connection.run_sync(is_registration_open)
    return WaysIn(
        registration_open=is_open,
        password_min_characters=settings.password_min_characters,
        mail=resources.mailer is not None,
    )


@router.post("/signup", status_code=201)
async def sign_up(
    body: SignUp, client: ClientDep, cookies: CookiesDep, resources: ResourcesDep, response: Response
) -> SignedInBody:
    """Make an account and sign in. Cookies come with the answer; what the guest of the browser did is the user's now."""
    return answer_signed_in(response, cookies, resources, await service.sign_up(resources, body, client))


@router.post("/login")
async def sign_in(
    body: SignIn, client: ClientDep, cookies: CookiesDep, resources: ResourcesDep, response: Response
) -> SignedInBody:
    """Sign in by password. Cookies come with the answer; what the guest of the browser did is the user's now."""
    return answer_signed_in(response, cookies, resources, await service.sign_in(resources, body, client))


@router.get("/me")
async def me(actor: ActorDep, resources: ResourcesDep) -> Account:
    """Return who is signed in."""
    async with resources.engine.connect() as connection:
        return Account.of(await connection.run_sync(service.get, actor.id))


@router.put("/me/profile")
async def change_profile(body: Profile, actor: ActorDep, resources: ResourcesDep) -> Account:
    """Change full name and biography."""
    async with resources.engine.begin() as connection:
        return Account.of(await connection.run_sync(service.change_profile, actor, body))


@router.put("/me/password", status_code=204)
async def change_password(body: PasswordChange, actor: ActorDep, resources: ResourcesDep) -> None:
    """Change the password, or set the first one. All other sessions end."""
    await service.change_password(resources, actor, current=body.current_password, new=body.new_password)


@router.put("/me/username")
async def rename(body: Rename, actor: ActorDep, resources: ResourcesDep) -> Account:
    """Take another user name. Links with the old one go on working, and nobody else ever gets it."""
    await service.confirm(resources, actor, body.current_password)
    async with resources.engine.begin() as connection:
        user = await connection.run_sync(service.rename, actor, body.username)
    await resources.callers.tokens.ring()
    return Account.of(user)


@router.get("/me/data")
async def download(actor: ActorDep, resources: ResourcesDep, response: Response) -> AccountData:
    """Return all that this service holds of you, as one document to keep."""
    async with resources.engine.begin() as connection:
        data = await connection.run_sync(service.download, actor)
    response.headers["Content-Disposition"] = f'attachment; filename="{data.account.username}.json"'
    return data


@router.post("/me/delete", status_code=204)
async def delete(
    body: Deletion, actor: ActorDep, cookies: CookiesDep, resources: ResourcesDep, response: Response
) -> None:
    """Delete the account. Nobody else ever gets its names."""
    await service.confirm(resources, actor, body.current_password)
    async with resources.engine.begin() as connection:
        await connection.run_sync(service.delete, actor, typed_username=body.username)
    await resources.callers.tokens.ring()
    cookies.clear(response)


@router.get(
    "/users/{username}",
    response_model=PublicProfile,
    responses={308: {"description": "The user has another name now", "content": None}},
)
async def profile(username: UsernamePath, resources: ResourcesDep) -> Response | PublicProfile:
    """Return what a user tells of themselves; a former name leads to the present one."""
    async with resources.engine.connect() as connection:
        user = await connection.run_sync(service.find_public, username)
    if user.username != username:
        return Response(status_code=308, headers={"Location": f"{resources.settings.auth_path}/users/{user.username}"})
    return PublicProfile.model_validate(user, from_attributes=True)
