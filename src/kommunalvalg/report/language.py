"""Danish and English: a text by the catalogue, and how numbers and days are written."""

from datetime import date
from decimal import Context, Decimal, InvalidOperation, localcontext
from fractions import Fraction

import attrs

from kommunalvalg.errors import ElectionError
from kommunalvalg.report.documents import Cell, Marked
from kommunalvalg.text import LANGUAGES, Figure, Kind, Word, said
from kommunalvalg.text import text as _

__all__ = ["LANGUAGES", "Language", "language", "steps"]


@attrs.frozen
class Language:
    """A language to write reports in.

    Attributes:
        code: "da" or "en".
    """

    code: str

    def __call__(self, word: Word) -> str:
        """Write a text, with the numbers in it in this language's form.

        >>> language("da")(_("Size: {size} members.", size=1058))
        'Størrelse: 1.058 medlemmer.'
        """
        return said(word, self.code, lambda value, _code: self.cell(value))

    def cell(self, value: Cell, kind: Kind = Kind.NUMBER) -> str:
        r"""Write one value: counts with separators, fractions with three decimals, shares as per cent.

        Quotients have two decimals, so that they stand under each other. A change has its sign.
        What is marked has its mark before it.

        >>> from fractions import Fraction
        >>> language("da").cell(1019648), language("da").cell(Fraction(188278, 1019648), Kind.SHARE)
        ('1.019.648', '18,46\xa0%')
        >>> [language("en").cell(change, Kind.CHANGE) for change in (1, 0, -2)]
        ['+1', '0', '−2']
        """
        if isinstance(value, Marked):
            return f"[{self(value.mark)}] {self.cell(value.value, kind)}"
        if isinstance(value, Figure):
            return self.cell(value.value, value.kind)
        if isinstance(value, bool):
            return self(_("yes")) if value else ""
        if isinstance(value, int | Fraction):
            return _number(value, kind, self.code)
        if isinstance(value, date):
            return _day(value, self.code)
        return "–" if value is None else self(value)


def steps(value: int | Fraction, kind: Kind) -> int:
    """Count a value in steps of the last decimal that is written, rounded half up as is the custom, away from zero.

    >>> steps(Fraction(1, 800), Kind.SHARE)  # 0.13 %
    13
    """
    magnitude = int(abs(value) * 10 ** _decimals(kind) + Fraction(1, 2))
    return -magnitude if value < 0 else magnitude


def _decimals(kind: Kind) -> int:
    """Say how many decimals a number has when it is not whole; a share is written by the hundred."""
    return {Kind.SHARE: 4, Kind.QUOTIENT: 2}.get(kind, 3)


def _exactly(number: Decimal) -> Context:
    """Give decimals as many digits as a number needs, whatever the context of who asks for a report.

    Nothing is rounded here a second time. More digits than are needed would be paid for: on a machine of 32 bits, as
    Python in a browser is, the most that decimals can have costs tens of milliseconds for each number.
    """
    return Context(prec=max(number.adjusted(), 0) + 30, traps=[InvalidOperation])


def _number(value: int | Fraction, kind: Kind, code: str) -> str:
    if isinstance(value, int) and kind is not Kind.QUOTIENT:
        sign = "+" if kind is Kind.CHANGE and value else ""
        written = f"{Decimal(value):{sign},f}"  # which writes a number of any length
        written = written.replace("-", "−") if sign else written
    else:
        number = Decimal(steps(value, kind))
        with localcontext(_exactly(number)):
            number = number.scaleb(-_decimals(kind))
            if kind is Kind.SHARE:
                written = f"{number:.2%}".replace("%", "\xa0%" if code == "da" else "%")
            elif kind is Kind.QUOTIENT:
                written = f"{number:,.2f}"
            else:
                written = f"{number:,.3f}".rstrip("0").rstrip(".")
    return written.translate(_DANISH) if code == "da" else written


_DANISH = str.maketrans(",.", ".,")


def _day(day: date, code: str) -> str:
    weekdays, months = _NAMES[code]
    weekday, month = weekdays.split()[day.weekday()], months.split()[day.month - 1]
    between = " den {}. {} {}" if code == "da" else ", {} {} {}"
    return weekday + between.format(day.day, month, day.year)


_NAMES = {
    "da": (
        "mandag tirsdag onsdag torsdag fredag lørdag søndag",
        "januar februar marts april maj juni juli august september oktober november december",
    ),
    "en": (
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "January February March April May June July August September October November December",
    ),
}
"""The days of the week, and the months."""


def language(code: str) -> Language:
    """Give a language by its code.

    Raises:
        ElectionError: it is not "da" or "en".

    >>> language("da").code
    'da'
    """
    if code not in LANGUAGES:
        raise ElectionError(
            "the language is {value}; the languages are {known}", field="lang", value=code, known=", ".join(LANGUAGES)
        )
    return Language(code)
