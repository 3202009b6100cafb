"""The routes of map documents: to a program, from a program, and the form that they have."""

from typing import Annotated, Any, Final

import orjson
from fastapi import APIRouter, Depends, Request, Response
from pydantic import TypeAdapter

from xatra_api.callers import CallerDep
from xatra_api.document.schemas import LibraryNames, ProgramBody
from xatra_api.document.service import DocumentService, json_schema
from xatra_api.files import service as files
from xatra_api.resources import ResourcesDep

router = APIRouter(prefix="/document", tags=["document"])

_JSON: Final = "application/json"
_DOCUMENT: Final = {"$ref": "#/components/schemas/Document"}


def _described(optional: dict[str, Any] | None = None, **required: dict[str, Any]) -> dict[str, Any]:
    """Return the description of a body: an object with these members."""
    properties = required | (optional or {})
    schema = {"type": "object", "required": [*required], "properties": properties, "additionalProperties": False}
    return {"content": {_JSON: {"schema": schema}}}


# Documents are read and written as bytes: their validation is not for the process that answers requests.
_ONE_DOCUMENT: Final = _described(document=_DOCUMENT)
_DOCUMENT_TO_WRITE: Final = _described(
    {"library_names": TypeAdapter[list[str]](LibraryNames).json_schema() | {"default": []}}, document=_DOCUMENT
)
_WRITTEN: Final = _described(
    program={"type": "string"},
    document=_DOCUMENT | {"description": "As reading the program gives it"},
    files={
        "type": "object",
        "additionalProperties": {"type": "string"},
        "description": "What was in the document and is now a file of yours: name -> sha256, as a render needs",
    },
)


def _service(resources: ResourcesDep) -> DocumentService:
    return DocumentService(resources.processes)


ServiceDep = Annotated[DocumentService, Depends(_service)]


@router.post(
    "/program",
    responses={200: _WRITTEN},
    response_class=Response,
    openapi_extra={"requestBody": {"required": True, **_DOCUMENT_TO_WRITE}},
)
async def write_program(request: Request, service: ServiceDep, resources: ResourcesDep, caller: CallerDep) -> Response:
    """Return the program of a document.

    Audio that is in the document as a data URL, and long tables, become files of yours. The document comes back as
    reading the program would give it.
    """
    converted = await service.write(await request.body())
    stored = {
        name: await files.keep(resources, caller, content, name=name) for name, content in converted.files.items()
    }
    document = orjson.Fragment(converted.document)
    return _json({"program": converted.program, "document": document, "files": stored})


@router.post("/parse", responses={200: _ONE_DOCUMENT}, response_class=Response)
async def read_program(body: ProgramBody, service: ServiceDep, _caller: CallerDep) -> Response:
    """Return the document of a program. Written as a program again, it is this one, to the byte."""
    return Response(await service.read(body.program, body.library_names), media_type=_JSON)


@router.get("/schema.json", responses={200: {"content": {"application/schema+json": {}}}}, response_class=Response)
async def get_schema() -> Response:
    """Return the JSON Schema of documents."""
    headers = {"Cache-Control": "public, max-age=3600"}
    return Response(json_schema(), media_type="application/schema+json", headers=headers)


def _json(value: object) -> Response:
    return Response(orjson.dumps(value), media_type=_JSON)
