"""The command `xatra-scheduler`."""

from xatra_scheduler.celery_app import run
from xatra_scheduler.resources import open_resources
from xatra_scheduler.settings import SchedulerSettings
from xatra_shared.telemetry.dependencies import dependencies
from xatra_shared.telemetry.errors import report_errors
from xatra_shared.telemetry.logs import configure_logging
from xatra_shared.telemetry.server import Monitored, answering_monitoring


def main() -> None:
    """Do by the clock what is to be done, until told to stop."""
    settings = SchedulerSettings()
    configure_logging("scheduler", settings.log_level)
    report_errors("scheduler", settings)
    resources = open_resources(settings)
    monitored = Monitored(
        resources.metrics,
        consumes=lambda: resources.stopping.is_set() or resources.pulse.lives(),
        dependencies=dependencies(resources.database, resources.redis, resources.store),
    )
    with answering_monitoring("xatra-scheduler", settings, monitored):
        run(resources)


if __name__ == "__main__":
    main()
