"""The routes for those who forgot their password."""

from fastapi import APIRouter, BackgroundTasks, Depends

from xatra_auth.callers import AddressDep, limit_writes
from xatra_auth.recovery import service
from xatra_auth.recovery.schemas import Forgotten, PasswordReset
from xatra_auth.resources import ResourcesDep

router = APIRouter(tags=["recovery"], dependencies=[Depends(limit_writes)])


@router.post("/password/forgotten", status_code=202)
async def ask_for_link(
    body: Forgotten, address: AddressDep, resources: ResourcesDep, background: BackgroundTasks
) -> None:
    """Have a link to a new password mailed. The answer is the same whether there is such an account or not."""
    await service.check_request(resources, body.username, address)
    background.add_task(service.send_to_forgetful, resources, body.username, address)


@router.post("/password/reset", status_code=204)
async def reset_password(body: PasswordReset, address: AddressDep, resources: ResourcesDep) -> None:
    """Set a new password by a link, which works once. All sessions of the account end."""
    await service.reset(resources, body.token, body.new_password, address)
