"""Makes databases as the predecessor kept them: row by row, or thousands of works, ugly ones among them."""

import hashlib
import json
import random
import sqlite3
from pathlib import Path
from typing import Any

SCHEMA = """
    CREATE TABLE hub_users (
        id INTEGER PRIMARY KEY AUTOINCREMENT, username TEXT NOT NULL UNIQUE, password_hash TEXT,
        full_name TEXT NOT NULL DEFAULT '', bio TEXT NOT NULL DEFAULT '', is_trusted INTEGER NOT NULL DEFAULT 0,
        is_admin INTEGER NOT NULL DEFAULT 0, created_at TEXT NOT NULL);
    CREATE TABLE hub_artifacts (
        id INTEGER PRIMARY KEY AUTOINCREMENT, user_id INTEGER NOT NULL REFERENCES hub_users(id) ON DELETE CASCADE,
        kind TEXT NOT NULL, name TEXT NOT NULL, featured INTEGER NOT NULL DEFAULT 0,
        alpha_content TEXT NOT NULL DEFAULT '', alpha_metadata TEXT NOT NULL DEFAULT '{}',
        created_at TEXT NOT NULL, updated_at TEXT NOT NULL, UNIQUE(kind, name));
    CREATE TABLE hub_artifact_versions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        artifact_id INTEGER NOT NULL REFERENCES hub_artifacts(id) ON DELETE CASCADE,
        version INTEGER NOT NULL, content TEXT NOT NULL, metadata TEXT NOT NULL DEFAULT '{}',
        created_at TEXT NOT NULL, UNIQUE(artifact_id, version));
    CREATE TABLE hub_sessions (
        id INTEGER PRIMARY KEY AUTOINCREMENT, user_id INTEGER NOT NULL REFERENCES hub_users(id) ON DELETE CASCADE,
        token_hash TEXT NOT NULL UNIQUE, created_at TEXT NOT NULL, expires_at TEXT NOT NULL);
    CREATE TABLE hub_votes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        artifact_id INTEGER NOT NULL REFERENCES hub_artifacts(id) ON DELETE CASCADE,
        user_id INTEGER NOT NULL REFERENCES hub_users(id) ON DELETE CASCADE, created_at TEXT NOT NULL,
        UNIQUE(artifact_id, user_id));
    CREATE TABLE hub_map_views (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        artifact_id INTEGER NOT NULL REFERENCES hub_artifacts(id) ON DELETE CASCADE,
        viewer_key TEXT NOT NULL, viewed_at TEXT NOT NULL, UNIQUE(artifact_id, viewer_key));
    CREATE TABLE hub_drafts (
        id INTEGER PRIMARY KEY AUTOINCREMENT, owner_key TEXT NOT NULL UNIQUE, project_json TEXT NOT NULL,
        updated_at TEXT NOT NULL);
"""
DAY = "2025-03-{:02}T10:00:00+00:00"
HASH = "pbkdf2_sha256$0123456789abcdef0123456789abcdef$" + "a1" * 32

INDIA = {
    "type": "flag",
    "label": "India",
    "value": [{"op": "union", "type": "gadm", "value": "IND"}],
    "args": {"note": "Republic of India"},
}
OPTIONS = {
    "basemaps": [{"url_or_provider": "Esri.WorldTopoMap", "default": True}, {"url_or_provider": "OpenStreetMap"}],
    "flag_color_sequences": [{"class_name": "", "colors": "", "step_h": 1.6180339887, "step_s": 0.0, "step_l": 0.0}],
    "data_colormap": {"type": "LinearSegmented", "colors": "yellow,orange,red"},
}
THEME = 'xatra.BaseOption("Esri.WorldTopoMap", default=True)\nxatra.FlagColorSequence(LinearColorSequence())\n'


def map_json(*, elements: list[Any] | None = None, options: dict[str, Any] | None = None, **code: object) -> str:
    """Return the content of a map: what the builder shows, and the code beside it."""
    document = dict.fromkeys(("imports_code", "theme_code", "predefined_code", "map_code", "runtime_code"), "")
    project = {"elements": elements or [], "options": options or {}}
    return json.dumps({**document, "picker_options": {"entries": [], "adminRivers": False}, **code, "project": project})


class Predecessor:
    """The predecessor's database, filled row by row."""

    def __init__(self, path: Path, *, foreign_keys: bool = False) -> None:
        self.path = path
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.executescript(SCHEMA)
        self.connection.execute(f"PRAGMA foreign_keys = {int(foreign_keys)}")
        self.connection.execute("BEGIN")

    def close(self) -> Path:
        """Write all of it down and return where it is."""
        self.connection.execute("COMMIT")
        self.connection.close()
        return self.path

    def user(self, username: str, **values: object) -> int:
        """Add an account and return its number."""
        return self._add(
            "hub_users", {"username": username, "password_hash": HASH, "created_at": DAY.format(1)} | values
        )

    def work(self, user_id: int, kind: str, name: str, content: str = "", **values: object) -> int:
        """Add a work and return its number."""
        row = {"user_id": user_id, "kind": kind, "name": name, "alpha_content": content}
        return self._add("hub_artifacts", row | {"created_at": DAY.format(2), "updated_at": DAY.format(9)} | values)

    def version(self, work_id: int, number: object, content: str, **values: object) -> int:
        """Add a published version."""
        row = {"artifact_id": work_id, "version": number, "content": content, "created_at": DAY.format(3)}
        return self._add("hub_artifact_versions", row | values)

    def published(self, user_id: int, kind: str, name: str, content: str, **values: object) -> int:
        """Add a work whose alpha is its version 1."""
        work_id = self.work(user_id, kind, name, content, **values)
        self.version(work_id, 1, content)
        return work_id

    def vote(self, work_id: int, user_id: int) -> None:
        """Add a vote."""
        self._add("hub_votes", {"artifact_id": work_id, "user_id": user_id, "created_at": DAY.format(4)})

    def view(self, work_id: int, viewer: str) -> None:
        """Add a view."""
        self._add("hub_map_views", {"artifact_id": work_id, "viewer_key": viewer, "viewed_at": DAY.format(5)})

    def draft(self, owner: str, project: str) -> None:
        """Add a draft."""
        self._add("hub_drafts", {"owner_key": owner, "project_json": project, "updated_at": DAY.format(6)})

    def session(self, user_id: int, token: str) -> None:
        """Add a session."""
        digest = hashlib.sha256(token.encode()).hexdigest()
        row = {"user_id": user_id, "token_hash": digest, "created_at": DAY.format(7), "expires_at": DAY.format(28)}
        self._add("hub_sessions", row)

    def _add(self, table: str, row: dict[str, Any]) -> int:
        cursor = self.connection.execute(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())
        )
        return int(cursor.lastrowid or 0)


def fill(database: Predecessor, works: int, seed: int = 7) -> None:
    """Fill a database with as many works as asked for, about one in ten of them ugly in some way."""
    _Filler(database, random.Random(seed)).fill(works)


UNITS = ("IND", "PAK", "BGD", "NPL", "IND.12", "IND.31", "IND.5", "PAK.6", "LKA", "AFG")
TERRITORIES = ("KURU", "MAGADHA", "KOSALA", "AVANTI", "GANDHARA")


class _Filler:
    """Makes rows up, always the same ones for a seed."""

    def __init__(self, database: Predecessor, chance: random.Random) -> None:
        self._database = database
        self._chance = chance
        self._libraries: list[str] = []
        self._maps: list[tuple[int, str, int]] = []

    def fill(self, works: int) -> None:
        """Fill the database."""
        users = self._users(max(4, works // 20))
        for number in range(works):
            author = self._chance.choice(users)
            shape = self._chance.random()
            if number < 3 or shape < 0.08:
                self._library(author, number)
            elif shape < 0.12:
                self._theme(author, number)
            elif shape < 0.88:
                self._map(author, number)
            else:
                self._ugly_map(author, number)
        self._reactions(users)

    def _users(self, count: int) -> list[int]:
        users = [self._database.user("srajma", is_admin=1, is_trusted=1, full_name="Admin")]
        for name in ("anonymous", "guest", "localuser"):
            self._database.user(name, password_hash=None)
        self._database.user("Asha")
        users += [self._database.user(f"user{number}", is_trusted=number % 3 == 0) for number in range(count)]
        users += [self._database.user(name) for name in ("asha", "x", "data", "_odd-name_")]
        return users

    def _library(self, author: int, number: int) -> None:
        name = f"lib_{number}"
        code = "".join(f'{territory} = gadm("{self._unit()}") | gadm("{self._unit()}")\n' for territory in TERRITORIES)
        content = json.dumps({"predefined_code": code, "map_name": name})
        work = self._database.work(author, "lib", name, content)
        for version in range(1, self._chance.randint(0, 3) + 1):
            self._database.version(work, version, content if version == 3 else content.replace("IND", "PAK"))
        self._libraries.append(name)

    def _theme(self, author: int, number: int) -> None:
        content = json.dumps({"theme_code": THEME, "schema": "theme_v1"})
        self._database.published(author, "css", f"theme_{number}", content)

    def _map(self, author: int, number: int) -> None:
        name = f"map_{number}"
        metadata: dict[str, Any] = {"description": f"The map number {number}", "owner": "somebody"}
        if self._maps and self._chance.random() < 0.2:
            metadata["forked_from"] = f"/{self._chance.choice(self._maps)[1]}"
        content = self._coded() if self._chance.random() < 0.5 else self._drawn()
        work = self._database.work(
            author,
            "map",
            name,
            content,
            featured=int(number % 50 == 0),
            alpha_metadata=json.dumps(metadata),
            created_at=f"2025-04-01T00:{number // 60 % 60:02}:{number % 60:02}+00:00",
        )
        for version in range(1, self._chance.choice((0, 1, 1, 1, 2, 4)) + 1):
            older = content if version == 1 else self._drawn()
            self._database.version(work, version, older, metadata=json.dumps(metadata))
        self._maps.append((work, name, author))

    def _ugly_map(self, author: int, number: int) -> None:
        contents = (
            "",
            "{not json",
            'import xatra\nxatra.Flag("Plain", xatra.gadm("NPL"))\n',
            map_json(map_code="xatra.Flag('broken'"),
            map_json(elements=[{"type": "nonsense"}, INDIA, None, {"type": "flag", "label": "x", "value": "PAK"}]),
            map_json(elements=[INDIA], map_code="", picker_options={"entries": [float("nan")]}),
            map_json(imports_code='gone = xatrahub("/lib/never_was/2")\n', map_code='xatra.Flag("A", gone.KURU)'),
            map_json(map_code="xatra.Flag('Nul\0here', gadm('IND'))"),
            '{"map_code": "xatra.TitleBox(\\"\\ud800 half\\")"}',
            map_json(
                elements=[{"type": "text", "label": {"__xatra_python__": "'a' * 3", "also": 1}, "value": "[1, 2]"}]
            ),
        )
        names = (f"...{'.' * (number % 50)}{number}", f"{'n' * 190}{number}", str(number), f"Upper Case {number}")
        work = self._database.work(
            author,
            "map",
            self._chance.choice((f"ugly_{number}", f"ugly_{number}", f"ugly_{number}", *names)),
            content := self._chance.choice(contents),
            alpha_metadata=self._chance.choice(("{}", "[1]", "nonsense", '{"forked_from": "/gone", "thumbnail": "x"}')),
            updated_at=self._chance.choice((DAY.format(9), "yesterday", "2025-01-01")),
        )
        for version in self._chance.choice(((), (1,), (2,), (1, 4), (0, 1), (1, 2, 3))):
            self._database.version(work, version, content)
        self._maps.append((work, f"ugly_{number}", author))

    def _coded(self) -> str:
        library = self._chance.choice(self._libraries)
        pin = self._chance.choice(("", "/alpha", "/1"))
        return map_json(
            imports_code=f'lands = xatrahub("/lib/{library}{pin}")\n',
            theme_code=self._chance.choice(("", THEME)),
            predefined_code=self._chance.choice(("", "", 'HOME = gadm("BGD") | lands.KURU\n')),
            map_code=f'xatra.Flag(value=lands.{self._chance.choice(TERRITORIES)}, label="Realm")\n'
            f'xatra.TitleBox("<b>Number {self._chance.random()}</b>")\n',
            runtime_code=self._chance.choice(("", 'xatra.TitleBox("""Shown\nalone""")\n')),
            elements=[INDIA],
        )

    def _drawn(self) -> str:
        elements: list[Any] = [
            {
                "type": "flag",
                "label": f"Realm {self._chance.randint(1, 10**6)}",
                "value": [
                    {"op": "union", "type": "gadm", "value": [self._unit(), self._unit()]},
                    {"op": "difference", "type": "gadm", "value": self._unit()},
                ],
                "args": {"period": [-320, -180], "note": "A note"},
            },
            {"type": "point", "label": "Place", "value": "[25.6, 85.1]", "args": {"icon": {"shape": "star"}}},
            {"type": "text", "label": "Words", "value": [20.5, 80], "args": {}},
        ]
        return map_json(elements=elements, options=OPTIONS)

    def _unit(self) -> str:
        return self._chance.choice(UNITS)

    def _reactions(self, users: list[int]) -> None:
        for work, _, author in self._maps:
            voters = {author, *self._chance.sample(users, 2)}
            for voter in sorted(voters):
                self._database.vote(work, voter)
            for viewer in range(self._chance.randint(0, 5)):
                self._database.view(work, f"guest:{viewer:024x}")
            self._database.view(work, f"user:{author}")
        for user in users[:10]:
            self._database.session(user, f"token{user}")
            self._database.draft(f"user:{user}", json.dumps({"map_name": "new_map", "project": {"elements": [INDIA]}}))
        self._database.draft("guest:0123", "{}")
        self._database.vote(self._maps[0][0], 2)  # of `anonymous`
