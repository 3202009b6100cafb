"""What the standalone reads from its environment."""

import os
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from xatra_render_worker.sandbox.probe import Mode
from xatra_render_worker.settings import default_slots


def default_home() -> Path:
    """Return where the service's state lies: for root the system's place, for everyone else a directory of their own."""
    if os.geteuid() == 0:
        return Path("/var/lib/xatra-web")  # the servers run as another user, who cannot look into root's home
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share", "xatra-web")


class StandaloneSettings(BaseSettings):
    """Settings of the whole service on one machine."""

    model_config = SettingsConfigDict(env_prefix="XATRA_", frozen=True)

    home: Path = Field(default_factory=default_home, description="Where everything is kept")
    port: int = Field(default=8080, ge=1, le=65535, description="Port on 127.0.0.1")
    countries: str = Field(default="", description="Countries of the sample map data, such as IND,PAK; `all` for all")
    slots: int = Field(default_factory=default_slots, ge=1, description="Renders at once")
    sandbox: Mode = Field(default=Mode.REQUIRED, description="Walls around map programs: `required`, `gvisor`, `off`")
    preload_bytes: int = Field(default=512 << 20, ge=0, description="Memory for geometry loaded ahead of need")

    @property
    def map_data(self) -> Path:
        """Where the map data lies."""
        return self.home / "map-data"
