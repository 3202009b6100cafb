"""What an author can be told beyond Python's own exceptions; a program may catch them like the library's."""


class MissingDataError(FileNotFoundError, KeyError):
    """The installed map data has nothing of that name."""

    __module__ = "xatra"
    __str__ = FileNotFoundError.__str__


class HubImportError(RuntimeError):
    """A hub import was not resolved before the render began."""

    __module__ = "xatra"


class NoMap(Exception):  # noqa: N818 - authors read this name
    """The program ended without a map."""

    __module__ = "xatra"
