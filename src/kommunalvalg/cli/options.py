"""What several commands take: whole numbers, names that stand together, lots."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from kommunalvalg.cli.language import option, speaking
from kommunalvalg.errors import ElectionError, VoteError
from kommunalvalg.files.fields import whole_number
from kommunalvalg.text import LANGUAGES, N_
from kommunalvalg.votes import meant

__all__ = [
    "FILE",
    "LANG",
    "Allied",
    "Choice",
    "Count",
    "Whole",
    "alliance_option",
    "allied",
    "apart",
    "encoding_option",
    "lots_of",
    "pairs",
    "thousands_option",
    "unquoted",
    "votes_option",
]


class _Type(click.ParamType):  # type: ignore[type-arg]  # older releases of click take none
    """A type whose errors are said in the language that is spoken."""

    def refuse(self, error: ElectionError, param: click.Parameter | None, ctx: click.Context | None) -> None:
        """Refuse what was given, with the option that it came from."""
        self.fail(error.said(speaking()), param, ctx)


class Choice(click.Choice):  # type: ignore[type-arg]  # as above
    """One of some words; another is refused with the one that it is like."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 - click's
        """Take the word."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as refused:
            said = meant(refused.message.rstrip("."), value, map(str, self.choices))
            if isinstance(said, str):
                raise
            self.fail(said.said(speaking()), param, ctx)


class Whole(_Type):
    """A whole number."""

    name = "n"

    def __init__(self, least: int | None = None, most: int | None = None) -> None:
        self.least, self.most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ANN401 - click's
        """Read the number; where no least one is given, those say whether it is too small who use it."""
        if isinstance(value, int) or re.fullmatch(r"-?[0-9]{1,100}", str(value).strip()):
            number = int(value)
            if (self.least is None or number >= self.least) and (self.most is None or number <= self.most):
                return number
        if self.least is None:
            message = N_("{value} is no whole number")
        elif self.most is None:
            message = N_("{value} is no whole number of {least} or more")
        else:
            message = N_("{value} is no whole number from {least} to {most}")
        self.refuse(VoteError(message, field="number", value=value, least=self.least, most=self.most), param, ctx)
        raise AssertionError("unreachable")


class Count(_Type):
    """A whole number, 0 or more; with --thousands, 1.234 too."""

    name = "n"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ANN401 - click's
        """Read the number."""
        try:
            return whole_number(str(value), thousands=bool(ctx and ctx.params.get("thousands")))
        except VoteError as error:
            self.refuse(error, param, ctx)
            raise


class Allied(_Type):
    """Names that stand together: "A+F", or "A + F"; a name with a plus in it stands in quotation marks."""

    name = "names"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:  # noqa: ANN401 - click's
        """Take the names apart; names between commas are refused with how they are written."""
        if isinstance(value, tuple):
            return value
        names = allied(str(value))
        if len(names) == 1 and len(listed_names := apart(str(value), ",")) > 1:
            joined = "+".join(name.strip() for name in listed_names)
            message = N_("{value} is one name; a plus joins names that stand together: {joined}")
            self.refuse(VoteError(message, field="names", value=value, joined=joined), param, ctx)
        return names


def allied(text: str) -> tuple[str, ...]:
    """Take names that stand together apart.

    >>> allied("A + F"), allied('"Pro+Contra"+F')
    (('A', 'F'), ('Pro+Contra', 'F'))
    """
    return tuple(unquoted(name) for name in apart(text, "+"))


def apart(text: str, sign: str) -> list[str]:
    """Take a text apart at each of a sign that stands outside double quotation marks.

    >>> apart('"Venstre, Danmarks Liberale Parti",K', ",")
    ['"Venstre, Danmarks Liberale Parti"', 'K']
    """
    return re.split(rf'{re.escape(sign)}(?=(?:[^"]*"[^"]*")*[^"]*$)', text)


def unquoted(name: str) -> str:
    """Give a name without the blanks and the double quotation marks around it; two of them inside are one.

    >>> unquoted(' "Venstre, Danmarks Liberale Parti" '), unquoted('"Den ""nye"" liste"')
    ('Venstre, Danmarks Liberale Parti', 'Den "nye" liste')
    """
    name = name.strip()
    quoted = len(name) > 1 and name.startswith('"') and name.endswith('"')
    return name[1:-1].replace('""', '"') if quoted else name


def pairs(counts: Mapping[str, int]) -> list[list[Any]]:
    """Give names with their counts one by one, as a question has them, so that their order stays."""
    return [[name, count] for name, count in counts.items()]


FILE = click.Path(path_type=Path, readable=False)
"""A file to read; who reads it says what is wrong with it, in the language that is spoken."""

votes_option = option("--votes", "votes_file", type=FILE, metavar=N_("FILE"), help=N_("A CSV file: party, votes."))
encoding_option = option("--encoding", default="utf-8", show_default=True, help=N_("The encoding of the files."))
thousands_option = option("--thousands", is_flag=True, is_eager=True, help=N_("Read 1.234 as 1234."))
alliance_option = option(
    "--alliance",
    "alliances",
    type=Allied(),
    multiple=True,
    metavar="A+F",
    help=N_("Names that stand together; repeatable."),
)
LANG: dict[str, Any] = {
    "type": Choice(LANGUAGES),
    "default": LANGUAGES[0],
    "show_default": True,
    "help": N_("The language."),
}
"""The option that says in which language a command speaks."""

majority_option = option(
    "--majority",
    "majorities",
    type=Allied(),
    multiple=True,
    metavar="A+F",
    help=N_("Have these lists a majority? Repeatable."),
)


def lots_of(seed: str | None, draws: tuple[str, ...]) -> dict[str, Any]:
    """Give where lots come from, as a question says it: a seed, the draws as they are written, or nowhere.

    >>> lots_of(None, ("A,B:B", "Teknik: A+F+Ø"))["draws"]
    [{'among': ['A', 'B'], 'chosen': ['B']}, {'among': [], 'chosen': ['A+F+Ø'], 'place': 'Teknik'}]
    >>> lots_of(None, ('"Ja, tak: nu",K:K',))["draws"][0]["among"]
    ['Ja, tak: nu', 'K']
    """
    if seed is not None and draws:
        raise ElectionError("--seed and --draw: lots come from one of them")
    if seed is not None:
        return {"seed": seed}
    return {"draws": [_draw(text) for text in draws]} if draws else {}


def _draw(text: str) -> dict[str, Any]:
    sides = apart(text, ":")
    if len(sides) != len(("among", "chosen")) or not all(side.strip() for side in sides):
        raise VoteError(
            "{field} is {value}; write who took part, a colon, and who won: A,B:B; or the place of the lot, a colon, "
            'and who won: "Teknik: A"; a name with a comma or a colon in it stands in quotation marks: "Ja, tak",B:B',
            field="--draw",
            value=text,
        )
    among, chosen = ([unquoted(name) for name in apart(side, ",")] for side in sides)
    return {"among": among, "chosen": chosen} if len(among) > 1 else {"among": [], "chosen": chosen, "place": among[0]}
