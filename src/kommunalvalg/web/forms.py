"""The forms of the calculator: which fields and tables each tab has, and what they are called."""

from enum import StrEnum

import attrs

from kommunalvalg.text import N_

__all__ = ["TABS", "Field", "Grid", "Holds", "Tab"]


class Holds(StrEnum):
    """What a field holds."""

    NAME = "name"
    COUNT = "count"
    TICK = "tick"
    TOGETHER = "together"
    """A number that those have in common who stand together."""
    NESTED = "nested"
    """Such a number, or one inside it: 1.2 stands together inside 1."""


@attrs.frozen
class Field:
    """A field of a form, or a column of a table.

    Attributes:
        key: how sheets call it.
        label: what people read.
        holds: what it holds.
        known_as: how the library's errors call it; in a table with {name} for the name of the row, or another column.
        among: the table whose names may be chosen, where it is one of them.
        wanted: whether it must be filled in.
    """

    key: str
    label: str
    holds: Holds = Holds.NAME
    known_as: str = ""
    among: str = ""
    wanted: bool = False


@attrs.frozen
class Grid:
    """A table of a form: a name in each row, and what is said of it.

    Attributes:
        key: how sheets call it.
        label: what people read.
        columns: its columns, the name first.
        hint: what is said below it.
        unnamed: what a row is called whose name is left blank; {number} is the row's.
    """

    key: str
    label: str
    columns: tuple[Field, ...]
    hint: str = ""
    unnamed: str = ""


@attrs.frozen
class Tab:
    """A form.

    Attributes:
        key: how sheets call it.
        label: what people read.
        fields: the fields above its tables.
        grids: its tables; what is pasted goes into the first.
    """

    key: str
    label: str
    fields: tuple[Field, ...]
    grids: tuple[Grid, ...]


_VOTES = Field("votes", N_("Votes"), Holds.COUNT, 'votes["{name}"]')

_SEATS = Tab(
    "seats",
    N_("Seats"),
    (Field("name", N_("Council"), known_as="body"), Field("seats", N_("Seats"), Holds.COUNT, "seats", wanted=True)),
    (
        Grid(
            "lists",
            N_("Lists"),
            (
                Field("name", N_("List"), known_as="votes"),
                _VOTES,
                Field("candidates", N_("Candi\u00addates"), Holds.COUNT, 'capacity["{name}"]'),
                Field("alliance", N_("Alli\u00adance no."), Holds.NESTED),
            ),
            N_("Lists with the same number stand together; 1.1 is an alliance inside alliance 1."),
        ),
    ),
)

_KKR = Tab(
    "kkr",
    N_("KKR"),
    (
        Field("name", N_("KKR"), known_as="name"),
        Field("municipalities", N_("Municipalities"), Holds.COUNT, "municipalities", wanted=True),
        Field("total_votes", N_("All valid votes"), Holds.COUNT, "total_votes", wanted=True),
        Field("cast_votes", N_("All votes cast, blank and invalid ones too"), Holds.COUNT, "cast_votes"),
    ),
    (
        Grid(
            "parties",
            N_("Parties"),
            (
                Field("name", N_("Party"), known_as="votes"),
                _VOTES,
                Field("mayors", N_("May\u00adors"), Holds.COUNT, 'mayors["{name}"]'),
                Field("represented", N_("In a council"), Holds.TICK),
                Field("alliance", N_("Alli\u00adance no."), Holds.TOGETHER),
            ),
        ),
    ),
)

_COMMITTEES = Tab(
    "committees",
    N_("Committees"),
    (
        Field("council_size", N_("Members of the council"), Holds.COUNT, "council_size"),
        Field("mayor", N_("The mayor's group"), known_as="mayor", among="groups"),
    ),
    (
        Grid(
            "groups",
            N_("Groups"),
            (
                Field("name", N_("Group")),
                Field("members", N_("Members"), Holds.COUNT, 'groups["{name}"]'),
                Field("second", N_("Takes a second"), Holds.TICK, 'accept_second["{name}"]'),
            ),
            N_(
                "A group may refuse a second seat that it claims in one committee; "
                "“Takes a second” says that it does not."
            ),
        ),
        Grid(
            "committees",
            N_("Committees"),
            (
                Field("name", N_("Committee")),
                Field("seats", N_("Places"), Holds.COUNT, 'committees["{name}"]'),
                Field("restore", N_("Restore majority"), Holds.TICK, 'restore["{name}"]'),
            ),
            N_("Where a claim costs a group its majority, “Restore majority” adds the members that restore it."),
            unnamed=N_("Committee {number}"),
        ),
        Grid(
            "claims",
            N_("Seats claimed ({KSL-27})"),
            (
                Field("name", N_("Committee"), known_as='placement["{name}"]', among="committees"),
                Field("giver", N_("From"), known_as='placement["{giver}"]', among="groups"),
                Field("receiver", N_("To"), known_as='placement["{receiver}"]', among="groups"),
            ),
        ),
    ),
)

_BALLOTS = (N_("1st ballot"), N_("2nd ballot"), N_("3rd ballot"))

_MAJORITY = Tab(
    "majority",
    N_("One post"),
    (
        Field("post", N_("Post"), known_as="post"),
        Field("present", N_("Members present"), Holds.COUNT, "present", wanted=True),
        Field("council_size", N_("Members of the council"), Holds.COUNT, "council_size"),
    ),
    (
        Grid(
            "candidates",
            N_("Candidates"),
            (
                Field("name", N_("Candidate")),
                *(
                    Field(f"ballot{number}", label, Holds.COUNT, f'ballot {number}["{{name}}"]')
                    for number, label in enumerate(_BALLOTS, start=1)
                ),
            ),
        ),
    ),
)

TABS = {tab.key: tab for tab in (_SEATS, _KKR, _COMMITTEES, _MAJORITY)}
"""The forms by key, in the order of the page."""
