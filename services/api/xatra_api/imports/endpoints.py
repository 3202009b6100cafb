"""The routes of imports, for editors: what a program imports, and what that gives it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from xatra_api.hub.works import ReaderDep
from xatra_api.imports.schemas import ProgramToResolveBody, ResolvedImportsBody
from xatra_api.imports.service import ImportService

router = APIRouter(prefix="/imports", tags=["imports"])


def _service(request: Request) -> ImportService:
    imports: ImportService = request.app.state.imports
    return imports


ImportsDep = Annotated[ImportService, Depends(_service)]


@router.post("/resolve")
async def resolve(body: ProgramToResolveBody, caller: ReaderDep, imports: ImportsDep) -> ResolvedImportsBody:
    """Return what a program's imports lead to now, and the names that its territory libraries give it."""
    return await imports.describe(body.program, caller)
