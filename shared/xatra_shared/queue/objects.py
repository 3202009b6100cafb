"""Keeps the rows of the database and the objects of the artefact store in step: no row without its object.

Whoever stores an object does so before it writes the row, and retention deletes the row before the object, so that a
crash in between leaves an object too many at worst, which retention's sweep finds. That leaves one gap: an object that
was stored again just before retention, which no longer sees a row, deletes it. Hence both take a lock on the object's
name: retention looks for the row and deletes the object under it; who stores looks for the object, and stores it again
where it is gone, in the transaction that writes the row. Then either retention sees the row, or the writer sees that the
object is missing:

    store.put_artefact(sha256, content)  # the long part, under no lock
    with engine.begin() as connection:
        hold_object(connection, sha256)
        if not store.artefact_exists(sha256):
            store.put_artefact(sha256, content)
        repository.add_artefact(connection, sha256, ...)
"""

from sqlalchemy import Connection

from xatra_shared.queue import repository


def hold_object(connection: Connection, name: str) -> None:
    """Keep everyone else from deleting or recording an object until the end of the transaction.

    Args:
        connection: In the transaction that decides about the object.
        name: Digest of the map or file, or the asset's whole name.
    """
    repository.lock(connection, f"object:{name}")
