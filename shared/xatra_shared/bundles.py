"""Import bundles: all that a program imports from the hub, exactly, so that whoever runs it needs no network.

A bundle is JSON, since it is part of a render job and of a published version. Within one, a path means one thing: paths
are resolved at one moment.
"""

from typing import Literal, NotRequired, TypedDict


class Part(TypedDict):
    """A piece of Python that runs before, or as, a work's own program.

    Attributes:
        name: How errors call it: the canonical path of the work that it is from, such as `/lib/mauryan_empire/3`.
        source: Python source.
    """

    name: str
    source: str


class BundledWork(TypedDict):
    """A work as it is imported.

    Attributes:
        kind: A `lib` gives its names to the importer; a `map` and a `css` act on the current map.
        parts: What runs, in this order and in one scope of its own: a map's library and theme, then the work itself.
    """

    kind: Literal["map", "lib", "css"]
    parts: list[Part]


class Bundle(TypedDict):
    """All that a program imports, directly or not.

    Attributes:
        before: What runs before the program, in the program's own scope: a map's library and theme.
        paths: Path as it is written in any of the sources, but for blanks around it and a missing slash -> canonical
            path.
        works: Canonical path -> work: `/lib/NAME/3`, or `/lib/NAME/alpha@<first 16 digits of its content's sha256>`.
        files: Name by which imported works read a file -> sha256; whoever renders serves them beside the program's own.
    """

    before: NotRequired[list[Part]]
    paths: NotRequired[dict[str, str]]
    works: NotRequired[dict[str, BundledWork]]
    files: NotRequired[dict[str, str]]
