"""Brings the production stack to a release, replacing what people reach one after the other: `make release`.

Make says in the environment which stack, settings and release are meant. Beside the first start there are rollbacks, the
history of all of this, and the page for maintenance. Python's standard library alone, so that it runs wherever there is
a Python.
"""

from __future__ import annotations  # for Python 3.9

import argparse
import fcntl
import getpass
import json
import os
import platform
import re
import shlex
import subprocess
import sys
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Final

_STACK: Final = os.environ["STACK"]
_ENV_FILE: Final = os.environ["ENV_FILE"]

# What is replaced together, in this order: of each pair the other one serves meanwhile. The page comes after what it
# calls; Traefik sends nobody to its green one while the blue one serves, so that parts of two releases never mix.
_ROUNDS: Final = (("api-green", "auth-green"), ("api-blue", "auth-blue"), ("web-green",), ("web-blue",))
_OTHERS_WITH_SECRETS: Final = (
    "render-worker",
    "scheduler",
    "backup",
    "alertmanager",
    "postgres-exporter",
    "redis-exporter",
)
_WAIT_SECONDS: Final = 600
_KEPT_RELEASES: Final = 3
_HISTORY: Final = "/volumes/releases/history.jsonl"
_ROUTES: Final = "/routes/maintenance.yml"
_ASK_TRAEFIK: Final = (
    "import urllib.request; print(urllib.request.urlopen('http://traefik:8082/metrics', timeout=10).read().decode())"
)


class FailedError(Exception):
    """What was asked for could not be done; the text says what to do."""


def main() -> None:
    """Do what the command line asks for; one at a time for each stack."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("start", help="start the stack, or bring it up to date").add_argument(
        "--recreate", action="store_true", help="replace every container of a service, such as after a secret changed"
    )
    commands.add_parser("release", help="the same for a release that never changes, whose images are made if need be")
    commands.add_parser("rollback", help="go back").add_argument("--to", help="release (the one before)")
    commands.add_parser("list", help="show the history")
    commands.add_parser("maintenance", help="close the site, or open it").add_argument("state", choices=["on", "off"])
    arguments = parser.parse_args()
    try:
        with Path(_ENV_FILE).open() as settings:
            if arguments.command != "list":
                _lock(settings.fileno())
            if arguments.command == "start":
                _bring(os.environ["RELEASE"], "start", recreate=arguments.recreate)
            elif arguments.command == "release":
                _make_images(os.environ["RELEASE"])
                _bring(os.environ["RELEASE"], "release")
            elif arguments.command == "rollback":
                _roll_back(arguments.to)
            elif arguments.command == "list":
                _show_history()
            else:
                _set_maintenance(is_on=arguments.state == "on")
    except FailedError as error:
        sys.exit(f"\n{error}")


def _lock(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise FailedError(f"Somebody else is releasing {_STACK} at this moment: make releases shows what comes of it.") from None  # fmt: skip


# ---- To a release, and back ----


def _make_images(release: str) -> None:
    """Have the images of a release here: what is here is never made again, so that a name keeps its meaning."""
    if release.endswith("-dirty") or release in {"", "local"}:
        raise FailedError("What is not committed is no release: commit it, or make up-prod to try it out.")
    missing = [image for image in _images(release) if not _is_here(image)]
    if missing and all(re.match(r"(localhost|[^/]*[.:][^/]*)/", image) for image in missing):
        for image in missing:
            if _run("docker", "pull", "--quiet", image).returncode:
                raise FailedError(f"{image} cannot be fetched: is there a release {release} at that registry?")
    elif missing and _compose(release, "build").returncode:
        raise FailedError(f"The images of {release} were not built, and nothing was changed; the reason stands above.")


def _roll_back(release: str | None) -> None:
    running = _running()
    if running is None:
        raise FailedError(f"The stack {_STACK} does not run: make release RELEASE=… starts what you name.")
    if release is None:
        former = [name for name in _succeeded(_history()) if name != running]
        if not former:
            raise FailedError(f"There is no release before {running}: make releases shows the history.")
        release = former[-1]
    missing = [image for image in _images(release) if not _is_here(image)]
    if missing:
        raise FailedError(
            f"{missing[0]} is not here any more, of which the last {_KEPT_RELEASES} releases are kept. Check that release "
            f"out and make release RELEASE={release}."
        )
    _bring(release, "rollback")
    print("The schema of the database stays as it is: migrations are such that the release before works with it.")


def _bring(release: str, kind: str, *, recreate: bool = False) -> None:
    """Replace what runs by a release, and write down what came of it."""
    started = time.monotonic()
    former = _running()
    entry: dict[str, Any] = {
        "at": datetime.now(timezone.utc).isoformat(timespec="seconds"),  # noqa: UP017 - Python 3.9 has no UTC
        "by": os.environ.get("BY") or f"{os.environ.get('SUDO_USER') or getpass.getuser()}@{platform.node()}",
        "kind": kind,
        "release": release,
        "former": former,
    }
    try:
        if kind != "rollback":
            _prepare(release, former)
        _replace_or_go_back(release, former, recreate=recreate)
        entry["result"] = "ok"
    except FailedError as error:
        entry["result"] = str(error)
        raise
    finally:
        entry.setdefault("result", "interrupted")
        entry["seconds"] = round(time.monotonic() - started)
        _write_down({**entry, **_facts(release)}, release)
    _prune(release)
    print(f"{_STACK} is at release {release}, after {entry['seconds']} s.")


def _prepare(release: str, former: str | None) -> None:
    """Install map data, and make a backup where the schema is about to change."""
    asked = _compose(release, "run", "--rm", "-T", "migrate", "xatra-web", "migrate", "--dry-run", "--json", says=True)
    if asked.returncode:
        raise FailedError(
            "The database does not say which schema it has; the reason stands above. Nothing was changed."
        )
    # Redis reads its users when it starts; where it runs, it is told of changes.
    if former is None and _compose(release, "run", "--rm", "redis-users").returncode:
        raise FailedError("The users of Redis could not be written; the reason stands above. Nothing was changed.")
    if _compose(release, "run", "--rm", "data").returncode:
        raise FailedError("The map data are not there; the reason stands above. Nothing was changed.")
    schema = json.loads(asked.stdout.splitlines()[-1])
    if schema["before"] not in {None, schema["after"]}:
        print(f"The schema goes from {schema['before']} to {schema['after']}.", flush=True)
        _back_up(former)


def _back_up(release: str | None) -> None:
    """Make a backup by the release that runs."""
    command = os.environ.get("BACKUP_COMMAND") or "make backup"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    if _run(*shlex.split(command), env={**environment, "RELEASE": release or os.environ["RELEASE"]}).returncode:
        raise FailedError(
            f"There is no backup, so the schema stays as it was and nothing was changed: {command} has to work first"
            f"{'' if release else ', and for that the release run that ran before'}. BACKUP_COMMAND=… makes one another "
            "way, BACKUP_COMMAND=true none."
        )


def _replace_or_go_back(release: str, former: str | None, *, recreate: bool) -> None:
    try:
        _replace(release, is_running=former is not None, recreate=recreate)
    except FailedError as error:
        if former in {None, release}:
            raise
        print(f"\n{error}\nBack to {former} …", flush=True)
        _replace(former, is_running=True, recreate=False)
        raise FailedError(f"{error} {former} runs again.") from None


def _replace(release: str, *, is_running: bool, recreate: bool) -> None:
    """Have all containers be of a release; of each pair one serves at any time."""
    force = ["--force-recreate"] if recreate else []
    # Always with what they depend on: without, Compose takes them for changed the next time that it looks at all.
    for services in _ROUNDS if is_running else ():
        started = time.monotonic()
        _up(release, *force, *services)
        for service in services:
            _wait_for_traefik(release, service)
        print(f"{' and '.join(services)}: {release} ({time.monotonic() - started:.0f} s)", flush=True)
    if recreate:
        _up(release, *force, *_OTHERS_WITH_SECRETS)
    _up(release, "--remove-orphans")
    # Its rules may be new. By a signal from outside, Docker would take it for stopped by hand, and not start it again
    # after a crash.
    _compose(release, "exec", "-T", "prometheus", "sh", "-c", "kill -HUP 1", says=True, quietly=True)


def _up(release: str, *words: str) -> None:
    if _compose(release, "up", "--detach", "--wait", "--wait-timeout", str(_WAIT_SECONDS), *words).returncode == 0:
        return
    listed = _compose(release, "ps", "--all", "--format", "{{.Service}}: {{.Status}}", says=True).stdout.splitlines()
    down = [line for line in listed if not re.search(r"Exited \(0\)|\(healthy\)|exporter: Up", line)]
    raise FailedError(f"Release {release} did not come up ({', '.join(down) or 'all is well now'}). make logs SERVICE=… shows why.")  # fmt: skip


def _wait_for_traefik(release: str, service: str) -> None:
    """Wait until Traefik passes requests to a container; one that does not know of it, as before a pair, is not asked."""
    deadline = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < deadline:
        said = _compose(release, "exec", "-T", "api-blue", "python", "-c", _ASK_TRAEFIK, says=True, quietly=True)
        if not re.search(
            rf'^traefik_service_server_up\{{[^}}]*url="http://{service}:\d+"\}} 0', said.stdout, re.MULTILINE
        ):
            return
        time.sleep(0.5)
    raise FailedError(f"Traefik does not reach {service}: make logs SERVICE=traefik shows why.")


# ---- What was, and what is kept ----


def _facts(release: str) -> dict[str, str | None]:
    """Return the revision of the source of a release, and that of the schema."""
    revision = _run(
        "docker", "image", "inspect", "--format", '{{index .Config.Labels "org.opencontainers.image.revision"}}',
        next((image for image in _images(release) if image.endswith(f"/api:{release}")), ""), says=True, quietly=True,
    ).stdout.strip()  # fmt: skip
    query = (
        "psql",
        "--username=postgres",
        "--dbname=xatra",
        "-At",
        "--command=SELECT version_num FROM alembic_version",
    )
    schema = _compose(release, "exec", "-T", "postgres", *query, says=True, quietly=True).stdout.strip()
    return {"revision": revision or None, "schema": schema or None}


def _write_down(entry: dict[str, Any], release: str) -> None:
    words = ("run", "--rm", "--no-deps", "-T", "--user", "10001:10001", "volumes", "tee", "--append", _HISTORY)
    if _compose(release, *words, says=True, stdin=json.dumps(entry) + "\n").returncode:
        print("The history could not be written.", file=sys.stderr)


def _history() -> list[dict[str, Any]]:
    """Return all entries, the oldest first."""
    words = ("run", "--rm", "--no-deps", "-T", "--user", "10001:10001", "volumes", "cat", _HISTORY)
    said = _compose(_running() or os.environ["RELEASE"], *words, says=True, quietly=True)
    return [json.loads(line) for line in said.stdout.splitlines()]


def _succeeded(history: list[dict[str, Any]]) -> list[str]:
    """Return the releases that came up, the latest one last, each once."""
    newest_first = dict.fromkeys(entry["release"] for entry in reversed(history) if entry["result"] == "ok")
    return list(newest_first)[::-1]


def _show_history() -> None:
    history = _history()
    for entry in history:
        revision, schema = (entry["revision"] or "unknown")[:12], entry["schema"] or "unknown"
        print(
            f"{entry['at']}  {entry['kind']:8}  {entry['release']}  from {entry['former'] or 'nothing'}, by {entry['by']}, "
            f"source {revision}, schema {schema}, {entry['seconds']} s: {entry['result']}"
        )
    print(f"Now: {_running() or 'nothing runs'}" if history else f"Nothing was released yet in the stack {_STACK}.")


def _prune(release: str) -> None:
    """Remove our images of releases before the last ones; what another stack uses, Docker keeps."""
    for former in _succeeded(_history())[:-_KEPT_RELEASES]:
        gone = [image for image in _images(former) if _is_here(image) and former != release]
        if gone and _run("docker", "image", "rm", *gone, says=True, quietly=True).returncode == 0:
            print(f"The images of {former} are removed.")


# ---- Closed for maintenance ----


def _set_maintenance(*, is_on: bool) -> None:
    running = _running()
    if running is None:
        raise FailedError(f"The stack {_STACK} does not run.")
    put = f"cp /traefik/maintenance.yml {_ROUTES}.new && mv {_ROUTES}.new {_ROUTES}"
    words = ("run", "--rm", "--no-deps", "-T", "routes", "sh", "-c", put if is_on else f"rm -f {_ROUTES}")
    if _compose(running, *words).returncode:
        raise FailedError("The routes could not be changed; the reason stands above.")
    print("Closed: everybody but who asks for its health gets a 503. make maintenance-off opens." if is_on else "Open.")


# ---- Docker ----


def _running() -> str | None:
    """Return the release of the api that runs, if any; the first one that is found while there are two."""
    found = _run(
        "docker", "ps", "--filter", f"label=com.docker.compose.project={_STACK}",
        "--filter", "label=org.opencontainers.image.title=xatra-api", "--filter", "label=com.docker.compose.oneoff=False",
        "--format", '{{.Label "org.opencontainers.image.version"}}', says=True,
    ).stdout.split()  # fmt: skip
    return found[0] if found else None


def _images(release: str) -> list[str]:
    """Return the names of our images of a release."""
    named = _compose(release, "--profile", "*", "config", "--images", says=True).stdout.split()
    return sorted({image for image in named if image.endswith(f":{release}")})


def _is_here(image: str) -> bool:
    return _run("docker", "image", "inspect", image, says=True, quietly=True).returncode == 0


def _compose(
    release: str,
    *words: str,
    says: bool = False,
    quietly: bool = False,
    stdin: str | None = None,
) -> subprocess.CompletedProcess[str]:
    command = ("docker", "compose", "--progress", "quiet", "--project-name", _STACK, "--env-file", _ENV_FILE)
    return _run(
        *command, "--file", "docker-compose.prod.yml", *words,
        env={**os.environ, "RELEASE": release}, says=says, quietly=quietly, stdin=stdin,
    )  # fmt: skip


def _run(
    *words: str,
    env: dict[str, str] | None = None,
    says: bool = False,
    quietly: bool = False,
    stdin: str | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a command.

    Args:
        words: The command.
        env: Its environment (this process').
        says: Return what it says on standard output instead of showing it.
        quietly: Do not show its errors either.
        stdin: What it reads.
    """
    return subprocess.run(  # noqa: S603 - the operator's own Docker and make
        words,
        check=False,
        env=env,
        input=stdin,
        stdout=subprocess.PIPE if says else None,
        stderr=subprocess.DEVNULL if quietly else None,
        text=True,
    )


if __name__ == "__main__":
    main()
