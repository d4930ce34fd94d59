"""Text of JSON from outside, parsed with care: no key twice, nothing nested too deeply, no numbers JSON has not."""

import json
from typing import Any, NoReturn

from kommunalvalg.errors import DataError, ElectionError
from kommunalvalg.text import N_, Word, composed
from kommunalvalg.text import text as _
from kommunalvalg.votes import twice

__all__ = ["CutOffError", "parsed"]


class CutOffError(DataError):
    """A file that ends before it is whole, as one does that is being written."""


def parsed(content: bytes, name: str) -> Any:  # noqa: ANN401 - JSON
    """Give the plain values of a JSON file, its letters in composed form (NFC).

    Args:
        content: the file's bytes: UTF-8, with or without a byte order mark.
        name: its name, for messages.

    Raises:
        DataError: it is no JSON, names a key twice in one object or is nested too deeply; a :class:`CutOffError` where
            it ends too early.

    >>> parsed(b'{"Valgart": "Kommunalvalg", "Valgart": "Folketingsvalg"}', "a.json")
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.DataError: a.json is not JSON: the key 'Valgart' stands twice in one object
    """
    try:
        text = composed(content.decode("utf-8-sig"))
        return json.loads(text, object_pairs_hook=_object_of, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated"):
            raise CutOffError(N_("{field} is not whole JSON: it ends too early"), field=name) from error
        raise DataError(
            "{field} is not JSON: line {line}, sign {sign}: {why}",
            field=name,
            line=error.lineno,
            sign=error.colno,
            why=next((why for begin, why in _WRONG.items() if error.msg.startswith(begin)), error.msg),
        ) from error
    except UnicodeDecodeError as error:
        raise DataError("{field} is not JSON: byte {byte} is not UTF-8", field=name, byte=error.start + 1) from error
    except ValueError as error:
        raise DataError("{field} is not JSON: {why}", field=name, why=_why_not(error)) from error
    except RecursionError:
        raise DataError("{field} is nested too deeply; no election is", field=name) from None


_WRONG = {
    "Expecting value": _("a value is missing; a text stands in double quotation marks"),
    "Expecting property name": _("a name in double quotation marks is missing"),
    "Expecting ':'": _("a colon is missing after the name"),
    "Expecting ','": _("a comma or a bracket is missing"),
    "Illegal trailing comma": _("a comma stands after the last value"),
    "Extra data": _("more stands behind the end"),
    "Invalid control character": _("a text goes on over the end of its line, or holds a control character"),
    "Invalid \\": _("a backslash stands before what it does not go with"),
}
"""How Python's error begins -> what is wrong, for people."""


def _object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object of its pairs, of which none has the key of another."""
    made = dict(pairs)
    if len(made) != len(pairs):
        again = twice([key for key, _value in pairs])
        raise DataError("the key {value} stands twice in one object", field="key", value=again)
    return made


def _no_number(name: str) -> NoReturn:
    """Refuse what other languages write for a number, such as NaN."""
    raise DataError("{name} is no number of JSON", name=name)


def _why_not(error: ValueError) -> Word:
    """Say why a text is no JSON, in the words of this module or, in English, of Python's."""
    return error.text if isinstance(error, ElectionError) else str(error)
