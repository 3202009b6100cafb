"""What publications do by the clock."""

from xatra_scheduler.publications import service
from xatra_scheduler.resources import Resources


def make_artefacts(resources: Resources) -> None:
    """Take down what became of the renders of published versions, and ask for those that are to come."""
    service.settle_ended(resources)
    service.queue_due(resources)
