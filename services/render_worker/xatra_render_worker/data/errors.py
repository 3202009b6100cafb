"""What all failures of setting up map data have in common."""


class DataError(Exception):
    """A failure whose text is one sentence for the person at the keyboard: what happened and what to do."""
