"""The command `xatra-scheduler`."""

from contextlib import closing

from xatra_scheduler.celery_app import run
from xatra_scheduler.publications.metrics import PublicationsCollector
from xatra_scheduler.resources import open_resources
from xatra_scheduler.settings import SchedulerSettings
from xatra_shared.database.engine import make_engine
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
    url = settings.database_url.get_secret_value()
    publications = PublicationsCollector(make_engine(url, application_name="xatra-scheduler-metrics", pool_size=1))
    resources.metrics.register(publications)
    monitored = Monitored(
        resources.metrics,
        consumes=lambda: resources.stopping.is_set() or resources.pulse.lives(),
        dependencies=dependencies(resources.database, resources.redis, resources.store),
    )
    with closing(publications), answering_monitoring("xatra-scheduler", settings, monitored):
        run(resources)


if __name__ == "__main__":
    main()
