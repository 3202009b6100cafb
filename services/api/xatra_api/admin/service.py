"""The rules of what administrators set. Everything runs inside the caller's transaction."""

from typing import Final

import structlog
from pydantic import BaseModel
from sqlalchemy import Connection

from xatra_api.admin import repository
from xatra_api.admin.schemas import Branding, BudgetBody, CommonBudgets
from xatra_shared.http.problems import Problem
from xatra_shared.queue import budget_repository
from xatra_shared.queue.model import Payer

_BRANDING: Final = "branding"

_log = structlog.get_logger(__name__)


class UserNotFound(Problem):
    """Nobody has this name."""

    status = 404
    slug = "user-not-found"
    title = "There is no such user"


def get_branding(connection: Connection) -> Branding:
    """Return the site's face."""
    return Branding.model_validate(repository.get_setting(connection, _BRANDING))


def set_branding(connection: Connection, admin_id: int, branding: Branding) -> None:
    """Change the site's face."""
    _set(connection, admin_id, _BRANDING, branding)


def get_common_budgets(connection: Connection) -> CommonBudgets:
    """Return what users may render in a month."""
    return CommonBudgets.model_validate(repository.get_setting(connection, budget_repository.ALL_BUDGETS))


def set_common_budgets(connection: Connection, admin_id: int, budgets: CommonBudgets) -> None:
    """Change what users may render in a month, this one included."""
    _set(connection, admin_id, budget_repository.ALL_BUDGETS, budgets)


def get_budget(connection: Connection, payer: Payer) -> BudgetBody:
    """Return what a user may render in this month, and has."""
    return BudgetBody.model_validate(budget_repository.get_budget(connection, payer), from_attributes=True)


def find_payer(connection: Connection, username: str) -> Payer:
    """Return whose budget it is.

    Raises:
        UserNotFound: Nobody has this name.
    """
    user = repository.find_user(connection, username)
    if user is None:
        raise UserNotFound
    return Payer(user.id, "trusted" if user.is_trusted else "user")


def set_budget(connection: Connection, admin_id: int, username: str, monthly_seconds: int | None) -> BudgetBody:
    """Let one user render so much in a month; None: what all of the kind may.

    Raises:
        UserNotFound: Nobody has this name.
    """
    payer = find_payer(connection, username)
    budget_repository.set_own_budget(connection, payer.user_id, monthly_seconds)
    _log.info("render budget changed", user=payer.user_id, actor=admin_id, monthly_seconds=monthly_seconds)
    return get_budget(connection, payer)


def _set(connection: Connection, admin_id: int, name: str, value: BaseModel) -> None:
    repository.set_setting(connection, name, value.model_dump(mode="json"))
    _log.info("setting changed", setting=name, actor=admin_id)
