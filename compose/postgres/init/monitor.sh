#!/bin/sh
# Makes the role by which Prometheus looks into PostgreSQL: it reads statistics, and no table of the service.
psql --set ON_ERROR_STOP=1 --no-psqlrc --quiet --username postgres --dbname postgres <<'SQL'
\set password `cat /run/secrets/xatra_monitor`
CREATE ROLE xatra_monitor LOGIN PASSWORD :'password' CONNECTION LIMIT 3;
GRANT pg_monitor TO xatra_monitor;
SQL
