"""What backups work with, beside what every task of the scheduler does."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine

from xatra_scheduler.backups.store import BackupStore
from xatra_scheduler.resources import Resources, open_resources
from xatra_scheduler.settings import BackupSettings
from xatra_shared.database.engine import make_engine

type Tell = Callable[[str], object]
"""Takes a sentence about what is being done."""


@dataclass(frozen=True)
class BackupResources:
    """What a backup, a drill or a restore reaches.

    Attributes:
        settings: The settings.
        service: The service as the scheduler reaches it: its database, artefact store and queue.
        everything: The database as the role reaches it that reads all of it.
        backups: Where backups are kept.
        tell: Takes sentences about what is being done.
    """

    settings: BackupSettings
    service: Resources
    everything: Engine
    backups: BackupStore
    tell: Tell

    def close(self) -> None:
        """Close every connection."""
        self.everything.dispose()
        self.service.close()


def open_backup_resources(settings: BackupSettings, tell: Tell) -> BackupResources:
    """Return what the settings name; connections are made when they are needed.

    Raises:
        ValueError: The backup store's address is none.
        WrongKeyError: The key is none.
    """
    return BackupResources(
        settings=settings,
        backups=BackupStore(settings),
        service=open_resources(settings),
        everything=make_engine(
            settings.backup_database_url.get_secret_value(), application_name="xatra-backup", pool_size=3
        ),
        tell=tell,
    )
