"""The fields of a meeting's file, one by one; what nobody asks for is refused, with what was meant."""

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from kommunalvalg.errors import DataError
from kommunalvalg.evening.given import checked_date, checked_time, key
from kommunalvalg.text import composed, like
from kommunalvalg.votes import listed

__all__ = ["Fields", "one_spaced", "plain_key"]

MOST = 10_000_000
"""The most that a meeting counts of anything: more is no meeting."""

_LETTERS = {"æ": "ae", "ø": "oe", "å": "aa", " ": "_", "-": "_"}
"""A bare key of TOML has no Danish letters; who writes them in quotation marks, or in a workbook, means the same."""


def plain_key(name: str) -> str:
    """Write a key without Danish letters, blanks and capitals.

    >>> plain_key("Født"), plain_key("Trukket af")
    ('foedt', 'trukket_af')
    """
    return "".join(_LETTERS.get(sign, sign) for sign in composed(name).strip().casefold())


class Fields:
    """A table of a file, whose fields are asked for one by one.

    >>> fields = Fields({"kommune": "Nyby", "datto": "2029-12-04"})
    >>> fields.text("kommune"), fields.text("dato")
    ('Nyby', '')
    >>> fields.close()
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.DataError: datto is unknown; was dato meant?
    """

    def __init__(self, table: Any, *where: str, names: bool = False) -> None:  # noqa: ANN401 - whatever stands in the file
        self.where = where
        if not isinstance(table, Mapping):
            self.refuse("{field} is {value}; it is a table", "", table)
        self._given: dict[str, Any] = {}
        for name, value in table.items():
            short = one_spaced(str(name)) if names else plain_key(name)
            if short in self._given:
                self.refuse("{field} stands twice", short, value)
            self._given[short] = value
        self._asked: dict[str, None] = {}
        self._needed: list[str] = []

    def __contains__(self, name: str) -> bool:
        self._asked[name] = None
        return name in self._given

    def at(self, *names: str) -> str:
        """Name a field of the table as the file does."""
        return key(*self.where, *names)

    def refuse(self, message: str, name: str, value: object, /, **words: Any) -> NoReturn:  # noqa: ANN401 - words
        """Refuse the value of a field.

        Raises:
            DataError: always.
        """
        raise DataError(message, field=self.at(*([name] if name else [])), value=value, **words)

    def take(self, name: str) -> Any:  # noqa: ANN401 - whatever stands there
        """Give a field as it stands; None where it is not there."""
        self._asked[name] = None
        return self._given.get(name)

    def needs(self, *names: str) -> None:
        """Say which fields must be there; :meth:`close` refuses the table without them, after what is misspelt."""
        self._needed += names

    def text(self, name: str, default: str = "") -> str:
        """Give a text, without blanks around it and with one at a time in it."""
        value = self.take(name)
        if value is None:
            return default
        if not isinstance(value, str):
            self.refuse("{field} is {value}; it is a text", name, value)
        return one_spaced(value)

    def count(self, name: str, default: int | None = None, *, least: int = 0, most: int = MOST) -> int | None:
        """Give a whole number."""
        value = self.take(name)
        if value is None:
            return default
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            self.refuse("{field} is {value}; it is a whole number, {least} or more", name, value, least=least)
        if value > most:
            self.refuse("{field} is {value}; a meeting counts {most} at most", name, value, most=most)
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Give a yes or a no."""
        value = self.take(name)
        if value is None:
            return default
        if isinstance(value, str) and value.strip().casefold() in _WORDS:
            return _WORDS[value.strip().casefold()]
        if not isinstance(value, bool):
            self.refuse("{field} is {value}; it is true or false, in a workbook yes or no", name, value)
        return bool(value)

    def day(self, name: str) -> str:
        """Give a day, year first; empty where it is not there."""
        value = self.take(name)
        return "" if value is None else checked_date(self.at(name), value)

    def time(self, name: str) -> str:
        """Give a time of the day; empty where it is not there."""
        value = self.take(name)
        if hasattr(value, "hour") and not isinstance(value, str):  # a time of TOML, or of a workbook
            value = f"{value.hour:02}.{value.minute:02}"
        return checked_time(self.at(name), value)

    def names(self, name: str) -> tuple[str, ...]:
        """Give names: a list of texts, or one text."""
        value = self.take(name)
        if value is None:
            return ()
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
            self.refuse("{field} is {value}; it is a list of names", name, value)
        return tuple(one_spaced(each) for each in value)

    def counts(self, name: str) -> dict[str, int]:
        """Give a table from names to whole numbers."""
        inside = self.inside(name)
        return {each: inside.count(each) or 0 for each in inside}

    def numbers(self, name: str) -> tuple[int, ...]:
        """Give whole numbers: a list of them, or one; in a workbook also "23, 23"."""
        value = self.take(name)
        if isinstance(value, str):
            value = [int(each) if _is_count(each.strip()) else each for each in value.split(",")]
        inside = Fields(
            {str(n): each for n, each in enumerate(value if isinstance(value, list) else [value])}, *self.where
        )
        if value is None:
            return ()
        return tuple(inside.count(each) or 0 for each in inside)

    def lists(self, name: str) -> dict[str, tuple[str, ...]]:
        """Give a table from names to lists of names; a list by itself is under ""."""
        if isinstance(self.take(name), list | str):
            return {"": self.names(name)}
        inside = self.inside(name)
        return {each: inside.names(each) for each in inside}

    def inside(self, name: str) -> "Fields":
        """Give a table whose keys are names, as they are written; one that is not there is empty."""
        value = self.take(name)
        return Fields({} if value is None else value, *self.where, name, names=True)

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def tables(self, name: str) -> "Iterator[tuple[str, Fields]]":
        """Give the tables that a table has, by their names."""
        inside = self.inside(name)
        for each in inside:
            yield each, Fields(inside.take(each), *inside.where, each)

    def rows(self, name: str) -> "Iterator[Fields]":
        """Give the tables of a list of tables, [[name]]."""
        value = self.take(name)
        if value is None:
            return
        if not isinstance(value, list):
            self.refuse("{field} is {value}; it is a list of tables, [[{name}]]", name, value, name=name)
        for number, row in enumerate(value, start=1):
            yield Fields(row, *self.where, f"{name}[{number}]")

    def table(self, name: str) -> "Fields | None":
        """Give a table inside this one; None where it is not there."""
        value = self.take(name)
        return None if value is None else Fields(value, *self.where, name)

    def choice(self, name: str, choices: Mapping[str, Any], default: Any = None) -> Any:  # noqa: ANN401 - what is chosen
        """Give one of several values by its text."""
        value = self.text(name)
        if not value:
            return default
        if value.casefold() not in choices:
            near = like(value.casefold(), choices, 1)
            if near:
                self.refuse(
                    "{field} is {value}; was {near} meant? It is one of {choices}",
                    name,
                    value,
                    near=near[0],
                    choices=listed(choices),
                )
            self.refuse("{field} is {value}; it is one of {choices}", name, value, choices=listed(choices))
        return choices[value.casefold()]

    def close(self) -> None:
        """End the table.

        Raises:
            DataError: it has a field that nobody asked for, or not one that it needs.
        """
        for name in self._given:
            if name in self._asked:
                continue
            near = like(name, self._asked, 1)
            if near:
                raise DataError("{field} is unknown; was {near} meant?", field=self.at(name), value=name, near=near[0])
            raise DataError(
                "{field} is unknown; known are {fields}", field=self.at(name), value=name, fields=listed(self._asked)
            )
        for name in self._needed:
            if self._given.get(name) in (None, ""):
                self.refuse("{field} is missing", name, None)


def one_spaced(text: str) -> str:
    """Write a name as it is meant: a blank after it, or two in it, is a slip of the keyboard, and not another name.

    Its letters are brought to composed form (NFC).
    """
    return " ".join(composed(text).split())


def _is_count(text: str) -> bool:
    """Tell whether a text is a whole number that Python reads: ² is none, and a thousand digits are none."""
    return text.isdecimal() and len(text) <= len(str(MOST))


_WORDS = {"ja": True, "nej": False, "yes": True, "no": False, "true": True, "false": False, "x": True, "": False}
