"""The one Postgres that all services share: engines, tables, migrations, roles and grants."""
