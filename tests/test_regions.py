"""Regional councils: sizes, sundhedsråd, chairs, committees with the claims of each kind, and their meetings."""

from collections.abc import Callable

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunalvalg import placements, regions
from kommunalvalg.constitution.committees import Claim, ExtraMembers, Transfer, elect_committees
from kommunalvalg.constitution.posts import Service
from kommunalvalg.errors import ElectionError, LotError, RuleError, VoteError
from kommunalvalg.lots import Draw, Place, Tie, Where, seeded, settle
from kommunalvalg.regions.councils import HealthCouncilsCase
from kommunalvalg.regions.meetings import Caller, MeetingKind, Office
from kommunalvalg.report import explain

TWO = {"a": 16, "b": 15}
THREE = {"a": 16, "b": 10, "c": 5}
SIX = dict.fromkeys("123456", 7)
HEALTH = {f"Sundhedsråd {number}": 7 for number in (1, 2, 3)}


@pytest.mark.rule("RL-8")
def test_the_sizes_of_the_councils() -> None:
    """The councils elected in 2025 have 25, 31, 31 and 47 members, those before 41 each."""
    sizes = {
        region: regions.council_size(region) for region in ("Nordjylland", "Midtjylland", "Syddanmark", "Østdanmark")
    }
    assert sizes == {"Nordjylland": 25, "Midtjylland": 31, "Syddanmark": 31, "Østdanmark": 47}
    assert regions.council_size("Østdanmark", 2029) == 47
    assert regions.council_size("Sjælland", 2021) == 41
    with pytest.raises(VoteError, match="region is 'Sjælland'; the regions are"):
        regions.council_size("Sjælland", 2025)


@pytest.mark.rule("RL-14d")
def test_every_municipality_is_in_one_sundhedsrad() -> None:
    """The seventeen sundhedsråd have the 98 municipalities, each once: 2, 5, 4 and 6 by region."""
    councils = regions.health_councils()
    names = [name for council in councils.values() for name in council.municipalities]
    assert (len(councils), len(names), len(set(names))) == (17, 98, 98)
    counts = [
        len(regions.health_councils(region)) for region in ("Nordjylland", "Midtjylland", "Syddanmark", "Østdanmark")
    ]
    assert counts == [2, 5, 4, 6]
    with pytest.raises(VoteError, match=r"^region is 'Jylland'; the regions are "):
        regions.health_councils("Jylland")


@pytest.mark.rule("RL-14d")
@pytest.mark.rule("RL-14d-4")
def test_sizes_come_from_inhabitants() -> None:
    """With the inhabitants each sundhedsråd has its size; the regional members are one more than the municipal ones."""
    inhabitants = {name: 40_000 for council in regions.health_councils().values() for name in council.municipalities}
    inhabitants |= {"København": 660_000, "Frederiksberg": 105_000, "Bornholm": 39_000}
    sizes = regions.health_council_sizes(inhabitants, region="Østdanmark")
    assert (sizes.municipal["Hovedstaden"], sizes.regional["Hovedstaden"]) == (6, 7)
    assert sizes.members["Hovedstaden"] == {"København": 3, "Frederiksberg": 2, "Bornholm": 1}
    assert all(sizes.regional[name] == count + 1 for name, count in sizes.municipal.items())
    assert settle(sizes.case) == sizes
    with pytest.raises(RuleError, match="RL-14d"):
        HealthCouncilsCase(councils={"Fyn": ["Odense"]}, inhabitants={"Odense": 210_000}, day=2021)


@pytest.mark.rule("RL-9")
@pytest.mark.rule("RL-14")
@pytest.mark.rule("RL-14m")
def test_those_elected_by_flertalsvalg() -> None:
    """The chair, and by the same rules the vice chair of the executive committee, under the name of the post."""
    assert regions.elect_chair([{"m1": 20, "m2": 11}], present=31).winner == "m1"
    tied = [{}, {"m1": 5, "m2": 5}, {"m1": 5, "m2": 5}]
    post = "næstformand for forretningsudvalget"
    assert regions.elect_chair(tied, present=31, post=post).tie == Tie(
        1, ("m1", "m2"), "KSL-24-1", Place(Where.BALLOT, post)
    )
    with pytest.raises(RuleError, match="present is 15; a council of 31"):
        regions.elect_chair([{"m1": 9}], present=15, council_size=31)


@pytest.mark.rule("RL-9")
def test_two_deputies_go_by_forholdstalsvalg() -> None:
    """The group of the larger quotient has the first deputy; equal groups draw lots over it."""
    assert regions.elect_deputies({"a": 21, "b": 10}).order == ("a", "a")
    assert regions.elect_deputies({"a": 10, "b": 10}).tie == Tie(
        1, ("a", "b"), "KSL-24-3", Place(Where.ORDER, "næstformænd")
    )


@pytest.mark.rule("RL-9-1", "OL-61")
def test_the_oldest_convened_the_first_meeting_of_the_merged_region() -> None:
    """In December 2025 the oldest member convened Østdanmark's council, by a lot among several of the same age."""
    members = {"m1": Service(20, "1970-05-01"), "m2": Service(0, "1950-01-01"), "m3": Service(0, "1950-01-01")}
    open_ = regions.first_convener(members, region="Østdanmark", day=2025)
    assert (open_.name, open_.tie) == (None, Tie(1, ("m2", "m3"), "OL-61", Place(Where.CONVENER), 2025))
    drawn = regions.first_convener(members, region="Østdanmark", day=2025, lots=[Draw(["m2", "m3"], ["m3"])])
    assert (drawn.name, drawn.length, len(drawn.draws)) == ("m3", 0, 1)
    oldest = regions.first_convener(members | {"m4": Service(4, "1940-01-01")}, region="Østdanmark", day=2025)
    assert (oldest.name, oldest.complete) == ("m4", True)
    assert regions.first_convener(members, region="Østdanmark", day=2029).name == "m1"
    assert "m2 and m3 are equally old; a lot decides who of them convenes (OL § 61)." in explain(open_, "en")
    later = regions.first_convener(members, region="Østdanmark", day=2029)
    assert (
        "m1 convenes and leads the first meeting until the chair of the council is elected (RL § 9, stk. 1)."
        in " ".join(explain(later, "en").split())
    )


@pytest.mark.rule("RL-14b")
def test_a_regional_council_has_claims() -> None:
    """Six standing committees of a region are claimed among as a council's are, under the act on the regions."""
    committees = regions.elect_committees(TWO, SIX, council_size=31)
    municipal = elect_committees(TWO, SIX)
    assert (committees.seats, committees.claims) == (municipal.seats, {"b": 2})
    assert (committees.health, committees.executive, committees.warnings) == (None, None, ())
    assert committees.standing is not None
    after = regions.apply_claims(committees, next(placements(committees.standing)), restore=["1"])
    assert (after.claims, after.lost, after.seats["1"]) == ({}, (ExtraMembers("2", "a", 2),), {"a": 5, "b": 4})
    assert settle(after.case) == after
    assert repr(after) == "<RegionalCommittees of a, b: 6, claims {}>"
    assert regions.apply_claims(after, []) == after
    later = regions.apply_claims(after, [], restore=["2"])
    assert (later.lost, later.seats["2"]) == ((), {"a": 5, "b": 4})


@pytest.mark.rule("RL-14g-4")
@pytest.mark.rule("RL-14d-4")
def test_claims_of_sundhedsrad_are_apart() -> None:
    """Seats of sundhedsråd are claimed among these alone, and nobody adds members to one."""
    committees = regions.elect_committees(THREE, {"Forretningsudvalget": 9, **HEALTH, **dict.fromkeys("1234", 7)})
    assert committees.health is not None
    assert committees.standing is not None
    assert (committees.health.claims, committees.standing.claims, committees.claims) == ({"b": 1}, {"b": 1}, {"b": 2})
    seat = Transfer("Sundhedsråd 1", "a", "b")
    after = regions.apply_claims(committees, [seat])
    assert (after.seats["Sundhedsråd 1"], after.claims) == ({"a": 3, "b": 3, "c": 1}, {"b": 1})
    assert (after.lost, regions.elect_committees(THREE, HEALTH).warnings) == ((), ())
    with pytest.raises(RuleError, match="'9' is no committee; the committees are 1, 2, 3, 4"):
        regions.apply_claims(committees, [Transfer("1", "a", "b"), Transfer("9", "a", "b")])
    both = regions.apply_claims(after, [Transfer("1", "a", "b")])
    assert both.claims == {}
    executive = Transfer("Forretningsudvalget", "a", "b")
    for transfers in ([seat, Transfer("1", "a", "b")], [executive], [seat, executive]):
        with pytest.raises(RuleError, match=r"^claims are \(Transfer\(.*, each by themselves \(RL § 14 b, stk. 3\)$"):
            regions.apply_claims(committees, transfers)
    with pytest.raises(RuleError, match=r"^restore names 'Sundhedsråd 1'; a sundhedsråd has one regional member"):
        regions.apply_claims(committees, [seat], restore=["Sundhedsråd 1"])


@pytest.mark.rule("RL-14d-4")
def test_a_sundhedsrad_has_one_municipal_member_fewer() -> None:
    """Where they are not given the municipal members are one fewer than the regional ones, as they have to be."""
    committees = regions.elect_committees(TWO, HEALTH, municipal={"Sundhedsråd 1": 6})
    assert committees.health is not None
    assert committees.health.case.others == dict.fromkeys(HEALTH, 6)
    assert hash(committees.case) == hash(attrs.evolve(committees.case, municipal={"Sundhedsråd 1": 6}))


@pytest.mark.rule("RL-14", "RL-14b", "RL-14d")
def test_committees_are_told_by_their_names_or_as_they_are_named() -> None:
    """Forretningsudvalget and the sundhedsråd are known by their names unless others are named, or none."""
    charter = {"Forretningsudvalget": 9, "Nord": 5, "Syd": 5, "Miljø": 7}
    by_name = regions.elect_committees(THREE, charter)
    assert (by_name.case.executive_committee, by_name.health) == ("Forretningsudvalget", None)
    named = regions.elect_committees(THREE, charter, executive="Miljø", health=["Nord", "Syd"], chair="c")
    assert (named.case.executive_committee, named.case.standing) == ("Miljø", ("Forretningsudvalget",))
    assert named.health is not None
    assert (list(named.health.charter), named.seats["Miljø"]["c"]) == (["Nord", "Syd"], 1)
    none = regions.elect_committees(THREE, charter, executive="", seated={"Nord": {}})
    assert (none.executive, none.case.standing, list(none.seats)) == (None, tuple(charter), list(charter))


@pytest.mark.rule("RL-14g-4", "RL-14b")
def test_lots_are_open_in_the_order_of_the_elections() -> None:
    """First that over the executive committee's last place, then those of the sundhedsråd, then of the others."""
    equal = {"a": 5, "b": 5}
    committees = regions.elect_committees(equal, {"Miljø": 3, "Sundhedsråd 1": 3, "Forretningsudvalget": 9})
    assert [tie.place and tie.place.name for tie in committees.ties] == [
        "Forretningsudvalget",
        "Sundhedsråd 1",
        "Miljø",
    ]
    assert [tie.place and tie.place.name for tie in regions.elect_committees(equal, {"Miljø": 3}).ties] == ["Miljø"]
    assert regions.elect_committees({"a": 1}, {"Miljø": 3}, council_size=1).ties == ()


@pytest.mark.rule("RL-14d-4")
@pytest.mark.rule("RL-14g")
def test_a_majority_of_a_sundhedsrad_that_is_lost_is_told() -> None:
    """A group with all regional members has the majority of the body, which a claim may cost it, and none restores."""
    groups, charter = {"a": 22, "b": 3}, dict.fromkeys(("Sundhedsråd 1", "Sundhedsråd 2", "Sundhedsråd 3"), 7)
    committees = regions.elect_committees(groups, charter)
    assert committees.seats["Sundhedsråd 1"] == {"a": 7, "b": 0}
    assert committees.claims == {"b": 2}
    after = regions.apply_claims(committees, [Transfer("Sundhedsråd 1", "a", "b")])
    assert after.lost == (ExtraMembers("Sundhedsråd 1", "a", 0),)


@pytest.mark.rule("RL-14a-3")
def test_the_vice_chair_s_place_is_of_the_law_of_2025() -> None:
    """The vice chair's place is the group's since July 2025; before, there is none to have."""
    given_ = {"groups": THREE, "committees": {"Forretningsudvalget": 11}, "region": "Midtjylland", "vice_chair": "c"}
    assert regions.elect_committees(**given_, chair="c").seats["Forretningsudvalget"]["c"] == 2  # type: ignore[arg-type]
    with pytest.raises(
        RuleError, match=r"^year is 2024; the rule RL-14a-3 is known here as: RL § 14 a, stk\. 3 from 2025-07"
    ):
        regions.elect_committees(**given_, chair="a", day=2024)  # type: ignore[arg-type]


@pytest.mark.rule("RL-14g-3", "RL-14g-4")
def test_the_report_cites_the_sections_on_sundhedsrad() -> None:
    """Places by office and the claims among sundhedsråd stand in § 14 g, those among standing committees in § 14 b."""
    committees = regions.elect_committees(THREE, {**HEALTH, "1": 7, "2": 7}, seated={"Sundhedsråd 1": {"b": 1}})
    told = " ".join(explain(committees, "da").split())
    assert "Sundhedsråd 1: heraf efter hverv b 1 (RL § 14 g, stk. 3)." in told
    assert "Sundhedsrådene under ét" in told
    assert "Pladser, som b kan kræve: 1, fra a (RL § 14 g, stk. 4)." in told
    assert "(RL § 14 b, stk. 3)" in told
    assert "RL: regionsloven." in told


@pytest.mark.rule("RL-14b-2")
def test_sizes_of_standing_committees_are_told() -> None:
    """An even standing committee, or one over half of the council, is a warning under the act on the regions."""
    committees = regions.elect_committees(THREE, {"1": 8, "2": 17, "Sundhedsråd 1": 6}, region="Midtjylland")
    assert [(each.rule, each.provision) for each in committees.warnings] == [("RL-14b-2", "RL § 14 b, stk. 2")] * 2
    assert committees.health is not None
    assert committees.health.warnings == ()


@pytest.mark.rule("RL-14")
@pytest.mark.rule("RL-15-3")
def test_an_executive_committee_is_agreed_on_or_renounced_in() -> None:
    """All may agree on the executive committee's seats, and a group may renounce one."""
    charter = {"Forretningsudvalget": 9}
    assert regions.elect_committees(THREE, charter).seats["Forretningsudvalget"] == {"a": 5, "b": 3, "c": 1}
    agreed = {"Forretningsudvalget": {"a": 4, "b": 3, "c": 2}}
    assert regions.elect_committees(THREE, charter, agreed=agreed).seats == agreed
    renounced = regions.elect_committees(THREE, charter, renounced={"Forretningsudvalget": {"a": 1}})
    assert renounced.seats["Forretningsudvalget"] in ({"a": 4, "b": 3, "c": 1}, {"a": 4, "b": 4, "c": 1})
    equal = regions.elect_committees({"a": 5, "b": 5}, charter, chair="a", lots=seeded(1))
    assert len(equal.draws) == 1


@pytest.mark.rule("RL-14e", "RL-14g-2")
def test_who_can_lead_a_sundhedsrad() -> None:
    """Each of those whom the act forbids to lead a sundhedsråd is refused by name, and others are not."""
    assert regions.check_health_offices({"Fyn": "m2", "Lillebælt": "m3"}, regional_chair="m1").chairs["Fyn"] == "m2"
    refused: list[tuple[str, dict[str, object]]] = [
        ("the chair of the regional council", {"regional_chair": "m2"}),
        ("a mayor", {"officials": ["m2"]}),
        ("a standing committee in Odense", {"committee_chairs": {"Odense": ["m2"]}}),
    ]
    for office, given_ in refused:
        with pytest.raises(RuleError, match=rf'^chairs\["Fyn"\] is \'m2\', who .*{office}.* \(RL § 14 e\)$'):
            regions.check_health_offices({"Fyn": "m2"}, **given_)  # type: ignore[arg-type]
    with pytest.raises(RuleError, match="who leads a standing committee in Skagen"):
        regions.check_health_offices({"Nord": "m2"}, committee_chairs={"Skagen": ["m2"]}, councils={"Nord": ["Skagen"]})
    with pytest.raises(RuleError, match=r"municipal member of that sundhedsråd \(RL § 14 g, stk. 2\)"):
        regions.check_health_offices({}, members={"Fyn": ["m9"]}, municipal={"Fyn": ["m9"]})


@pytest.mark.rule("OL-18")
@pytest.mark.rule("OL-48")
@pytest.mark.rule("OL-97")
@pytest.mark.parametrize(
    ("region", "day", "kind", "caller", "count", "rule"),
    [
        ("Midtjylland", "2025-12-01", MeetingKind.CONSTITUTING, Caller.LONGEST, 8, "OL-18"),
        ("Østdanmark", "2025-12-15", MeetingKind.CONSTITUTING, Caller.OLDEST, 6, "OL-61"),
        ("Midtjylland", "2026-12-15", MeetingKind.SUPPLEMENTARY, Caller.CHAIR, 2, "OL-48"),
        ("Østdanmark", "2026-11-30", MeetingKind.CONSTITUTING, Caller.CHAIR, 2, "OL-97"),
        ("Østdanmark", "2029-12-10", MeetingKind.CONSTITUTING, Caller.LONGEST, 8, "RL-9-1"),
    ],
)
def test_which_meeting_elects_whom(
    region: str, day: str, kind: MeetingKind, caller: Caller, count: int, rule: str
) -> None:
    """A meeting is what its day makes it: it has its rule, who calls it, and whom it elects in which order."""
    meeting = regions.check_meeting(region, day)
    assert (meeting.kind, meeting.caller, len(meeting.order), meeting.case.rule) == (kind, caller, count, rule)
    assert meeting.law == day
    assert meeting.provision


@pytest.mark.rule("OL-48")
@pytest.mark.rule("OL-97")
@pytest.mark.parametrize("region", ["Nordjylland", "Midtjylland", "Syddanmark", "Østdanmark"])
@pytest.mark.parametrize("office", [office for office in Office if office not in (Office.STANDING, Office.BODIES)])
def test_the_meeting_of_december_2026_elects_nobody_else(region: str, office: Office) -> None:
    """By 15 December 2026 standing committees and outside bodies are elected, and nothing else."""
    assert regions.check_meeting(region, "2026-12-10", ["standing", "bodies"], charter="2026-11-01").order
    with pytest.raises(
        RuleError, match="the meeting elects standing committees and the members of outside bodies, and no"
    ):
        regions.check_meeting(region, "2026-12-10", [office], charter="2026-11-01")


@pytest.mark.rule("OL-47", "OL-96")
def test_standing_committees_need_a_charter_in_time() -> None:
    """Without a decision in the charter by 1 November 2026 there are none to elect; outside bodies are."""
    assert regions.check_meeting("Midtjylland", "2026-12-10", ["bodies"]).order
    assert regions.check_meeting("Midtjylland", "2029-12-10", ["health", "standing"]).order == tuple(Office)
    with pytest.raises(RuleError, match=r"charter is None; .* \(OL § 47\)"):
        regions.check_meeting("Midtjylland", "2026-12-10", ["standing", "bodies"])


Refused = Callable[..., str]

REFUSED: list[tuple[Callable[[], object], type[Exception], str]] = [
    (
        lambda: regions.check_meeting("Midtjylland", "2026-12-16"),
        RuleError,
        "day is '2026-12-16'; the meeting is by 2026-12-15 (OL § 48)",
    ),
    (
        lambda: regions.check_meeting("Midtjylland", "2025-11-30"),
        RuleError,
        "day is '2025-11-30'; the meeting is from 2025-12-01 to 2025-12-15 (OL §§ 17-22)",
    ),
    (
        lambda: regions.check_meeting("Midtjylland", "2026-12-10", 5),  # type: ignore[arg-type]
        VoteError,
        "elections is 5; give whom it elects one by one",
    ),
    (
        lambda: regions.check_meeting("Jylland", "2026-12-10"),
        VoteError,
        (
            "region is 'Jylland'; the regions are Østdanmark, Nordjylland, Midtjylland, Syddanmark; "
            "was Nordjylland meant? (OL § 15)"
        ),
    ),
    (
        lambda: regions.check_meeting("Midtjylland", "10-12-2026"),
        VoteError,
        "when is '10-12-2026'; it is an election year, or a day such as \"2026-04-01\"",
    ),
    (
        lambda: regions.check_meeting("Midtjylland", "2026-12-10", ["mayor"]),
        VoteError,
        (
            "elections is 'mayor'; it is one of 'chair', 'deputies', 'vice chair', 'executive', 'health "
            "chairs', 'health', 'standing', 'bodies'"
        ),
    ),
    (
        lambda: regions.check_meeting("Midtjylland", "2026-12-10", "bodies"),
        VoteError,
        "elections is 'bodies'; give whom it elects one by one",
    ),
    (
        lambda: regions.check_meeting("Midtjylland", "2025-12-10", ["deputies", "chair"]),
        RuleError,
        "elections are 'deputies, chair'; they are held in the order of the act (OL §§ 17-22)",
    ),
    (
        lambda: regions.check_meeting("Midtjylland", "2026-12-10", ["standing"], charter="2026-11-02"),
        RuleError,
        (
            "charter is '2026-11-02'; without a decision in the charter by 2026-11-01 there are no standing "
            "committees to elect, and their business is the executive committee's (OL § 47)"
        ),
    ),
    (
        lambda: regions.check_meeting("Østdanmark", "2025-12-10", ["standing"]),
        RuleError,
        "elections names 'standing', which this meeting does not elect (OL § 61)",
    ),
    (
        lambda: regions.health_council_sizes({}, councils=["Fyn"]),  # type: ignore[arg-type]
        VoteError,
        "councils is ['Fyn']; give a mapping of sundhedsråd to its municipalities",
    ),
    (
        lambda: regions.health_councils(" "),
        VoteError,
        "region has the name ' '; a name is text that is not blank",
    ),
    (
        lambda: regions.elect_committees(TWO, {"Forretningsudvalget": 0}),
        VoteError,
        'committees["Forretningsudvalget"] is 0; a number of seats is a whole number, 1 or more',
    ),
    (
        lambda: regions.elect_committees(TWO, {"Forretningsudvalget": 9}, council_size=0),
        VoteError,
        "council_size is 0; a number of members is a whole number, 1 or more",
    ),
    (
        lambda: regions.elect_committees(TWO, {"Forretningsudvalget": 9}, council_size=30),
        VoteError,
        "council_size is 30; 31 members take part, by the groups",
    ),
    (
        lambda: regions.elect_committees({"a": 15}, {"Forretningsudvalget": 9}, region="Midtjylland"),
        RuleError,
        "groups is 15; a council of 31 can elect when 16 are present (KSL § 11, stk. 2)",
    ),
    (
        lambda: regions.elect_committees({"a": 15}, SIX, region="Midtjylland", council_size=14),
        VoteError,
        "council_size is 14; 15 members take part, by the groups",
    ),
    (
        lambda: regions.elect_committees(TWO, {"Forretningsudvalget": 9}, vice_chair="x"),
        VoteError,
        "vice_chair is 'x', which is no group; the groups are a, b (KSL § 25, stk. 2)",
    ),
    (lambda: regions.elect_committees(TWO, {}), VoteError, "committees is empty; at least one name is needed"),
    (
        lambda: regions.elect_committees(TWO, SIX, health=["7"]),
        VoteError,
        "health names '7', which is not in committees; committees has 1, 2, 3, 4, 5, 6",
    ),
    (
        lambda: regions.elect_committees(TWO, SIX, executive="7"),
        VoteError,
        "executive names '7', which is not in committees; committees has 1, 2, 3, 4, 5, 6",
    ),
    (
        lambda: regions.elect_committees(TWO, SIX, chair="a"),
        RuleError,
        "chair is 'a', and there is no executive committee in which its place would be (OL § 13, stk. 2)",
    ),
    (
        lambda: regions.elect_committees(TWO, {"Forretningsudvalget": 9}, chair="x"),
        VoteError,
        "chair is 'x', which is no group; the groups are a, b (KSL § 25, stk. 2)",
    ),
    (
        lambda: regions.elect_committees(TWO, SIX, seated=5),  # type: ignore[arg-type]
        VoteError,
        "seated is 5; give a mapping of committee to its seats by group",
    ),
    (
        lambda: regions.elect_committees(TWO, SIX, agreed={"7": {}}),
        VoteError,
        "agreed names '7', which is not in committees; committees has 1, 2, 3, 4, 5, 6",
    ),
    (
        lambda: regions.elect_committees(TWO, SIX, council_size=30),
        VoteError,
        "council_size is 30; 31 members take part, by the groups",
    ),
    (
        lambda: regions.elect_committees({"a": 15}, SIX, region="Midtjylland"),
        RuleError,
        "groups is 15; a council of 31 can elect when 16 are present (KSL § 11, stk. 2)",
    ),
    (
        lambda: regions.elect_committees(TWO, SIX, region="Jylland"),
        VoteError,
        (
            "region is 'Jylland'; the regions are Østdanmark, Nordjylland, Midtjylland, Syddanmark; "
            "was Nordjylland meant? (OL § 15)"
        ),
    ),
    (
        lambda: regions.elect_committees(TWO, HEALTH, municipal={"Sundhedsråd 1": 7}),
        RuleError,
        (
            'committees["Sundhedsråd 1"] is 7; the regional members are one more than the 7 municipal ones '
            "(RL § 14 d, stk. 4)"
        ),
    ),
    (
        lambda: regions.elect_committees(TWO, SIX, lots=[Draw(["a", "b"], ["a"])]),
        LotError,
        "draw 1, among a, b, is left over: no lot is open for it",
    ),
    (
        lambda: regions.health_council_sizes({"Aarhus": 300_000}, region="Midtjylland"),
        VoteError,
        "inhabitants has no number for 'Randers' of Kronjylland (RL § 14 d, stk. 2)",
    ),
    (
        lambda: regions.health_council_sizes({"A": -1}, councils={"S": ["A"]}),
        VoteError,
        'inhabitants["A"] is -1; a number of inhabitants is a whole number, 0 or more',
    ),
    (
        lambda: regions.health_council_sizes({"A": 1}, councils={}),
        VoteError,
        "councils is {}; give a mapping of sundhedsråd to its municipalities",
    ),
    (
        lambda: regions.municipal_members(80_000, 2021),
        RuleError,
        "year is 2021; the rule RL-14d is known here as: RL § 14 d, stk. 2 from 2025-07-01",
    ),
    (
        lambda: settle(
            attrs.evolve(regions.elect_committees(TWO, SIX).case, claims=[Claim([Transfer("1", "b", "a")])])
        ),
        RuleError,
        "'b' has no seat to give; it has 0 too many (RL § 14 b, stk. 3)",
    ),
]


def test_who_has_a_place_by_office_is_given_by_name(refused: Refused) -> None:
    """A region, a committee and a group are names, one in each spelling."""
    groups, charter = {"Å": 20, "b": 11}, {"Forretningsudvalget": 11, "Miljø": 7}
    assert regions.elect_committees(groups, charter, chair="A\u030a").case.chair == "Å"
    for field in ("region", "executive", "chair", "vice_chair"):
        message = refused(regions.elect_committees, groups, charter, **{field: " "})
        assert message == f"{field} has the name ' '; a name is text that is not blank"


@pytest.mark.parametrize(("call", "error", "message"), REFUSED)
def test_what_is_refused(call: Callable[[], object], error: type[Exception], message: str, refused: Refused) -> None:
    """What a region cannot do is refused, and the message says which field and why."""
    assert refused(call, error=error) == message


@given(
    st.dictionaries(st.sampled_from("abcd"), st.integers(1, 12), min_size=1),
    st.dictionaries(
        st.sampled_from(["Forretningsudvalget", "Sundhedsråd 1", "Sundhedsråd 2", "1", "2", "3"]),
        st.integers(2, 9),
        min_size=1,
    ),
)
def test_every_seat_is_accounted_for(groups: dict[str, int], charter: dict[str, int]) -> None:
    """With every lot drawn each committee has all its seats, and what is claimed is what others have too many."""
    committees = regions.elect_committees(groups, charter, lots=seeded(5))
    assert {name: sum(seats.values()) for name, seats in committees.seats.items()} == charter
    assert settle(committees.case, committees.draws) == committees
    for kind in (committees.health, committees.standing):
        assert kind is None or sum(kind.claims.values()) == sum(kind.excess.values())


@pytest.mark.rule("RL-14b", "RL-8")
@pytest.mark.parametrize(
    ("call", "provision"),
    [
        (lambda: regions.council_size("Østdanmark", 2021), "RL § 8"),
        (
            lambda: regions.apply_claims(
                regions.elect_committees({"a": 22, "b": 19}, dict.fromkeys("1234", 7), day=2024),
                [Transfer("1", "b", "a")],
            ),
            "RL § 36 a",
        ),
    ],
)
def test_an_error_cites_the_law_of_the_day(call: Callable[[], object], provision: str) -> None:
    """What is refused by the law of another day is cited from where it stood then."""
    with pytest.raises(ElectionError) as caught:
        call()
    assert str(caught.value).endswith(f"({provision})")
