"""What retention does by the clock."""

from xatra_scheduler.resources import Resources
from xatra_scheduler.retention import service


def forget_renders(resources: Resources) -> None:
    """Delete renders that nobody can look up any more, and callers and workers that are no longer there."""
    service.forget_renders(resources)


def forget_beginnings(resources: Resources) -> None:
    """Delete drafts that guests have left, and what alphas said long ago."""
    service.forget_beginnings(resources)


def forget_views(resources: Resources) -> None:
    """Delete which guests looked at what long ago."""
    service.forget_views(resources)


def forget_requests(resources: Resources) -> None:
    """Delete how requests went that came long ago."""
    service.forget_requests(resources)


def forget_security_events(resources: Resources) -> None:
    """Delete what mattered to security long ago."""
    service.forget_security_events(resources)


def delete_unused_objects(resources: Resources) -> None:
    """Mark maps, files and assets that are unused, and delete those that have been for long enough."""
    for kind in service.KINDS:
        service.mark_unused(resources, kind)
        service.delete_unused(resources, kind)


def sweep_store(resources: Resources) -> None:
    """Delete objects that a crash left behind in the store."""
    for kind in service.KINDS:
        service.sweep(resources, kind)
