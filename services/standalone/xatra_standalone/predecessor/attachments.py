"""Files that the predecessor kept inside programs, as data URLs and long tables."""

import ast
import base64
import binascii
import hashlib
import io
from dataclasses import dataclass, field
from typing import Literal

from xatra_api.document.attachments import ENDINGS, NoSuchContentError
from xatra_api.document.layout import text
from xatra_api.files.media_types import recognise
from xatra_api.imports.syntax import Fault, parse


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file's content, and what it is."""

    sha256: str
    media_type: str
    content: bytes


@dataclass(slots=True)
class Attachments:
    """The files of one program, by the names under which it reads them."""

    by_name: dict[str, Attachment] = field(default_factory=dict)

    def add(self, stem: Literal["audio", "table"], content: bytes) -> str:
        """Keep a content under a name that follows from it, and return the name.

        Raises:
            NoSuchContentError: It is of no type that a map can use.
        """
        media_type = recognise(io.BytesIO(content))
        if media_type is None or media_type.name not in ENDINGS[stem]:
            raise NoSuchContentError(f"the {stem} in it is of a type that maps cannot use")
        sha256 = hashlib.sha256(content).hexdigest()
        name = f"{stem}-{sha256[:12]}.{ENDINGS[stem][media_type.name]}"
        self.by_name[name] = Attachment(sha256, media_type.name, content)
        return name

    def add_data_url(self, url: str) -> str:
        """Keep the content of a data URL likewise.

        Raises:
            NoSuchContentError: It has none that a map can use.
        """
        head, _, content = url.partition(",")
        if not head.endswith(";base64"):
            raise NoSuchContentError("a data URL is not base64")
        try:
            return self.add("audio", base64.b64decode(content, validate=True))
        except binascii.Error:
            raise NoSuchContentError("a data URL is not base64") from None

    def take_from(self, program: str) -> str:
        """Return a program with names of files where it had data URLs of audio, which are kept here."""
        tree = parse(program) if "data:" in program else None
        if tree is None or isinstance(tree, Fault):
            return program
        lines = program.encode().splitlines(keepends=True)
        for node in sorted(_data_urls(tree), key=lambda node: (node.lineno, node.col_offset), reverse=True):
            try:
                name = self.add_data_url(str(node.value))
            except NoSuchContentError:
                continue
            _replace(lines, node, text(name).encode())
        return b"".join(lines).decode()


def _data_urls(tree: ast.Module) -> list[ast.Constant]:
    return [
        value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "Music"
        for value in (*node.args, *(argument.value for argument in node.keywords))
        if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value.startswith("data:")
    ]


def _replace(lines: list[bytes], node: ast.Constant, text_: bytes) -> None:
    """Put a text in the place of a literal; what the literal's other lines were is gone."""
    if node.end_lineno is None or node.end_col_offset is None:
        return
    first, last = node.lineno - 1, node.end_lineno - 1
    after = lines[last][node.end_col_offset :]
    lines[first : last + 1] = [lines[first][: node.col_offset] + text_ + after]
