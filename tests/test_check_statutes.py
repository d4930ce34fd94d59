"""The tool that holds the law map against the statutes' own words."""

import doctest
import sys
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kommunalvalg.law import Evidence, LawRule, Provision

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))
import check_statutes
import citations
from check_statutes import Act, Check, acts_of, check_citations, check_reasons, read_table, sections_of, uncited, wrong

OLD = """# A made-up act
§ 1. Rådet vælges.
Stk. 2. Valget er frit.

§ 1 a. Her er et udvalg.

§ 2. Der er
  1) én vælger,
  2) to vælgere.

§ 3. Mandaterne fordeles.

§ 2. Et andet ord om valg.
"""
NEW = """# The same, later
§ 1. Rådet vælges.

§§ 2 og 3. (Ophævet)

§ 4. Lod\N{SOFT HYPHEN}trækning.
Stk. 2. (Ophævet)
"""


def act(name: str, text: str, day: date, **kinds: Any) -> Act:  # noqa: ANN401 - as Act has them
    """A made-up act called X."""
    return Act("X", name, day, sections_of(text), **kinds)


ACTS = [act("old", OLD, date(2010, 1, 1)), act("new", NEW, date(2020, 1, 1))]


def checked(*provisions: Provision) -> Check:
    """What comes out for a rule that stands there."""
    rule = LawRule("X-1", "t", "d", "w", "w", provisions, (Evidence("text"),), ())
    return check_citations({"X-1": rule}, ACTS)


@pytest.mark.parametrize("tool", [check_statutes, citations])
def test_examples_of_the_tools_hold(tool: ModuleType) -> None:
    """The examples in the docstrings of the tools run, as those of the library do."""
    held = doctest.testmod(tool, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert (held.failed, held.attempted > 0) == (0, True)


def test_sections_are_read_and_the_first_of_two_counts() -> None:
    """A section goes to the next; where a copy has one twice, the first is the act's; soft hyphens are no letters."""
    sections = sections_of(OLD)
    assert list(sections) == ["1", "1 a", "2", "3"]
    assert sections["2"].endswith("2) to vælgere.")
    assert list(sections_of(NEW)) == ["1", "2", "3", "4"]
    assert "Lodtrækning" in sections_of(NEW)["4"]


@pytest.mark.parametrize(
    ("provision", "faults"),
    [
        (Provision("X § 1"), ()),
        (Provision("X § 1, stk. 2", until=date(2019, 12, 31)), ()),
        (Provision("X § 1, stk. 2"), ("X-1: X § 1, stk. 2: § 1 has no stk. 2 in new",)),
        (Provision("X § 2, stk. 1, nr. 1-2", until=date(2019, 12, 31)), ()),
        (
            Provision("X § 2, stk. 1, nr. 3", until=date(2019, 12, 31)),
            ("X-1: X § 2, stk. 1, nr. 3 until 2019: § 2 has no nr. 3 in old",),
        ),
        (Provision("X § 3"), ("X-1: X § 3: § 3 is repealed in new",)),
        (Provision("X § 4, stk. 2", since=date(2020, 1, 1)), ()),
        (Provision("X § 4"), ("X-1: X § 4: § 4 is not there in old",)),
        (
            Provision("X §§ 1-4", until=date(2019, 12, 31)),
            ("X-1: X §§ 1-4 until 2019: § 4 is not there in old",),
        ),
        (Provision("X § 3", until=date(2009, 12, 31)), ("X-1: X § 3 until 2009 is in no act at hand",)),
    ],
)
def test_what_is_cited_is_in_the_acts_of_its_days(provision: Provision, faults: tuple[str, ...]) -> None:
    """A section, paragraph or number that an act of those days lacks, and a repealed section, are each said."""
    assert checked(provision).faults == faults


def test_a_day_after_the_last_act_is_held_against_the_last() -> None:
    """A change that came after every act at hand is held against the act that it changed."""
    assert [each.name for each in acts_of(Provision("X § 1", since=date(2026, 1, 1)), ACTS)] == ["new"]
    assert checked(Provision("X § 1", since=date(2026, 1, 1))).faults == ()


def test_what_is_no_section_of_an_act_is_told_apart() -> None:
    """Statutes of an association and an agenda are held against no act, and are not passed over in silence."""
    check = checked(Provision("KL's vedtægter § 6"), Provision("An agenda, item 1.7"), Provision("X § 1"))
    assert check.apart == ("X-1: KL's vedtægter § 6", "X-1: An agenda, item 1.7")
    assert check.checked == 1


def test_known_gaps_of_a_copy_are_no_faults() -> None:
    """A section that a copy is known to lack is not missed; of an extract only what it has is."""
    cited = check_statutes.cited_by("X § 9")
    assert cited is not None
    assert list(wrong(cited, act("gap", OLD, date(2010, 1, 1), lacks=frozenset({"9"})))) == []
    extract = act("part", "§ 7. Valg.", date(2021, 1, 1), extract=True)
    rule = LawRule("X-1", "t", "d", "w", "w", (Provision("X § 1"),), (Evidence("text"),), ())
    assert check_citations({"X-1": rule}, [*ACTS, extract]).faults == ()


def test_a_section_on_elections_is_cited_or_has_its_reason() -> None:
    """A committee is no election; a section that nobody cites needs a reason, and no other has one."""
    left = uncited(ACTS, {"old": {"1"}, "new": {"1"}})
    assert left == {("X", "2"): ["old"], ("X", "3"): ["old"], ("X", "4"): ["new"]}
    reasons = [check_statutes.Apart("X", ("1 a", "2", "4"), "no computation")]
    assert list(check_reasons(left, reasons)) == [
        "X § 3 speaks of elections, and no rule cites it (old)",
        "statutes.toml: X § 1 a needs no reason: a rule cites it, or it speaks of no election",
    ]


def test_a_table_names_the_acts_and_the_reasons(tmp_path: Path) -> None:
    """Acts are read from the folder, and ranges of sections are written out."""
    (tmp_path / "old.txt").write_text(OLD, encoding="utf-8")
    table = {
        "acts": [{"statute": "X", "file": "old", "day": date(2010, 1, 1)}],
        "apart": [{"statute": "X", "sections": "1, 2-3, 4 a-4 c", "reason": "none"}],
    }
    acts, reasons = read_table(tmp_path, table)
    assert acts == ACTS[:1]
    assert reasons[0].sections == ("1", "2", "3", "4 a", "4 b", "4 c")


@pytest.mark.parametrize("folder", ["", "/no/such/folder"])
def test_without_the_statutes_nothing_is_said_to_agree(
    folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the words are not at hand the tool says so, and does not end well."""
    monkeypatch.setenv("KOMMUNALVALG_STATUTES", folder)
    assert check_statutes.main() == 2
    assert "Nothing was checked." in capsys.readouterr().out


def test_the_tool_tells_what_it_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong is printed and ends the run with 1; a sound map ends it with 0."""
    (tmp_path / "x.txt").write_text(NEW, encoding="utf-8")
    table = tmp_path / "statutes.toml"
    acts = 'acts = [{ statute = "X", file = "x", day = 2020-01-01 }]\n'
    monkeypatch.setattr(check_statutes, "TABLE", table)
    monkeypatch.setenv("KOMMUNALVALG_STATUTES", str(tmp_path))
    table.write_text(acts + "apart = []", encoding="utf-8")
    assert check_statutes.main() == 1
    assert "X § 1 speaks of elections, and no rule cites it (x)" in capsys.readouterr().out
    table.write_text(acts + 'apart = [{ statute = "X", sections = "1, 4", reason = "made up" }]', encoding="utf-8")
    assert check_statutes.main() == 0
    assert "X §§ 1, 4: made up" in capsys.readouterr().out
