"""Words without a language: what is said, as an English sentence with places for values, until somebody reads it.

The rooms of the law and the documents say things as a :class:`Text`; it becomes Danish or English where it is written.
Its English sentence is the key of the catalogue of translations (gettext), so that no sentence is ever taken apart.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache
from gettext import NullTranslations, translation
from importlib.resources import as_file, files
from typing import TypeAlias
from unicodedata import normalize

import attrs

from kommunalvalg.frozen import FrozenDict

__all__ = [
    "LANGUAGES",
    "N_",
    "Entry",
    "Field",
    "Figure",
    "Grounded",
    "Kind",
    "Names",
    "Text",
    "Texts",
    "Word",
    "catalogue",
    "composed",
    "like",
    "said",
    "text",
]

LANGUAGES = ("da", "en")
"""The languages that everything can be said in; the first is the one of the law."""


class Kind(StrEnum):
    """What a figure is, which decides how it is written and, in a column, aligned."""

    TEXT = "text"
    NUMBER = "number"
    SHARE = "share"
    QUOTIENT = "quotient"
    CHANGE = "change"
    POINTS = "points"
    ERROR = "error"
    DAY = "day"


class _Said:
    """What can be said in a language."""

    __slots__ = ()

    def said(self, lang: str = "en", write: "Write | None" = None) -> str:
        """Say it in a language.

        Args:
            lang: "da" or "en".
            write: writes a value that is no text; by itself a number is written without separators.
        """
        return said(self, lang, write)  # type: ignore[arg-type]  # its subclasses are all the words that there are

    def __str__(self) -> str:
        return self.said()


@attrs.frozen
class Figure(_Said):
    """A figure inside a text that is written otherwise than as a plain number: a share, a change, a day of the law."""

    value: int | Fraction | date | None
    kind: Kind


def _names(names: "Iterable[str | Text]") -> "tuple[str | Text, ...]":
    return tuple(names)


def _words(parts: "Iterable[Word]") -> "tuple[Word, ...]":
    return tuple(parts)


@attrs.frozen
class Names(_Said):
    """Names one after another: "A, B and C" in a text."""

    names: "tuple[str | Text, ...]" = attrs.field(converter=_names)


@attrs.frozen
class Texts(_Said):
    """Texts one after another."""

    parts: "tuple[Word, ...]" = attrs.field(converter=_words)
    between: str = " "


@attrs.frozen
class Grounded(Texts):
    """A sentence and where it stands, which is told before its full stop.

    >>> print(Grounded([text("Size: {size} members.", size=58), "KSL § 5"]).said("da"))
    Størrelse: 58 medlemmer (KSL § 5).
    """


@attrs.frozen
class Text(_Said):
    """A sentence, or a part of one, in no language yet.

    Attributes:
        message: the English wording, with {names} where values belong.
        values: the values by name.

    >>> print(Text("Size: {size} members.", FrozenDict({"size": 58})).said("da"))
    Størrelse: 58 medlemmer.
    """

    message: str
    values: "FrozenDict[str, Word]" = attrs.field(factory=FrozenDict)


@attrs.frozen
class Entry(_Said):
    """What stands under a name in something that was given, as an error calls it.

    Attributes:
        whole: what was given.
        name: the name.

    >>> print(Entry("votes", "B"), Entry(Entry("agreed", "Teknik"), "A"))
    votes["B"] agreed["Teknik"]["A"]
    """

    whole: "Field"
    name: str

    @property
    def path(self) -> "tuple[Field, ...]":
        """What was given, and the names that lead to this."""
        return (*(self.whole.path if isinstance(self.whole, Entry) else (self.whole,)), self.name)


Word: TypeAlias = str | int | Fraction | date | Text | Texts | Names | Figure | Entry | None
"""What a text is made of."""

Field: TypeAlias = str | Text | Texts | Entry
"""What an error calls that which was refused."""

Write: TypeAlias = Callable[[Word, str], str]


def text(message: str, /, **values: Word) -> Text:
    """Say something without a language; imported as ``_``, which marks the message for translation.

    >>> text("{count} candidates", count=40).said("en")
    '40 candidates'
    """
    return Text(message, FrozenDict(values))


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for a text that is translated later
    """Mark a message for translation."""
    return message


def said(word: Word, lang: str = "en", write: Write | None = None) -> str:
    """Write a word of any kind in a language.

    >>> said(Names(("A", "B", "C")), "da"), said(Texts((text("yes"), "A"), ": "), "da"), said(date(2026, 1, 31), "da")
    ('A, B og C', 'ja: A', '31. januar 2026')
    """
    if isinstance(word, str):
        return word
    if isinstance(word, Text):
        wording = catalogue(lang).gettext(word.message) if word.message else ""
        if not word.values:
            return wording
        return wording.format_map({name: said(value, lang, write) for name, value in word.values.items()})
    if isinstance(word, Entry):
        word = Texts((word.whole, f'["{word.name}"]'), between="")
    if isinstance(word, Texts):
        parts = [said(part, lang, write) for part in word.parts]
        return _grounded(*parts) if isinstance(word, Grounded) else word.between.join(filter(None, parts))
    if isinstance(word, Names):
        return _listing([said(name, lang, write) for name in word.names], lang)
    return (write or _plainly)(word, lang)


def composed(text: str) -> str:
    r"""Give a text in composed form (NFC), in which a letter has one spelling.

    >>> composed("A\u030a") == "Å"
    True
    """
    if text.isascii():
        return text
    if len(text) <= _PIECE:
        return normalize("NFC", text)
    return "".join(normalize("NFC", piece) for piece in _PIECES.findall(text))


_PIECE = 500
_PIECES = re.compile(rf"[\x00-\x7f]*[^\x00-\x7f]{{0,{_PIECE}}}")
"""Marks without an end behind a letter take the square of their number; no writing has five hundred."""


def like(name: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Give those of the known names that may have been meant by one that is unknown, the likest first.

    Small and capital letters are alike, and so are the two spellings of a letter such as "Å".

    >>> like("Tekniik", ["Teknik", "Kultur"]), like("ø", ["A", "Ø"])
    (['Teknik'], ['Ø'])
    """
    from difflib import get_close_matches  # noqa: PLC0415 - needed for a mistake alone

    folded = {composed(each).casefold(): each for each in reversed(list(known))}
    written = composed(name[:_LONGEST]).casefold()
    return [folded[each] for each in get_close_matches(written, folded, most)]


_LONGEST = 40
"""The comparison takes time with the square of the length, which no name needs."""


def _grounded(sentence: str, ground: str) -> str:
    stop = "." if sentence.endswith(".") else ""
    return f"{sentence.removesuffix('.')} ({ground}){stop}"


def _listing(names: list[str], lang: str) -> str:
    """Write names one after another, as Unicode's rules for lists have it in the two languages."""
    if len(names) < 2:  # noqa: PLR2004 - one name stands alone
        return "".join(names)
    last = " og " if lang == "da" else ", and " if len(names) > 2 else " and "  # noqa: PLR2004 - two have no comma
    return ", ".join(names[:-1]) + last + names[-1]


_MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)


def _plainly(word: Word, lang: str) -> str:
    value = word.value if isinstance(word, Figure) else word
    if isinstance(value, date) and lang == "da":
        return f"{value.day}. {_MONTHS[value.month - 1]} {value.year}"
    try:
        return "–" if value is None else str(value)
    except ValueError:  # Python writes no number of more than 4300 digits
        return "…"


@cache
def catalogue(lang: str) -> NullTranslations:
    """Give the translations into a language; English is the language of the wording itself."""
    with as_file(files("kommunalvalg") / "locale") as folder:
        return translation("kommunalvalg", folder, [lang], fallback=lang == "en")
