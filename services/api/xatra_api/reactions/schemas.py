"""Votes and views as they go over the wire."""

from pydantic import BaseModel


class VoteBody(BaseModel):
    """How many people like a work, and whether you do."""

    votes: int
    viewer_voted: bool


class ViewBody(BaseModel):
    """How many people have looked at a work."""

    views: int
