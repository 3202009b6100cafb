"""Alembic's entry: runs the migrations on the connection that `database.migrate` hands over."""

from alembic import context

from xatra_shared.database.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    compare_type=True,
    compare_server_default=True,
)
context.run_migrations()
