"""The machine's processor time, memory, load and disks, read from the kernel when Prometheus asks."""

import os
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final, override
from urllib.parse import unquote, urlsplit

from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

# The columns of /proc/stat (proc_stat(5)); what guests use is part of the first two.
_CPU_MODES: Final = ("user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal")
_PROC: Final = Path("/proc")


class HostCollector(Collector):
    """Tells how busy the machine is. What a system does not tell (macOS has no /proc) is left out.

    Args:
        disks: Directories whose file systems are told of.
    """

    def __init__(self, disks: Collection[Path] = (Path("/"),)) -> None:
        self._disks = tuple(disks)

    @override
    def collect(self) -> Iterator[Metric]:
        load = GaugeMetricFamily("host_load", "Processes that run or wait to, on average.", labels=["minutes"])
        for minutes, average in zip(("1", "5", "15"), os.getloadavg(), strict=True):
            load.add_metric([minutes], average)
        yield load
        yield self._disk("host_disk_bytes", "Size of the file system.", "total")
        yield self._disk("host_disk_free_bytes", "Free space of the file system.", "free")
        if _PROC.joinpath("stat").exists():
            yield _cpu()
            yield from _memory()

    def _disk(self, name: str, documentation: str, quantity: str) -> Metric:
        family = GaugeMetricFamily(name, documentation, labels=["path"])
        for path in self._disks:
            if path.exists():
                family.add_metric([str(path)], getattr(shutil.disk_usage(path), quantity))
        return family


def disks_of(artefact_store_url: str) -> tuple[Path, ...]:
    """Return the directories whose disks may fill up: the root's, and the artefact store's if that is a directory."""
    store = urlsplit(artefact_store_url)
    return (Path("/"), Path(unquote(store.path))) if store.scheme == "file" else (Path("/"),)


def _cpu() -> Metric:
    family = CounterMetricFamily("host_cpu_seconds", "Time of all processors together.", labels=["mode"])
    ticks_per_second = os.sysconf("SC_CLK_TCK")
    with _PROC.joinpath("stat").open(encoding="ascii") as lines:
        ticks = next(lines).split()[1:]
    for mode, count in zip(_CPU_MODES, ticks, strict=False):
        family.add_metric([mode], int(count) / ticks_per_second)
    return family


def _memory() -> Iterator[Metric]:
    lines = _PROC.joinpath("meminfo").read_text(encoding="ascii").splitlines()
    kibibytes = {name: int(value.split()[0]) for name, _, value in (line.partition(":") for line in lines)}
    yield GaugeMetricFamily("host_memory_bytes", "Memory of the machine.", kibibytes["MemTotal"] << 10)
    yield GaugeMetricFamily(
        "host_memory_available_bytes", "Memory that could be had without swapping.", kibibytes["MemAvailable"] << 10
    )
