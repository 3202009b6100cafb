"""The one door to the map library, opened without its habit of reading `.env` files from here up to the root.

Every module of this package imports the library's modules from here, never from `xatra`.
"""

import dotenv

_load_dotenv = dotenv.load_dotenv
dotenv.load_dotenv = lambda *_, **__: False
try:
    import xatra
    from xatra import (
        flagmap,
        geometry_cache,
        hub,
        icon,
        loaders,
        paxmax,
        pyplot,
        territory,
        territory_library,
    )
    from xatra import render as template
    from xatra.territory import Territory
finally:
    dotenv.load_dotenv = _load_dotenv

__all__ = [
    "Territory",
    "flagmap",
    "geometry_cache",
    "hub",
    "icon",
    "loaders",
    "paxmax",
    "pyplot",
    "template",
    "territory",
    "territory_library",
    "xatra",
]
