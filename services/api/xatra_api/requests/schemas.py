"""How requests went, over the wire."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

type Service = Literal["api", "auth"]
Word = Annotated[str, StringConstraints(max_length=200, pattern=r"^[\x21-\x7e]+$")]


class RequestFilter(BaseModel):
    """Which requests: those that are as all that is given says."""

    model_config = ConfigDict(extra="forbid")

    cursor: Annotated[int | None, Field(ge=1, lt=1 << 53, description="`next_cursor` of the page before")] = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    service: Service | None = None
    method: Word | None = None
    route: Annotated[Word | None, Field(description="The route's template, such as `/renders/{render_id}`")] = None
    status: Annotated[int | None, Field(ge=100, le=599)] = None
    username: Word | None = None
    address: Word | None = None
    country: Word | None = None
    request_id: Annotated[Word | None, Field(description="`X-Request-ID` of the answer, `request_id` in logs")] = None
    minimum_milliseconds: Annotated[float | None, Field(ge=0, le=1e9, allow_inf_nan=False)] = None


class RecordedRequest(BaseModel):
    """How a request went that was kept."""

    id: int
    started_at: datetime
    service: Service
    request_id: str | None
    method: str
    route: str = Field(description="The route's template; `unknown`: no route was reached")
    query_names: list[str] = Field(description="Names of the query's parameters; what they said is not kept")
    status: int
    milliseconds: float = Field(description="Until the answer began")
    is_slow: bool
    stands_for: float = Field(description="How many requests it stands for: more than one where it is of a sample")
    username: str | None = Field(description="Who was signed in, if the account is still there")
    address: str | None
    country: str | None


class RequestPage(BaseModel):
    """Requests, the newest first."""

    requests: list[RecordedRequest]
    next_cursor: int | None = Field(description="`cursor` of the next page; none: this is the last")


class RouteFigures(BaseModel):
    """How the requests to one route went. Numbers are estimates where a sample was kept."""

    service: Service
    method: str
    route: str
    requests: float
    client_errors: float = Field(description="Answers 400 to 499")
    server_errors: float = Field(description="Answers 500 to 599")
    error_rate: float = Field(description="Part of answers 500 to 599, 0 to 1")
    p50_milliseconds: float
    p95_milliseconds: float
    p99_milliseconds: float


class RequestStats(BaseModel):
    """How requests to each route went, the most frequent route first."""

    hours: int
    routes: list[RouteFigures]
