"""What goes over the wire below `/imports`."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from xatra_api.hub.works import Kind


class ProgramToResolveBody(BaseModel):
    """A program that imports from the hub."""

    model_config = ConfigDict(extra="forbid", strict=True)

    program: str = Field(description="Python source, at most 200,000 characters")


class ResolvedImportBody(BaseModel):
    """What a path of a program leads to now."""

    path: str = Field(description="As the program says it")
    line: int = Field(description="Where the program imports it first, from 1")
    column: int
    kind: Kind
    name: str = Field(description="Which the work has now")
    author: str | None
    version: int | Literal["alpha"]
    latest_version: int = Field(description="The newest published one; 0: none")
    exact_path: str = Field(description="Leads to this version for ever, unless it is an alpha")
    names: list[str] | None = Field(
        description="Of a territory library: the names that it defines, in its order, but for those that it imports"
    )


class ResolvedImportsBody(BaseModel):
    """All that a program imports itself, in the order of its text."""

    imports: list[ResolvedImportBody]
    names: list[str] = Field(description="The names that the program defines itself, in its order")
    pinned: str = Field(description="The program with every import by its exact version, otherwise the same")
