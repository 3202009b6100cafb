#!/bin/sh
# Makes the role that makes all others, with the rights that the administrator of a managed PostgreSQL has: no superuser.
psql --set ON_ERROR_STOP=1 --no-psqlrc --quiet --username postgres --dbname postgres <<'SQL'
\set password `cat /run/secrets/xatra_admin`
CREATE ROLE xatra_admin LOGIN CREATEDB CREATEROLE PASSWORD :'password' CONNECTION LIMIT 3;
GRANT pg_read_all_data TO xatra_admin WITH ADMIN OPTION;
SQL
