"""The routes of what administrators set, and of what everyone sees of it."""

from typing import Annotated

from fastapi import APIRouter, Path

from xatra_api.admin import service
from xatra_api.admin.schemas import (
    Branding,
    BrandingChange,
    BudgetBody,
    CommonBudgets,
    CommonBudgetsChange,
    OwnBudgetChange,
)
from xatra_api.allowances import payer_of
from xatra_api.callers import AdminDep, CallerDep
from xatra_api.resources import ResourcesDep
from xatra_shared.http.callers import NotSignedIn

router = APIRouter(tags=["admin"])

UsernamePath = Annotated[str, Path(max_length=200, pattern=r"^[a-z0-9_.-]+$")]


@router.get("/settings")
async def get_settings(resources: ResourcesDep) -> Branding:
    """Return the site's face, as administrators set it."""
    async with resources.engine.connect() as connection:
        return await connection.run_sync(service.get_branding)


@router.put("/settings")
async def change_settings(body: BrandingChange, admin_id: AdminDep, resources: ResourcesDep) -> Branding:
    """Set the site's face; for administrators."""
    async with resources.engine.begin() as connection:
        await connection.run_sync(service.set_branding, admin_id, body)
    return body


@router.get("/me/render-budget")
async def get_own_budget(caller: CallerDep, resources: ResourcesDep) -> BudgetBody:
    """Return what you may render in this month, and have."""
    payer = payer_of(caller)
    if payer is None:
        raise NotSignedIn
    async with resources.engine.connect() as connection:
        return await connection.run_sync(service.get_budget, payer)


@router.get("/admin/render-budgets")
async def get_common_budgets(_admin_id: AdminDep, resources: ResourcesDep) -> CommonBudgets:
    """Return what users may render in a month."""
    async with resources.engine.connect() as connection:
        return await connection.run_sync(service.get_common_budgets)


@router.put("/admin/render-budgets")
async def change_common_budgets(
    body: CommonBudgetsChange, admin_id: AdminDep, resources: ResourcesDep
) -> CommonBudgets:
    """Set what users may render in a month, this one included."""
    async with resources.engine.begin() as connection:
        await connection.run_sync(service.set_common_budgets, admin_id, body)
    return body


@router.get("/admin/render-budgets/{username}")
async def get_budget(username: UsernamePath, _admin_id: AdminDep, resources: ResourcesDep) -> BudgetBody:
    """Return what one user may render in this month, and has."""
    async with resources.engine.connect() as connection:
        payer = await connection.run_sync(service.find_payer, username)
        return await connection.run_sync(service.get_budget, payer)


@router.put("/admin/render-budgets/{username}")
async def change_budget(
    username: UsernamePath, body: OwnBudgetChange, admin_id: AdminDep, resources: ResourcesDep
) -> BudgetBody:
    """Set what one user may render in a month, this one included; none: what all users of the kind may."""
    async with resources.engine.begin() as connection:
        return await connection.run_sync(service.set_budget, admin_id, username, body.monthly_seconds)
