"""The example maps, read from their files."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Example:
    """One example map.

    Attributes:
        name: Its name as a work.
        title: First line of its docstring.
        description: The rest of it.
        program: The map program.
        files: Name by which it reads a file -> where that lies.
        picture: Where its picture lies.
    """

    name: str
    title: str
    description: str
    program: str
    files: dict[str, Path]
    picture: Path


def examples_directory() -> Path:
    """Return where the examples lie: in the package where it was installed, else in the checkout around it."""
    packaged = Path(__file__).parent / "examples"
    return packaged if packaged.exists() else Path(__file__).parents[3] / "examples"


def load_examples() -> list[Example]:
    """Return all examples, in the order of their numbers."""
    directory = examples_directory()
    return [_load(path) for path in sorted(directory.glob("*.py"))]


def _load(path: Path) -> Example:
    program = path.read_text(encoding="utf-8")
    title, _, description = (ast.get_docstring(ast.parse(program)) or path.stem).partition("\n")
    name = re.sub(r"^\d+-", "", path.stem).replace("-", "_")
    return Example(
        name=name,
        title=title.strip(),
        description=" ".join(description.split()),
        program=program,
        files={file.name: file for file in sorted((path.parent / "files").glob("*")) if f'"{file.name}"' in program},
        picture=path.parent / "pictures" / f"{name}.webp",
    )
