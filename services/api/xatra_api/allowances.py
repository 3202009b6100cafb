"""How much each kind of caller may ask for: guests, users, trusted users.

Guests count by network as well, since their cookies cost nothing; users count by themselves: see `Caller.network`.
"""

from dataclasses import dataclass

from xatra_api.settings import ApiSettings
from xatra_shared.identity.callers import Caller
from xatra_shared.queue.model import Limits, Payer


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one caller may ask for.

    Attributes:
        writes_per_minute: How often its network may write.
        active_renders: For how many renders it may be waiting.
        network_active_renders: For how many all guests of its network may be.
        render_seconds: How long each may take.
        file_bytes: How much it may store.
        network_file_bytes: How much all guests of its network may; None: that does not count.
    """

    writes_per_minute: int
    active_renders: int
    network_active_renders: int
    render_seconds: int
    file_bytes: int
    network_file_bytes: int | None

    @property
    def limits(self) -> Limits:
        """What one of its renders may use."""
        return Limits(wall_seconds=self.render_seconds, cpu_seconds=self.render_seconds)


def allowance_of(caller: Caller, settings: ApiSettings) -> Allowance:
    """Return what a caller may ask for."""
    if caller.kind == "guest":
        return Allowance(
            writes_per_minute=settings.writes_per_minute,
            active_renders=settings.caller_active_renders,
            network_active_renders=settings.address_active_renders,
            render_seconds=settings.render_seconds,
            file_bytes=settings.file_quota_bytes,
            network_file_bytes=settings.address_file_quota_bytes,
        )
    is_trusted = caller.kind == "trusted"
    active_renders = settings.trusted_active_renders if is_trusted else settings.user_active_renders
    return Allowance(
        writes_per_minute=settings.user_writes_per_minute,
        active_renders=active_renders,
        network_active_renders=active_renders,
        render_seconds=settings.trusted_render_seconds if is_trusted else settings.render_seconds,
        file_bytes=settings.user_file_quota_bytes,
        network_file_bytes=None,
    )


def payer_of(caller: Caller) -> Payer | None:
    """Return against whose monthly budget a caller's renders count; guests have none."""
    if caller.account is None or caller.kind == "guest":
        return None
    return Payer(caller.account.user_id, caller.kind)
