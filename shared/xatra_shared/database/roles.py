"""Makes the database and its roles: one login for each service, each a member of a group that holds its rights."""

from collections.abc import Mapping

import psycopg
from psycopg import sql

from xatra_shared.database.grants import BACKUP, GRANTS, OWNER, login_of

LOGINS = (OWNER, BACKUP, *(login_of(group) for group in GRANTS))


def ensure_roles(admin_dsn: str, *, database: str, passwords: Mapping[str, str]) -> None:
    """Create or bring up to date every role, its password and the database; running it again changes nothing else.

    Args:
        admin_dsn: Connection string of a role that may create roles and databases.
        database: Name of the database that `OWNER` shall own.
        passwords: Password for each of `LOGINS`.

    Raises:
        KeyError: A login has no password.
    """
    with psycopg.connect(admin_dsn, autocommit=True) as connection:
        for login in LOGINS:
            _ensure_role(connection, login, password=passwords[login])
        connection.execute(sql.SQL("GRANT pg_read_all_data TO {}").format(sql.Identifier(BACKUP)))
        for group in GRANTS:
            _ensure_role(connection, group, password=None)
            connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(group), sql.Identifier(login_of(group))))
        name = sql.Identifier(database)
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            # A role that is no superuser must be a member of the role to which it gives a database.
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(OWNER)))
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, sql.Identifier(OWNER)))
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
        for role in (BACKUP, *GRANTS):
            connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, sql.Identifier(role)))


def _ensure_role(connection: psycopg.Connection, role: str, *, password: str | None) -> None:
    if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
        connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role)))
    if password is not None:
        connection.execute(
            sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(role), sql.Literal(password))
        )
