"""All SQL about how much users may render in a month, and have. Every function works inside the caller's transaction.

What is spent is added up where renders end; what is reserved is what the user's live jobs will probably take. Nobody locks
a budget to look at it: requests of one user take turns by admission's lock on the caller.
"""

from typing import Final

from sqlalchemy import Connection, text

from xatra_shared.queue.model import Budget, Payer

ALL_BUDGETS: Final = "render-budgets"
"""The setting with what all users of a kind may: `user_seconds`, `trusted_seconds`."""

_THIS_MONTH: Final = "date_trunc('month', now() AT TIME ZONE 'UTC')::date"

# Of the rows `finished` (payer_id, seconds, error) of an enclosing statement.
PAY_FOR_FINISHED: Final = f"""
    INSERT INTO render_budgets AS budget (user_id, month, spent_seconds)
    SELECT payer_id, {_THIS_MONTH}, seconds FROM finished
    WHERE payer_id IS NOT NULL AND (error ->> 'by') IS DISTINCT FROM 'service'
    ON CONFLICT (user_id) DO UPDATE SET
        month = excluded.month,
        spent_seconds = excluded.spent_seconds
                        + CASE WHEN budget.month = excluded.month THEN budget.spent_seconds ELSE 0 END
"""


def get_budget(connection: Connection, payer: Payer) -> Budget:
    """Return what a user may render in this month, and has."""
    row = connection.execute(
        text(
            f"""
            SELECT coalesce(own.monthly_seconds, (setting.value ->> :kind)::bigint) AS monthly_seconds,
                   CASE WHEN own.month = {_THIS_MONTH} THEN own.spent_seconds ELSE 0 END AS spent_seconds,
                   (SELECT coalesce(sum(predicted_run_seconds), 0) FROM render_jobs
                    WHERE payer_id = :user_id AND state IN ('queued', 'running')) AS reserved_seconds,
                   ({_THIS_MONTH} + interval '1 month') AT TIME ZONE 'UTC' AS renews_at
            FROM (SELECT) AS one
            LEFT JOIN render_budgets own ON own.user_id = :user_id
            LEFT JOIN settings setting ON setting.name = :setting
            """
        ),
        {"user_id": payer.user_id, "kind": f"{payer.kind}_seconds", "setting": ALL_BUDGETS},
    ).one()
    return Budget(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it


def set_own_budget(connection: Connection, user_id: int, monthly_seconds: int | None) -> None:
    """Let a user render so much in a month; None: as much as all users of this kind."""
    connection.execute(
        text(
            """
            INSERT INTO render_budgets (user_id, monthly_seconds) VALUES (:user_id, :monthly_seconds)
            ON CONFLICT (user_id) DO UPDATE SET monthly_seconds = excluded.monthly_seconds
            """
        ),
        {"user_id": user_id, "monthly_seconds": monthly_seconds},
    )
