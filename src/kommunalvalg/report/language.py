"""Danish and English: a text by the catalogue, its numbers and days by Babel."""

from datetime import date
from decimal import Context, Decimal, InvalidOperation, localcontext
from fractions import Fraction
from functools import lru_cache

import attrs
from babel.dates import format_date
from babel.numbers import format_decimal

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

        Quotients have two decimals, so that they stand under each other. A change has its sign; that of a share is
        in percentage points, and so is the error of one.
        What is marked has its mark before it.

        >>> from fractions import Fraction
        >>> language("da").cell(1019648), language("da").cell(Fraction(188278, 1019648), Kind.SHARE)
        ('1.019.648', '18,46\xa0%')
        >>> [language("en").cell(change, Kind.CHANGE) for change in (1, 0, -2)]
        ['+1', '0', '−2']
        >>> [language("da").cell(Fraction(points, 1000), Kind.POINTS) for points in (34, 0, -8)]
        ['+3,40', '0,00', '−0,80']
        >>> language("da").cell(Fraction(34, 1000), Kind.ERROR)
        '3,40'
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
            long = "long" if kind is Kind.DAY else "full"
            return format_date(value, long, locale="en_GB" if self.code == "en" else self.code)
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
    return {Kind.SHARE: 4, Kind.QUOTIENT: 2, Kind.POINTS: 2, Kind.ERROR: 2}.get(kind, 3)


def _exactly(number: Decimal) -> Context:
    """Give decimals as many digits as a number needs, whatever the context of who asks for a report.

    Nothing is rounded here a second time. More digits than are needed would be paid for: on a machine of 32 bits, as
    Python in a browser is, the most that decimals can have costs tens of milliseconds for each number.
    """
    return Context(prec=max(number.adjusted(), 0) + 30, traps=[InvalidOperation])


def _number(value: int | Fraction, kind: Kind, code: str) -> str:
    if kind in {Kind.POINTS, Kind.ERROR}:  # a share less another is written by the hundred, and is no share
        value = Fraction(value) * 100
    if isinstance(value, int) and kind is not Kind.QUOTIENT:
        pattern = "+#,##0;−#,##0" if kind is Kind.CHANGE and value else "#,##0"
    elif kind is Kind.SHARE:
        pattern = "0.00\xa0%" if code == "da" else "0.00%"
    elif kind is Kind.POINTS:
        pattern = "+0.00;−0.00" if steps(value, kind) else "0.00"
    else:
        pattern = "#,##0.00" if kind in {Kind.QUOTIENT, Kind.ERROR} else "#,##0.###"
    return _written(steps(value, kind), _decimals(kind), pattern, code)


@lru_cache(maxsize=4096)
def _written(count: int, decimals: int, pattern: str, code: str) -> str:
    """Write steps of the last decimal as a number; the same numbers stand again and again in the tables of a night."""
    number = Decimal(count)
    with localcontext(_exactly(number)):
        return format_decimal(number.scaleb(-decimals), format=pattern, locale=code)


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
