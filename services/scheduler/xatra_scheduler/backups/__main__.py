"""The command `xatra-backup`."""

import argparse
import signal
import sys
from collections.abc import Callable
from contextlib import closing

import structlog
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from xatra_scheduler.backups import restore, service
from xatra_scheduler.backups.drill import DrillFailedError, NobodyRendersError, drill
from xatra_scheduler.backups.encryption import DamagedError, WrongKeyError, make_key
from xatra_scheduler.backups.metrics import BackupGauges
from xatra_scheduler.backups.programs import ProgramFailedError
from xatra_scheduler.backups.resources import BackupResources, open_backup_resources
from xatra_scheduler.backups.tasks import tend
from xatra_scheduler.settings import BackupSettings
from xatra_shared.artifacts.store import StoreUnavailable
from xatra_shared.telemetry.dependencies import dependencies
from xatra_shared.telemetry.errors import report_errors
from xatra_shared.telemetry.logs import configure_logging
from xatra_shared.telemetry.server import Monitored, answering_monitoring

_FORESEEN = (
    DamagedError,
    DrillFailedError,
    NobodyRendersError,
    ProgramFailedError,
    SQLAlchemyError,
    StoreUnavailable,
    WrongKeyError,
    restore.RestoreRefusedError,
    service.BusyError,
    service.NoBackupError,
)


def main() -> None:
    """Do what the command line says."""
    arguments = _parser().parse_args()
    signal.signal(signal.SIGTERM, _end)
    if arguments.act is _print_key:
        _print_key()
        return
    try:
        settings = BackupSettings()
    except ValidationError as error:
        sys.exit("\n".join(f"{'.'.join(map(str, fault['loc'])).upper()}: {fault['msg']}" for fault in error.errors()))
    configure_logging("backup", settings.log_level)
    is_service = arguments.act is _serve
    try:
        log = structlog.get_logger("backup").info
        with closing(open_backup_resources(settings, log if is_service else _say)) as resources:
            arguments.act(resources, arguments)
    except _FORESEEN as error:
        sys.exit(str(error).partition("\n(Background")[0])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="xatra-backup", description="Makes, tries and restores backups.")
    commands = parser.add_subparsers(required=True)

    def add(name: str, act: Callable[..., None], text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(act=act)
        return command

    add("serve", _serve, "Make backups and drills when they are due, until told to stop.")
    add("make", _make, "Make a backup now.")
    add("list", _list, "List all backups.")
    add("key", _print_key, "Print a new key by which backups are encrypted.")
    add("drill", _drill, "Restore a backup into a throwaway database, and see whether it is whole.").add_argument(
        "name", nargs="?", default="latest", help="a backup, or latest (%(default)s)"
    )
    check = add("check", _check, "See whether a backup may be restored here, and ask where it replaces something.")
    putting_back = add("restore", _restore, "Replace the database by a backup's; no service may run meanwhile.")
    for command in (check, putting_back):
        command.add_argument("name", help="a backup, or latest")
        command.add_argument("--confirm", default="", help="name of the stack, where the database holds something")
    return parser


def _serve(resources: BackupResources, _: argparse.Namespace) -> None:
    service_resources, settings = resources.service, resources.settings
    report_errors("backup", settings)
    gauges = BackupGauges()
    service_resources.metrics.register(gauges)
    monitored = Monitored(
        service_resources.metrics,
        consumes=gauges.lives,
        dependencies=dependencies(service_resources.database, service_resources.redis, service_resources.store),
    )
    with answering_monitoring("xatra-backup", settings, monitored):
        tend(resources, gauges, service_resources.stopping)


def _make(resources: BackupResources, _: argparse.Namespace) -> None:
    manifest = service.make(resources, wait=True)
    print(
        f"Backup {manifest.name} is in {resources.backups.address}: {_size(manifest.size_bytes)}, {manifest.seconds:.1f} s."
    )


def _list(resources: BackupResources, _: argparse.Namespace) -> None:
    manifests = resources.backups.manifests()
    for manifest in manifests:
        key = "" if manifest.key_id == "plain" else f"  key {manifest.key_id}"
        rows = sum(table.rows for table in manifest.contents.tables.values())
        print(
            f"{manifest.name}  {_size(manifest.size_bytes):>9}  {rows:>9} rows  {manifest.objects:>7} objects"
            f"  release {manifest.release}{key}"
        )
    if not manifests:
        print(f"There is no backup in {resources.backups.address}.")
    report = resources.backups.drill_report()
    if report.verified_at:
        print(f"Last verified by a drill: {report.verified}, at {report.verified_at:%Y-%m-%d %H:%M} UTC.")
    for fault in report.faults:
        print(f"Found by the last drill, of {report.tried}: {fault}")


def _drill(resources: BackupResources, arguments: argparse.Namespace) -> None:
    manifest = drill(resources, arguments.name, wait=True)
    print(f"Backup {manifest.name} is whole: it can be restored.")


def _check(resources: BackupResources, arguments: argparse.Namespace) -> None:
    manifest = service.find(resources, arguments.name)
    stack = resources.settings.stack

    def ask() -> bool:
        if arguments.confirm or not sys.stdin.isatty():
            return bool(arguments.confirm == stack)
        print(f"The database has accounts or works. The backup of {manifest.taken_at:%Y-%m-%d %H:%M} UTC replaces all.")
        return input(f"Type the name of the stack, {stack}, to go on: ").strip() == stack

    restore.check(resources, manifest, confirmed=ask)
    print(
        f"Backup {manifest.name} of {manifest.taken_at:%Y-%m-%d %H:%M} UTC, release {manifest.release}, can be restored."
    )


def _restore(resources: BackupResources, arguments: argparse.Namespace) -> None:
    manifest = service.find(resources, arguments.name)
    restore.check(resources, manifest, confirmed=arguments.confirm == resources.settings.stack)
    faults = restore.restore(resources, manifest)
    print(f"Backup {manifest.name} is restored: what came after {manifest.taken_at:%Y-%m-%d %H:%M:%S} UTC is gone.")
    if faults:
        sys.exit("\n".join(["It is not all as it was:", *faults]))


def _print_key() -> None:
    print(make_key())


def _say(sentence: str) -> None:
    print(sentence, flush=True)


def _size(size_bytes: float) -> str:
    return f"{size_bytes / 1e9:.2f} GB" if size_bytes >= 1e9 else f"{size_bytes / 1e6:.1f} MB"  # noqa: PLR2004 - a unit


def _end(number: int, _: object) -> None:
    """End at once: a backup without a manifest is none, and what holds the lock ends with us."""
    sys.exit(128 + number)


if __name__ == "__main__":
    main()
