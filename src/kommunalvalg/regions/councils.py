"""RL §§ 8 and 14 d: the sizes of the regional councils, and the sundhedsråd with their municipalities and sizes."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import attrs

from kommunalvalg import law
from kommunalvalg.constitution.groups import Dated
from kommunalvalg.errors import VoteError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Urn, settle
from kommunalvalg.results import Result
from kommunalvalg.text import N_, Entry
from kommunalvalg.votes import checked_by_name, checked_count, checked_counts, checked_name, checked_names, listed

__all__ = [
    "HealthCouncil",
    "HealthCouncils",
    "HealthCouncilsCase",
    "council_size",
    "health_council_sizes",
    "health_councils",
    "municipal_members",
]

_SIZE = "RL-8"
_MEMBERS = "RL-14d"
_INHABITANTS = N_("a number of inhabitants")


def council_size(region: str, day: law.When = None) -> int:
    """Give the members of a regional council (RL-8).

    Args:
        region: the region's name, without "Region".
        day: the election year or day whose law it is (default: the law as this release knows it).

    Raises:
        VoteError: there is no such region then.

    >>> council_size("Midtjylland"), council_size("Hovedstaden", 2021)
    (31, 41)
    """
    sizes: Any = law.value(_SIZE, day)  # region -> members
    return law.whole(_SIZE, day, _checked_region(region, sizes, _SIZE, day))


def _checked_region(region: str, known: Iterable[str], rule: str, day: law.When = None) -> str:
    name, regions = checked_name("region", region), list(known)
    if name not in regions:
        raise VoteError(
            "{field} is {value}; the regions are {known}",
            field="region",
            value=name,
            rule=rule,
            when=day,
            known=listed(regions, name),
        )
    return name


@attrs.frozen(kw_only=True)
class HealthCouncil:
    """A sundhedsråd.

    Attributes:
        name: its name, without "Sundhedsråd".
        region: its region.
        municipalities: the municipalities that it has.
        provision: where they stand.
    """

    name: str
    region: str
    municipalities: tuple[str, ...]
    provision: str


@cache
def _every() -> FrozenDict[str, HealthCouncil]:
    import tomllib  # noqa: PLC0415 - they are read when somebody first asks for one

    tables = tomllib.loads((files(__package__) / "health_councils.toml").read_text(encoding="utf-8"))
    return FrozenDict(
        {
            each["name"]: HealthCouncil(
                name=each["name"],
                region=region,
                municipalities=tuple(each["municipalities"]),
                provision=each["provision"],
            )
            for region, councils in tables.items()
            for each in councils
        }
    )


def health_councils(region: str = "") -> Mapping[str, HealthCouncil]:
    """Give the seventeen sundhedsråd by name, or those of one region (RL-14d).

    Args:
        region: the region's name, without "Region"; empty for all four.

    Raises:
        VoteError: there is no such region.

    >>> list(health_councils("Midtjylland"))
    ['Kronjylland', 'Horsens', 'Aarhus', 'Vestjylland', 'Midt']
    """
    regions = dict.fromkeys(each.region for each in _every().values())
    region = region and _checked_region(region, regions, _MEMBERS)
    return FrozenDict({name: each for name, each in _every().items() if region in ("", each.region)})


def municipal_members(inhabitants: int, day: law.When = None) -> int:
    """Give the members that a municipality has in its sundhedsråd (RL-14d).

    Args:
        inhabitants: its inhabitants on 1 April of the election year.
        day: the election year or day whose law it is (default: the law as this release knows it).

    Raises:
        VoteError: it is no number.
        RuleError: there were no sundhedsråd then.

    >>> [municipal_members(number) for number in (79_999, 80_000, 299_999, 300_000)]
    [1, 2, 2, 3]
    """
    number = checked_count("inhabitants", inhabitants, what=_INHABITANTS)
    return 1 + sum(number >= law.whole(_MEMBERS, day, line) for line in ("two", "three"))


def _inhabitants(inhabitants: object) -> FrozenDict[str, int]:
    return checked_counts(inhabitants, "inhabitants", what=_INHABITANTS)


def _councils(councils: object) -> FrozenDict[str, tuple[str, ...]]:
    if not isinstance(councils, Mapping) or not councils:
        raise VoteError(
            "{field} is {value}; give a mapping of sundhedsråd to its municipalities", field="councils", value=councils
        )
    return FrozenDict(
        {
            name: checked_names(Entry("councils", name), each)
            for name, each in checked_by_name(councils, "councils").items()
        }
    )


@attrs.frozen(kw_only=True)
class HealthCouncilsCase(Dated):
    """Some sundhedsråd, their municipalities and the inhabitants of these; checked when it is made.

    Args:
        councils: sundhedsråd -> its municipalities.
        inhabitants: municipality -> inhabitants on 1 April of the election year.
        day: the election year or day whose law it is; None for the law as this release knows it.

    Raises:
        VoteError: a name or a number is not one, or the inhabitants of a municipality are missing.
        RuleError: there were no sundhedsråd then.
    """

    councils: FrozenDict[str, tuple[str, ...]] = attrs.field(converter=_councils)
    inhabitants: FrozenDict[str, int] = attrs.field(converter=_inhabitants)
    day: law.When = None

    def __attrs_post_init__(self) -> None:
        law.provision(_MEMBERS, self.day)
        for name, municipalities in self.councils.items():
            for municipality in municipalities:
                if municipality not in self.inhabitants:
                    raise VoteError(
                        "{field} has no number for {value} of {council}",
                        field="inhabitants",
                        value=municipality,
                        rule=_MEMBERS,
                        when=self.day,
                        council=name,
                    )

    def settled(self, urn: Urn) -> "HealthCouncils":  # noqa: ARG002 - every case takes an urn; here nothing is drawn
        """Count the municipal members, municipality by municipality (RL-14d)."""
        members = {
            name: FrozenDict({each: municipal_members(self.inhabitants[each], self.day) for each in municipalities})
            for name, municipalities in self.councils.items()
        }
        return HealthCouncils(members=FrozenDict(members), case=self)


@attrs.frozen(kw_only=True)
class HealthCouncils(Result):
    """How many members each sundhedsråd has.

    Attributes:
        members: sundhedsråd -> municipality -> its members there.
        case: the sundhedsråd and the inhabitants.
    """

    members: FrozenDict[str, FrozenDict[str, int]] = attrs.field(repr=False)
    case: HealthCouncilsCase = attrs.field(repr=False)

    @property
    def municipal(self) -> FrozenDict[str, int]:
        """Sundhedsråd -> municipal members together."""
        return FrozenDict({name: sum(each.values()) for name, each in self.members.items()})

    @property
    def regional(self) -> FrozenDict[str, int]:
        """Sundhedsråd -> members that the regional council elects: one more than the municipal ones (RL-14d-4)."""
        return FrozenDict({name: count + 1 for name, count in self.municipal.items()})


def health_council_sizes(
    inhabitants: Mapping[str, int],
    *,
    region: str = "",
    councils: Mapping[str, Iterable[str]] | None = None,
    day: law.When = None,
) -> HealthCouncils:
    """Count the members of sundhedsråd from the inhabitants of their municipalities (RL-14d, RL-14d-4).

    Args:
        inhabitants: municipality -> inhabitants on 1 April of the election year.
        region: the region whose sundhedsråd they are; empty for all.
        councils: sundhedsråd -> its municipalities (default: those that there are).
        day: the election year or day whose law it is (default: the law as this release knows it).

    Raises:
        VoteError: a name or a number is not one, or the inhabitants of a municipality are missing.
        RuleError: there were no sundhedsråd then.

    >>> sizes = health_council_sizes({"Aarhus": 300_000, "Samsø": 4_000}, councils={"Aarhus": ["Aarhus", "Samsø"]})
    >>> sizes.municipal, sizes.regional
    ({'Aarhus': 4}, {'Aarhus': 5})
    """
    if councils is None:
        councils = {name: each.municipalities for name, each in health_councils(region).items()}
    return settle(HealthCouncilsCase(councils=councils, inhabitants=inhabitants, day=day))
