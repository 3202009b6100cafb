#!/usr/bin/env bash
# Builds $IMAGES/*:$RELEASE of this checkout, and names every image that the tests run on a cluster of this machine.
set -euo pipefail
cd "$(dirname "$0")/../.."

env ENV_FILE=.env.prod.example TLS=files REVISION="$(git rev-parse HEAD)" docker compose --progress quiet \
  --env-file .env.prod.example --file docker-compose.prod.yml build >&2

for service in api auth migrate render-worker scheduler web; do
  # Unless there are images of a former release, this one bears its name too.
  docker image inspect "$IMAGES/$service:$PREVIOUS" >/dev/null 2>&1 ||
    docker tag "$IMAGES/$service:$RELEASE" "$IMAGES/$service:$PREVIOUS"
  printf '%s\n' "$IMAGES/$service:$RELEASE" "$IMAGES/$service:$PREVIOUS"
done

s3=versity/versitygw:v1.8.0
if ! docker image inspect "$s3" >/dev/null 2>&1 && program=$(command -v versitygw); then
  printf 'FROM debian:trixie-slim\nCOPY versitygw /usr/local/bin/\n' |
    docker build --quiet --tag "$s3" --file - "$(dirname "$program")" >/dev/null
fi
printf '%s\n' postgres:17-trixie redis:8.2 traefik:v3.6 "$s3"
