"""What administrators set, over the wire."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

_NO_CONTROLS = r"^[^\x00-\x1f\x7f]*$"

Line = Annotated[str, StringConstraints(max_length=200, pattern=_NO_CONTROLS)]
Label = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=_NO_CONTROLS)]
Text = Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]*$")]
Address = Annotated[
    str,
    StringConstraints(max_length=500, pattern=r"^(https://[!-~]+|mailto:[!-~]+|/([!-.0-~][!-~]*)?)$"),
    Field(description="https://…, mailto:…, or a path of this site"),
]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
Seconds = Annotated[int, Field(ge=0, lt=1 << 53)]


class Link(BaseModel):
    """Somewhere that every page leads to, such as the terms of use."""

    model_config = ConfigDict(extra="forbid", strict=True)

    label: Label
    url: Address


class Branding(BaseModel):
    """The site's face."""

    site_name: Label = "Xatra"
    tagline: Line = ""
    notice: Text = Field(default="", description="What every page says on top")
    accent_colour: Colour | None = None
    logo_url: Address | None = None
    links: Annotated[list[Link], Field(max_length=8)] = []


class BrandingChange(Branding):
    """The site's face from now on; what is left out gets its default."""

    model_config = ConfigDict(extra="forbid", strict=True)


class CommonBudgets(BaseModel):
    """What users may render in a month, unless they have a budget of their own; none: as much as they like."""

    user_seconds: Seconds | None = None
    trusted_seconds: Seconds | None = None


class CommonBudgetsChange(CommonBudgets):
    """What users may render in a month from now on; what is left out is unbounded."""

    model_config = ConfigDict(extra="forbid", strict=True)


class BudgetBody(BaseModel):
    """What a user may render in this month (UTC), in seconds that renders run."""

    monthly_seconds: int | None = Field(description="None: as much as they like")
    spent_seconds: float
    reserved_seconds: float = Field(description="What renders under way will probably take")
    renews_at: datetime


class OwnBudgetChange(BaseModel):
    """What one user may render in a month; none: what all users of the kind may."""

    model_config = ConfigDict(extra="forbid", strict=True)

    monthly_seconds: Seconds | None
