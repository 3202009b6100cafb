#!/usr/bin/env bash
# Builds $IMAGES/*:$RELEASE of this checkout and $IMAGES/*:$PREVIOUS of the last code that knew an older schema, unless
# they are there, and names every image that the tests run on a cluster of this machine.
set -euo pipefail
cd "$(dirname "$0")/../.."

build() { # $1: the directory of the code, $2: the release, $3: the revision
  (cd "$1" && env ENV_FILE=.env.prod.example TLS=files RELEASE="$2" REVISION="$3" docker compose --progress quiet \
    --env-file .env.prod.example --file docker-compose.prod.yml build) >&2
}

build . "$RELEASE" "$(git rev-parse HEAD)"
if ! docker image inspect "$IMAGES/api:$PREVIOUS" >/dev/null 2>&1; then
  newest=$(git log -1 --diff-filter=A --format=%H -- shared/xatra_shared/database/migrations/versions)
  former=$(mktemp --directory)
  trap 'rm -rf "$former"' EXIT
  git archive "$newest^" | tar --extract --directory="$former"
  build "$former" "$PREVIOUS" "$newest^"
fi
for service in api auth backup migrate render-worker scheduler web; do
  printf '%s\n' "$IMAGES/$service:$RELEASE" "$IMAGES/$service:$PREVIOUS"
done

s3=versity/versitygw:v1.8.0
if ! docker image inspect "$s3" >/dev/null 2>&1 && program=$(command -v versitygw); then
  printf 'FROM debian:trixie-slim\nCOPY versitygw /usr/local/bin/\n' |
    docker build --quiet --tag "$s3" --file - "$(dirname "$program")" >/dev/null
fi
printf '%s\n' postgres:17-trixie redis:8.2 traefik:v3.6 "$s3"
