"""The schema that the migrations build is the one that the models declare, with exactly the declared rights."""

from collections import defaultdict
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, text

from xatra_shared.database.grants import COLUMN_GRANTS, GRANTS, OWNER
from xatra_shared.database.migrate import schema_is_current, upgrade
from xatra_shared.database.models import Base
from xatra_shared.database.roles import LOGINS, ensure_roles
from xatra_standalone.embedded.postgres import Postgres


def test_migrations_build_what_the_models_declare(owner: Engine):
    with owner.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_real_grants_are_the_declared_ones(owner: Engine):
    granted: dict[str, dict[str, set[str]]] = {group: defaultdict(set) for group in GRANTS}
    with owner.connect() as connection:
        for row in connection.execute(
            text(
                """
                SELECT grantee.rolname, class.relname, privilege.privilege_type
                FROM pg_class class, aclexplode(class.relacl) privilege, pg_roles grantee
                WHERE class.relnamespace = 'public'::regnamespace AND grantee.oid = privilege.grantee
                  AND grantee.rolname <> :owner
                """
            ),
            {"owner": OWNER},
        ):
            granted[row.rolname][row.relname].add(row.privilege_type)
    assert granted == GRANTS


def test_the_real_grants_on_columns_are_the_declared_ones(owner: Engine):
    granted: dict[str, Any] = {}
    with owner.connect() as connection:
        for row in connection.execute(
            text(
                """
                SELECT grantee.rolname, class.relname, privilege.privilege_type, attribute.attname
                FROM pg_class class, pg_attribute attribute, aclexplode(attribute.attacl) privilege, pg_roles grantee
                WHERE class.relnamespace = 'public'::regnamespace AND attribute.attrelid = class.oid
                  AND grantee.oid = privilege.grantee
                """
            )
        ):
            columns = granted.setdefault(row.rolname, {}).setdefault(row.relname, {})
            columns.setdefault(row.privilege_type, set()).add(row.attname)
    assert granted == COLUMN_GRANTS


def test_nobody_else_may_connect_or_create(owner: Engine):
    with owner.connect() as connection:
        public_rights = connection.execute(
            text(
                "SELECT has_database_privilege('public', current_database(), 'CONNECT'),"
                "       has_schema_privilege('public', 'public', 'CREATE')"
            )
        ).one()
    assert tuple(public_rights) == (False, False)


def test_roles_and_migrations_may_run_again(postgres: Postgres, owner: Engine):
    ensure_roles(postgres.admin_dsn, database="xatra", passwords=dict.fromkeys(LOGINS, "test"))
    upgrade(owner.url.render_as_string(hide_password=False))
    with owner.connect() as connection:
        assert schema_is_current(connection)


def test_a_render_worker_cannot_read_who_owns_files(database_urls: dict[str, str]):
    engine = create_engine(database_urls["xatra_render_worker"])
    with engine.connect() as connection:
        allowed = connection.execute(text("SELECT has_table_privilege('file_owners', 'SELECT')")).scalar_one()
    engine.dispose()
    assert allowed is False
