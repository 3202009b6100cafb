"""The command `xatra-scheduler`."""

from xatra_scheduler.celery_app import run
from xatra_scheduler.resources import open_resources
from xatra_scheduler.settings import SchedulerSettings
from xatra_shared.telemetry.errors import report_errors
from xatra_shared.telemetry.logs import configure_logging


def main() -> None:
    """Do by the clock what is to be done, until told to stop."""
    settings = SchedulerSettings()
    configure_logging("scheduler", settings.log_level)
    report_errors("scheduler", settings)
    run(open_resources(settings))


if __name__ == "__main__":
    main()
