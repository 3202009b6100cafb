"""Programs that we write ourselves: maps to pick units, rivers and territories from.

They are rendered like anybody's. The same choice is the same program, whatever its order, so that the map data and the
territories of a library are worked out once for it, and everybody else is answered from the cache.
"""

from collections.abc import Iterable


def reference_map(countries: Iterable[str], level: int, *, rivers: bool) -> str:
    """Return the program of a map with the units of countries at a level, and with all rivers if they are wanted."""
    layers = [f'xatra.Admin("{country}", level={level})' for country in sorted(set(countries))]
    if rivers:
        layers.append("xatra.AdminRivers()")
    return _program("import xatra", layers)


def territory_map(library: str | None, territories: Iterable[str]) -> str:
    """Return the program of a map with territories of a library, each labelled with its name.

    Args:
        library: Where the hub has it; None for the map library's own collection.
        territories: Names that the library gives to territories.
    """
    if library is None:
        imports = "import xatra\nfrom xatra import territory_library as library"
    else:
        imports = f'import xatra\n\nlibrary = xatra.xatrahub("{library}")'
    return _program(imports, [f'xatra.Flag("{name}", library.{name})' for name in sorted(set(territories))])


def _program(imports: str, layers: Iterable[str]) -> str:
    return "\n".join((imports, "", *layers, ""))
