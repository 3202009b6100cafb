"""Works out what the predecessor's database becomes, rule by rule, before anything is written."""

from datetime import UTC, datetime

import orjson

from xatra_standalone.predecessor.assembling import assemble
from xatra_standalone.predecessor.finals_repository import Finals
from xatra_standalone.predecessor.imports import publish_wanted_alphas
from xatra_standalone.predecessor.ledger import Ledger
from xatra_standalone.predecessor.parts import give_parts
from xatra_standalone.predecessor.people import move_people
from xatra_standalone.predecessor.reactions import end_sessions
from xatra_standalone.predecessor.repository import Repository
from xatra_standalone.predecessor.snapshot import Snapshot
from xatra_standalone.predecessor.texts import move_texts
from xatra_standalone.predecessor.works import move_works


class Move:
    """A move that has been worked out, but for votes, views and drafts, which need no more than one look each.

    Attributes:
        repository: The copy, and what it becomes on the way.
        finals: What every work will say.
        ledger: The account of every row.
        moved_at: The date for what has none.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.repository = Repository(snapshot.connection, snapshot.tables())
        self.finals = Finals(snapshot.connection)
        self.ledger = Ledger(snapshot.connection)
        self.moved_at = datetime.now(UTC).isoformat()
        self.repository.prepare()
        self.repository.begin()
        move_people(self.repository, self.ledger, self.moved_at)
        move_works(self.repository, self.ledger, self.moved_at)
        move_texts(self.repository, self.ledger)
        publish_wanted_alphas(self.repository, self.ledger)
        give_parts(self.repository, self.ledger)
        self._assemble()
        end_sessions(self.repository, self.ledger)
        self.repository.commit()

    def _assemble(self) -> None:
        for work in self.repository.works():
            for text in self.repository.texts(work.id):
                final = assemble(self.repository, self.ledger, work, text)
                error = orjson.dumps(final.error).decode() if final.error else ""
                self.finals.add(work.id, text.version, final.content, text.files, final.content_hash, error)
                for path, (imported_id, imported_version) in final.imports.items():
                    self.finals.add_import(work.id, text.version, path, imported_id, imported_version)
