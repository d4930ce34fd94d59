"""The dated rules of council elections: kommunal- og regionalvalgloven (KRVL), and council sizes (KSL § 5).

Years are election years: the municipal and regional elections are held in November every fourth year.
"""

import attrs

from kommunalvalg.frozen import FrozenDict
from kommunalvalg.law import Rule, in_force

__all__ = [
    "KOEBENHAVN_SIZES",
    "MUNICIPAL_SIZES",
    "REGIONAL_SIZES",
    "CouncilSizes",
    "council_sizes",
]


@attrs.frozen
class CouncilSizes:
    """The sizes that a council may have: odd numbers from ``least`` to ``most``.

    >>> print(CouncilSizes(9, 31), "or", CouncilSizes(41, 41))
    an odd number from 9 to 31 or 41
    """

    least: int
    most: int

    def allow(self, seats: int) -> bool:
        """Tell whether a council may have so many seats.

        >>> [seats for seats in range(6, 14) if CouncilSizes(9, 31).allow(seats)]
        [9, 11, 13]
        """
        return self.least <= seats <= self.most and seats % 2 == 1

    def __str__(self) -> str:
        return str(self.least) if self.least == self.most else f"an odd number from {self.least} to {self.most}"


MUNICIPAL_SIZES: tuple[Rule[CouncilSizes], ...] = (Rule("KSL-5", "KSL § 5", CouncilSizes(9, 31)),)
"""The sizes of a municipal council (KSL-5). Evidence: practice, data."""

KOEBENHAVN_SIZES: tuple[Rule[CouncilSizes], ...] = (Rule("KSL-5", "KSL § 5", CouncilSizes(9, 55)),)
"""The sizes of Københavns Borgerrepræsentation (KSL-5). Evidence: practice, data; the least is inferred."""


def _until_2024() -> Rule[CouncilSizes]:
    return Rule("KSL-5", "regionsloven", CouncilSizes(41, 41), since=2005, until=2024)


def _since_2025(seats: int) -> Rule[CouncilSizes]:
    return Rule("KSL-5", "regionsloven", CouncilSizes(seats, seats), since=2025)


REGIONAL_SIZES: FrozenDict[str, tuple[Rule[CouncilSizes], ...]] = FrozenDict(
    {
        "Hovedstaden": (_until_2024(),),
        "Sjælland": (_until_2024(),),
        "Østdanmark": (_since_2025(47),),
        "Midtjylland": (_until_2024(), _since_2025(31)),
        "Syddanmark": (_until_2024(), _since_2025(31)),
        "Nordjylland": (_until_2024(), _since_2025(25)),
    }
)
"""Region -> the size of its council (KSL-5). Evidence: practice.

Region Østdanmark takes the place of Hovedstaden and Sjælland; its council was elected in 2025.
"""


def council_sizes(name: str, year: int) -> Rule[CouncilSizes]:
    """Return the rule on the size of one council, a region's when the name is a region's (KSL-5, RL-8).

    Args:
        name: the council's name, with or without "Kommune" or "Region".
        year: the election year.

    Raises:
        RuleError: the name is that of a region that elects no council in that year.

    >>> print(council_sizes("Fanø", 2025).value)
    an odd number from 9 to 31
    >>> print(council_sizes("Region Nordjylland", 2021).value, council_sizes("Region Nordjylland", 2025).value)
    41 25
    """
    plain = name.strip().removeprefix("Region ").removesuffix(" Kommune")
    if plain in {"København", "Københavns"}:
        return in_force(KOEBENHAVN_SIZES, year)
    return in_force(REGIONAL_SIZES.get(plain, MUNICIPAL_SIZES), year)
