"""How PostgreSQL would go about statements if tables were so large that none is read whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event


@contextmanager
def planned(engine: Engine) -> Iterator[list[str]]:
    """Collect the plans of the statements that an engine executes in the block."""
    plans: list[str] = []
    is_asking = False

    def explain(connection: Connection, _cursor: object, statement: str, parameters: Any, *_: object) -> None:  # noqa: ANN401 - psycopg's own
        nonlocal is_asking
        if is_asking or statement.split(maxsplit=1)[0] not in {"SELECT", "WITH", "UPDATE", "DELETE"}:
            return
        is_asking = True
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        lines = connection.exec_driver_sql(f"EXPLAIN {statement}", parameters).scalars()
        plans.append("\n".join(lines))
        connection.exec_driver_sql("SET LOCAL enable_seqscan = on")
        is_asking = False

    event.listen(engine, "before_cursor_execute", explain)
    try:
        yield plans
    finally:
        event.remove(engine, "before_cursor_execute", explain)
