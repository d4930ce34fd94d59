"""Danish and English: words by gettext, numbers by Babel."""

from collections.abc import Iterable
from decimal import Decimal
from gettext import NullTranslations

import attrs
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from kommunalvalg.errors import ElectionError, shown
from kommunalvalg.report.document import Cell, Kind, Marked
from kommunalvalg.text import LANGUAGES, catalogue

__all__ = ["LANGUAGES", "Language", "language"]


@attrs.frozen
class Language:
    """A language to write reports in.

    Attributes:
        code: "da" or "en".
        words: the translations of the English wording.
    """

    code: str
    words: NullTranslations = attrs.field(repr=False, eq=False)

    def __call__(self, message: str, /, **values: Cell) -> str:
        """Write a message, with the numbers in it in this language's form.

        >>> language("da")("Size: {size} members.", size=1058)
        'Størrelse: 1.058 medlemmer.'
        """
        written = {name: self.cell(value) for name, value in values.items()}
        return self.words.gettext(message).format(**written) if message else message

    def listing(self, names: Iterable[str]) -> str:
        """Write names one after another, "A, B and C".

        >>> language("da").listing(["A", "B", "C"])
        'A, B og C'
        """
        return format_list(list(names), locale=self.code)

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
        if value is None or isinstance(value, str):
            return "–" if value is None else value
        if isinstance(value, bool):
            return self.words.gettext("yes") if value else ""
        if isinstance(value, Marked):
            return f"[{value.mark}] {self.cell(value.value, kind)}"
        if isinstance(value, int) and kind is not Kind.QUOTIENT:
            signed = "+#,##0;−#,##0" if kind is Kind.CHANGE and value else None
            return format_decimal(value, format=signed, locale=self.code)
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        if kind is Kind.SHARE:
            return format_percent(exact, format="0.00\xa0%" if self.code == "da" else "0.00%", locale=self.code)
        pattern = "#,##0.00" if kind is Kind.QUOTIENT else "#,##0.###"
        return format_decimal(exact, format=pattern, locale=self.code)


def language(code: str) -> Language:
    """Give a language by its code.

    Raises:
        ElectionError: it is not "da" or "en".

    >>> language("da").code
    'da'
    """
    if code not in LANGUAGES:
        raise ElectionError(f"the language is {shown(code)}; the languages are {', '.join(LANGUAGES)}")
    return Language(code, catalogue(code))
