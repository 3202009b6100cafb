"""The rules by which rows move in: what happens to a row, and why, in the words of the report."""

from enum import StrEnum
from typing import Self


class Outcome(StrEnum):
    """What a rule does to a row."""

    REFUSED = "refused"
    """It does not move."""
    MENDED = "mended"
    """It moves, changed."""
    ADDED = "added"
    """It was not there, and something else needs it."""
    NOTED = "noted"
    """It moves as it is, and somebody should know."""


class Rule(StrEnum):
    """A rule; its value names it in the report, `sentence` explains it and `outcome` says what it does."""

    sentence: str
    outcome: Outcome

    def __new__(cls, name: str, outcome: Outcome, sentence: str) -> Self:
        """Make a rule."""
        rule = str.__new__(cls, name)
        rule._value_ = name
        rule.outcome = outcome
        rule.sentence = sentence
        return rule

    # People
    STAND_IN = "stand-in", Outcome.REFUSED, "The predecessor's stand-ins for nobody in particular are no accounts."
    USER_NAME = "user-name", Outcome.MENDED, "Names of users are in small letters, and no two are the same."
    OLD_USER_NAME = "old-user-name", Outcome.NOTED, "Nobody could choose this name today; whoever has it keeps it."
    ADMINISTRATOR = "administrator", Outcome.NOTED, "This account administers the new site too."
    NO_PASSWORD = "no-password", Outcome.NOTED, "The account has no password: it needs a link to set one."
    PASSWORD = "password", Outcome.MENDED, "The password's hash is of no kind that can be checked, and was left behind."
    SESSION = "session", Outcome.REFUSED, "Sessions end: everybody signs in again, with the same password."

    # Single values
    CHARACTERS = "characters", Outcome.MENDED, "U+0000 and halves of characters became U+FFFD."
    DATE = "date", Outcome.MENDED, "A date that cannot be read became that of the nearest known event."
    DESCRIPTION = "description", Outcome.MENDED, "A description was cut, or lost characters that steer terminals."
    METADATA = "metadata", Outcome.MENDED, "Metadata that is no JSON object was left behind."
    METADATA_SIZE = (
        "metadata-size",
        Outcome.MENDED,
        "The largest members of metadata of more than 64 kB were left behind.",
    )
    THUMBNAIL = "thumbnail", Outcome.MENDED, "The thumbnail was left behind: a rendered one can take its place."

    # Works
    KIND = "kind", Outcome.REFUSED, "It is neither a map, nor a library, nor a theme."
    NO_OWNER = "no-owner", Outcome.MENDED, "Its owner is nobody, or no longer there: it is disassociated."
    WORK_NAME = "work-name", Outcome.MENDED, "The name has characters that names cannot have, or is another's."
    OLD_WORK_NAME = "old-work-name", Outcome.NOTED, "No work could get this name today; this one keeps it."
    FORK_OF_ITSELF = "fork-of-itself", Outcome.MENDED, "It claims to be a fork of itself, which is forgotten."
    FORK_OF_NOTHING = "fork-of-nothing", Outcome.MENDED, "What it was forked from is gone; the metadata still names it."
    LIBRARY_ADDED = "library-added", Outcome.ADDED, "A map's own territories became its library."
    THEME_ADDED = "theme-added", Outcome.ADDED, "A map's own theme became its theme."
    PART_REPLACED = "part-replaced", Outcome.MENDED, "The equal-named map had a newer alpha of this library or theme."

    # Versions
    NO_WORK = "no-work", Outcome.REFUSED, "What it belongs to is not there, or does not move."
    VERSION_NUMBER = "version-number", Outcome.REFUSED, "Versions have numbers from 1 on."
    VERSION_TOO_FAR = "version-too-far", Outcome.REFUSED, "More numbers than can be stood in for are missing below it."
    VERSION_LOST = "version-lost", Outcome.ADDED, "A number that was missing is stood in for: importing it says so."
    ALPHA_PUBLISHED = "alpha-published", Outcome.ADDED, "Others import the alpha, which is published as it is for them."
    NOBODYS_ALPHA = (
        "nobodys-alpha",
        Outcome.ADDED,
        "It is nobody's and was never published: its alpha is, so that it stays.",
    )

    # Programs
    NOT_JSON = "not-json", Outcome.MENDED, "The content is no JSON object, and was taken as a program."
    FROM_ELEMENTS = "from-elements", Outcome.MENDED, "There was no code: the builder's elements became the program."
    ELEMENT = "element", Outcome.MENDED, "An element that cannot be written as a statement is kept in the metadata."
    UNKNOWN_TERRITORY = "unknown-territory", Outcome.MENDED, "A territory that nothing defines was left out, as before."
    IMPORT_PINNED = "import-pinned", Outcome.MENDED, "An import without a version was pinned to the one that is meant."

    # Why a map will not render
    SYNTAX = "syntax", Outcome.NOTED, "It will not run: it is not valid Python."
    TOO_LARGE = "too-large", Outcome.NOTED, "It will not run: a program has at most 200,000 characters."
    EMPTY = "empty", Outcome.NOTED, "It will not render: there is nothing to draw."
    UNKNOWN_NAME = "unknown-name", Outcome.NOTED, "It will perhaps not run: nothing defines a name that it uses."
    IMPORT_MISSING = "import-missing", Outcome.NOTED, "It will not run: it imports what is not there."
    IMPORT_COMPUTED = "import-computed", Outcome.NOTED, "It will not run: it puts the path of an import together."
    IMPORT_LOOP = "import-loop", Outcome.NOTED, "It will not run: its imports go in a circle, or are too many."

    # Reactions and drafts
    VOTE_OF_NOBODY = "vote-of-nobody", Outcome.REFUSED, "The voter is no account."
    TWICE = "twice", Outcome.REFUSED, "The same is there already."
    GUESTS_DRAFT = "guests-draft", Outcome.REFUSED, "The guest cannot be recognised here."
    DRAFT_OF_NOBODY = "draft-of-nobody", Outcome.REFUSED, "Its owner is no account."
    DRAFT_UNREADABLE = "draft-unreadable", Outcome.REFUSED, "It is no JSON object."
    DRAFT_SIZE = "draft-size", Outcome.REFUSED, "A draft has at most 10 MB."
