"""The years of elections (KRVL § 6) and the sizes of councils (KSL § 5, regionsloven § 8), each with its dates."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import attrs

from kommunalvalg import law
from kommunalvalg.errors import RuleError, Warned
from kommunalvalg.law import is_ordinary
from kommunalvalg.text import text as _

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CouncilSizes", "council_sizes", "is_ordinary", "ordinary_year", "size_warnings"]


def ordinary_year(year: int) -> int:
    """Give the year of the ordinary election whose rules an election follows, KRVL § 95, stk. 2 (KRVL-95).

    An omvalg follows the rules of the ordinary election day.

    Raises:
        RuleError: the law of the year is not known here.

    >>> ordinary_year(2022), ordinary_year(2025)
    (2021, 2025)
    """
    first, years = law.whole("KRVL-6", name="first"), law.whole("KRVL-6", name="years")
    return law.known_election(year) - (year - first) % years


@attrs.frozen(kw_only=True)
class CouncilSizes:
    """The sizes that a council may have: odd numbers from ``least`` to ``most``.

    Attributes:
        least: the least.
        most: the most.
        rule: the rule of the law map that says so.

    >>> print(CouncilSizes(least=9, most=31), "or", CouncilSizes(least=41, most=41))
    an odd number from 9 to 31 or 41
    """

    least: int
    most: int
    rule: str = "KSL-5"

    def allow(self, seats: int) -> bool:
        """Tell whether a council may have so many seats.

        >>> [seats for seats in range(6, 14) if CouncilSizes(least=9, most=31).allow(seats)]
        [9, 11, 13]
        """
        return self.least <= seats <= self.most and seats % 2 == 1

    def __str__(self) -> str:
        return str(self.least) if self.least == self.most else f"an odd number from {self.least} to {self.most}"


def council_sizes(name: str, year: int, inhabitants: int | None = None) -> CouncilSizes:
    """Say which sizes a council may have, a region's when the name is a region's (KSL-5, RL-8).

    Args:
        name: the council's name, with or without "Kommune" or "Region".
        year: the election year.
        inhabitants: the municipality's on 1 April of that year. Where they are not known, the sizes are those that
            any municipality may have.

    Raises:
        RuleError: the name is that of a region that elects no council in that year.

    >>> print(council_sizes("Fanø", 2025, 3_300), "-", council_sizes("Lolland", 2025, 40_100))
    an odd number from 9 to 31 - an odd number from 19 to 31
    >>> print(council_sizes("Region Nordjylland", 2021), council_sizes("Region Nordjylland", 2025))
    41 25
    """
    plain = name.strip().removeprefix("Region ").removesuffix(" Kommune")
    if any(plain in cast("Mapping[str, int]", each.value or {}) for each in law.rule("RL-8").provisions):
        try:
            members = law.whole("RL-8", year, plain)
        except RuleError:
            raise RuleError(
                "no council of {value} was elected in {year}", field="name", value=name, rule="RL-8", year=str(year)
            ) from None
        return CouncilSizes(least=members, most=members, rule="RL-8")
    figures = cast("Mapping[str, tuple[int, int]]", law.value("KSL-5", year))
    if plain in {"København", "Københavns"}:
        least, most = figures["København"]
    else:
        over = inhabitants is not None and inhabitants > law.whole("KSL-5", year, "line")
        least, most = figures["over" if over else "under"]
    return CouncilSizes(least=least, most=most)


def size_warnings(
    name: str, seats: int, year: int, inhabitants: int | None = None, *, when: int | None = None
) -> Iterator[Warned]:
    """Warn of a council that has more or fewer members than the law of its election gives it (KSL-5, RL-8).

    Args:
        name: the council's name.
        seats: its members.
        year: the election year whose law it is.
        inhabitants: the municipality's, where they are known.
        when: the year that is named where a region elected no council in it (default: ``year``).

    >>> [str(warned) for warned in size_warnings("Nyby", 10, 2025)]
    ['Nyby has 10 seats; the law has an odd number from 9 to 31 (KSL § 5, stk. 1).']
    """
    try:
        sizes = council_sizes(name, year, inhabitants)
    except RuleError:
        yield Warned(
            _("No council of {council} was elected in {year}.", council=name, year=str(when or year)), "RL-8", year
        )
        return
    if sizes.allow(seats):
        return
    if sizes.least == sizes.most:
        message = _("{council} has {seats} seats; the law has {least}.", council=name, seats=seats, least=sizes.least)
    else:
        message = _(
            "{council} has {seats} seats; the law has an odd number from {least} to {most}.",
            council=name,
            seats=seats,
            least=sizes.least,
            most=sizes.most,
        )
    yield Warned(message, sizes.rule, year)
