"""What is refused, and how it is said: every error names the field, the value and what would be right.

All of them are :class:`ElectionError`, which is a :class:`ValueError`, so that a program can catch what this
library refuses without catching its own mistakes. An error is said in English and in Danish; what departs from a rule
and is not refused is a :class:`Warned`, the same kind of message.
"""

from datetime import date
from typing import Any

import attrs

from kommunalvalg.frozen import FrozenDict
from kommunalvalg.text import N_, Field, Grounded, Text, Word

__all__ = ["DataError", "ElectionError", "LotError", "MissingExtraError", "RuleError", "VoteError", "Warned", "shown"]


class ElectionError(ValueError):
    """What was given cannot be an election; the root of this library's errors.

    Args:
        message: what is wrong, in English, with {field}, {value} and other {names} where values belong.
        field: what was refused, as it was given: "seats", 'votes["B"]'; a text where that has words in it.
        value: the value that was refused.
        rule: the rule of the law map that refuses it; its provision is said at the end.
        when: the election year or day whose law it is; the law as this release knows it otherwise.
        figure: which of the rule's figures by name it is about, such as a region's.
        values: the other values of the message.

    >>> error = VoteError("{field} is {value}; it is a whole number", field="seats", value=2.5)
    >>> print(error, "-", error.field, error.value)
    seats is 2.5; it is a whole number - seats 2.5
    """

    def __init__(
        self,
        message: str,
        /,
        *,
        field: Field | None = None,
        value: object = None,
        rule: str | None = None,
        when: int | str | date | None = None,
        figure: str = "",
        **values: Word,
    ) -> None:
        super().__init__(message)
        self.field = None if field is None else str(field)
        self.value, self.rule, self.when, self.figure = value, rule, when, figure
        words: dict[str, Word] = {**values}
        if field is not None:
            words |= {"field": field, "value": shown(value)}
        self.text = Text(message, FrozenDict(words))

    def said(self, lang: str = "en") -> str:
        """Say what is wrong in a language, "da" or "en"."""
        return _with_provision(self.text, lang, self.rule, self.when, self.figure)

    def __str__(self) -> str:
        return self.said()

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[ElectionError], args: tuple[Any, ...], state: dict[str, Any]) -> ElectionError:
    """Make an error again that was pickled or copied."""
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


def _with_provision(text: Text, lang: str, rule: str | None, when: int | str | date | None, figure: str = "") -> str:
    """Close a sentence with the provision of a rule."""
    sentence = " ".join(text.said(lang).splitlines())  # a name from a file may have an end of a line in it
    if not rule:
        return sentence
    from kommunalvalg.law import provision  # noqa: PLC0415 - the law map is read when somebody asks what it says

    try:
        return Grounded([sentence, Text(provision(rule, when, figure))]).said(lang)
    except ElectionError:  # a rule that does not hold then, which is what the sentence says
        return sentence


class VoteError(ElectionError):
    """A name or a count that was given is not one."""


class LotError(ElectionError):
    """A lot that was handed in is not the lot that is open."""


class RuleError(ElectionError):
    """What was asked for is against a rule of the law, which the message cites."""


class DataError(ElectionError):
    """A file or a table does not have what it should; the message names the file and the line."""


class MissingExtraError(ElectionError, ImportError):
    """A library is not installed that what was asked for needs; the message says which extra brings it.

    Args:
        what: what needs it, in English; its Danish stands in the catalogue.
        library: the library.
        extra: the extra that brings it.

    >>> print(MissingExtraError("pictures", "matplotlib", "plot"))
    pictures need matplotlib, which is not installed; install kommunalvalg[plot]
    """

    def __init__(self, what: str, library: Word, extra: str) -> None:
        super().__init__(
            N_("{what} need {library}, which is not installed; install kommunalvalg[{extra}]"),
            what=Text(what),
            library=library,
            extra=extra,
        )


@attrs.frozen
class Warned:
    """Something that departs from a rule, told and not refused.

    Attributes:
        text: what departs from it.
        rule: the rule's name in the law map; empty where it departs from none.
        when: the election year or day whose law it is, or None for the law as this release knows it.

    >>> from kommunalvalg.text import text
    >>> print(Warned(text("List {list} has {count} candidates.", list="A", count=40)))
    List A has 40 candidates.
    """

    text: Text
    rule: str = ""
    when: int | str | date | None = None

    @property
    def provision(self) -> str:
        """Where the rule stands; empty where there is none."""
        from kommunalvalg.law import provision  # noqa: PLC0415 - as above

        return provision(self.rule, self.when) if self.rule else ""

    def said(self, lang: str = "en") -> str:
        """Say it in a language, with the provision."""
        return _with_provision(self.text, lang, self.rule, self.when)

    def __str__(self) -> str:
        return self.said()


_LONGEST = 60


def shown(value: object) -> str:
    """Write a refused value so that it fits on one line.

    >>> print(shown("12"), shown([10] * 100))
    '12' [10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10,...
    """
    try:
        text = repr(value)
    except Exception:  # noqa: BLE001 - a value that cannot be written must not hide that it was refused
        text = f"a {type(value).__name__}"
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "..."
