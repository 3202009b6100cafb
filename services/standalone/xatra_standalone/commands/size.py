"""`xatra-web size`: how large a machine has to be, by what Prometheus measured of the one that runs."""

import math
from typing import Annotated, Final
from urllib.parse import urlsplit, urlunsplit

import httpx2
import typer

from xatra_standalone.commands.failures import CommandFailedError, ExitCode
from xatra_standalone.sizing import TYPICAL_P95_SECONDS, Demand, Size, assumed_demand, size_for

app = typer.Typer(add_completion=False)

_TIMEOUT_SECONDS: Final = 60
_FEWEST_RENDERS: Final = 100  # of which a p95 says something
_SHORTEST_DAYS: Final = 1.0  # in which a peak says something

_PEAK: Final = 'max_over_time(sum(rate(render_requests_total{{outcome="accepted"}}[5m]))[{days}d:5m])'
_P95: Final = "histogram_quantile(0.95, sum by (le) (increase(render_duration_seconds_bucket[{days}d])))"
_WAIT: Final = "histogram_quantile(0.95, sum by (le) (increase(render_queue_wait_seconds_bucket[{days}d])))"
_RENDERS: Final = "sum(increase(render_duration_seconds_count[{days}d]))"
_SLOTS: Final = "max(render_slots)"
_MEASURED_DAYS: Final = "count_over_time(max(render_slots)[{days}d:10m]) / 144"


@app.command()
def size(
    prometheus: Annotated[str, typer.Option(metavar="URL", help="Where Prometheus answers.")] = "http://localhost:9090",
    days: Annotated[int, typer.Option(min=1, max=365, help="So many days back to look.")] = 7,
    accounts: Annotated[
        int, typer.Option(min=1, help="Where too little was measured: for so many accounts, as docs/sizing.md assumes.")
    ] = 50,
    artefact_days: Annotated[int, typer.Option(min=1, help="ARTEFACT_DAYS of the service.")] = 30,
) -> None:
    """Say how large the machine has to be: slots, processors, memory, disk.

    slots = renders a second at the peak x p95 of a render's seconds x 1.3; what was too little measured is assumed, and
    the table says so.
    """
    metrics = Prometheus(prometheus, days)
    measured_days = metrics.ask(_MEASURED_DAYS) or 0.0
    renders = metrics.ask(_RENDERS) or 0.0
    peak, p95 = metrics.ask(_PEAK), metrics.ask(_P95)
    assumed = assumed_demand(accounts)
    why_assumed = f"assumed for {accounts} accounts: {measured_days:.1f} of {_SHORTEST_DAYS:.0f} days were measured"
    is_long = measured_days >= _SHORTEST_DAYS and peak is not None
    is_much = renders >= _FEWEST_RENDERS and p95 is not None
    demand = Demand(
        renders_per_second=peak if is_long and peak is not None else assumed.renders_per_second,
        p95_seconds=p95 if is_much and p95 is not None else TYPICAL_P95_SECONDS,
        renders_per_day=renders / measured_days if is_long else assumed.renders_per_day,
    )
    measured = f"measured, of {min(measured_days, days):.1f} days"
    _row("renders a second at the peak", f"{demand.renders_per_second:.3f}", measured if is_long else why_assumed)
    _row(
        "p95 of a render's seconds",
        f"{demand.p95_seconds:.2f}",
        measured if is_much else f"assumed: {renders:.0f} of {_FEWEST_RENDERS} renders were measured",
    )
    _row("renders a day", f"{demand.renders_per_day:.0f}", measured if is_long else why_assumed)
    _tell(size_for(demand, kept_days=artefact_days))
    _compare(metrics.ask(_SLOTS), metrics.ask(_WAIT))


class Prometheus:
    """Asks a Prometheus.

    Args:
        url: Where it answers, with the path below which it lies, if any.
        days: How many days back `{days}` in a query looks.
    """

    def __init__(self, url: str, days: int) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise CommandFailedError(
                f"{url} is no address of a Prometheus, such as http://localhost:9090.", ExitCode.USAGE
            )
        self._address = urlunsplit((parts.scheme, parts.netloc, f"{parts.path.rstrip('/')}/api/v1/query", "", ""))
        self._days = days

    def ask(self, query: str) -> float | None:
        """Return the only number that answers a query; None: nothing was measured.

        Raises:
            CommandFailedError: Nobody answers, or not as Prometheus does.
        """
        try:
            answer = httpx2.get(
                self._address, params={"query": query.format(days=self._days)}, timeout=_TIMEOUT_SECONDS
            ).raise_for_status()
            result = answer.json()["data"]["result"]
            value = float(result[0]["value"][1]) if result else math.nan
        except httpx2.TransportError as error:
            raise CommandFailedError(
                f"No Prometheus answers at {self._address} ({error}). It answers inside the stack alone: docs/sizing.md "
                "says how to reach it.",
                ExitCode.UNAVAILABLE,
            ) from None
        except (httpx2.HTTPStatusError, ValueError, LookupError, TypeError) as error:
            raise CommandFailedError(
                f"What answers at {self._address} is no Prometheus: {error}.", ExitCode.FAILED
            ) from None
        return value if math.isfinite(value) else None


def _tell(needed: Size) -> None:
    typer.echo()
    _row("slots by the formula", f"{needed.slots_exactly:.2f}")
    _row("SLOTS", str(needed.slots))
    _row("processors", str(needed.processors))
    _row("RENDER_WORKER_MEMORY", f"{needed.render_worker_memory:.2f} GiB")
    _row("POSTGRES_MEMORY", f"{needed.postgres_memory} GB")
    _row("memory of the machine", f"{needed.memory} GB")
    _row("stored maps", f"{needed.stored:.0f} GB")
    _row("disk", f"{needed.disk} GB")


def _compare(slots: float | None, wait: float | None) -> None:
    """Say how the machine that runs does."""
    typer.echo()
    if slots is not None:
        _row("slots that run now", f"{slots:.0f}")
    if wait is not None:
        _row("seconds that renders wait, p95", f"{wait:.2f}", "measured; more than a few: slots are too few")


def _row(what: str, figure: str, source: str = "") -> None:
    typer.echo(f"{what:32}{figure:>12}  {source}".rstrip())
