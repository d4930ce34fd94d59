"""Hold the law map against the statutes' own words, where they are at hand.

The environment variable KOMMUNALVALG_STATUTES names a folder of consolidated acts as text, one file an act, with each
section on a line that begins with "§" and each later paragraph (stk.) named. ``statutes.toml`` says which act is which,
of what day, and which sections that speak of elections no rule cites, with the reason.

Each section that a rule cites exists in every act of the days in which the rule stands there, with the paragraph and
number that are cited, and is not repealed; each section that speaks of elections is cited by a rule or has its reason.
The exit status tells whether that is so.
"""

import os
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import attrs

from kommunalvalg.law import LawRule, Provision, rules

TABLE = Path(__file__).with_name("statutes.toml")

ELECTIONS = re.compile(r"(?<!ud)valg|vælge[rs]|forholdstal|mandat|stedfortræder|lodtrækning|kandidat", re.IGNORECASE)
"""Words by which a section speaks of elections; "udvalg", a committee, is none."""

SECTION = r"\d+(?: [a-z])?"
HEAD = re.compile(rf"^§§? ({SECTION})(?:(?: og |-)({SECTION}))?\.", re.MULTILINE)
CITATION = re.compile(
    rf"(?P<statute>[^§]+?) §§? (?P<first>{SECTION})(?:-(?P<last>{SECTION}))?"
    r"(?:, stk\. (?P<stk>\d+)(?:-(?P<to_stk>\d+))?)?(?:, nr\. (?P<nr>\d+)(?:-(?P<to_nr>\d+))?)?"
)


@attrs.frozen
class Act:
    """A consolidated act.

    Attributes:
        statute: what provisions call it.
        name: the file, without its ending.
        day: its day.
        sections: section -> its text.
        lacks: sections that the copy is known to lack.
        extract: that the copy has some sections of the act only.
    """

    statute: str
    name: str
    day: date
    sections: Mapping[str, str]
    lacks: frozenset[str] = frozenset()
    extract: bool = False


@attrs.frozen
class Cited:
    """What a provision cites: sections, and of one of them paragraphs (stk.) and numbers."""

    statute: str
    sections: tuple[str, ...]
    paragraphs: tuple[int, ...]
    numbers: tuple[int, ...]


def sections_of(text: str) -> dict[str, str]:
    r"""Give the sections of an act; where one stands twice, the first is the act's.

    >>> sections_of("§ 1. Valg.\nStk. 2. Mere.\n\n§§ 2 og 3. (Ophævet)\n\n§ 1. Andet.")
    {'1': '§ 1. Valg.\nStk. 2. Mere.', '2': '§§ 2 og 3. (Ophævet)', '3': '§§ 2 og 3. (Ophævet)'}
    """
    heads = list(HEAD.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    found: dict[str, str] = {}
    for head, end in zip(heads, ends, strict=True):
        for section in between(head[1], head[2] or head[1]):
            found.setdefault(section, text[head.start() : end].strip().replace("\N{SOFT HYPHEN}", ""))
    return found


def between(first: str, last: str) -> list[str]:
    """Give the sections from one to another, both included, as far as their names say.

    >>> between("81", "83"), between("14 h", "14 k"), between("62", "62 b")
    (['81', '82', '83'], ['14 h', '14 i', '14 j', '14 k'], ['62', '62 a', '62 b'])
    """
    number, _, letter = first.partition(" ")
    to_number, _, to_letter = last.partition(" ")
    if number != to_number:
        return [str(each) for each in range(int(number), int(to_number) + 1)]
    letters = range(ord(letter or "`"), ord(to_letter or "`") + 1)  # the sign before "a" stands for none
    return [f"{number} {chr(each)}".removesuffix(" `") for each in letters]


def cited_by(provision: str) -> Cited | None:
    """Read a provision; None where it cites no section.

    >>> cited_by("KRVL § 86, stk. 1, nr. 2-3")
    Cited(statute='KRVL', sections=('86',), paragraphs=(1,), numbers=(2, 3))
    """
    match = CITATION.fullmatch(provision)
    if match is None:
        return None

    def numbers(first: str, last: str) -> tuple[int, ...]:
        return tuple(range(int(match[first]), int(match[last] or match[first]) + 1)) if match[first] else ()

    sections = between(match["first"], match["last"] or match["first"])
    return Cited(match["statute"], tuple(sections), numbers("stk", "to_stk"), numbers("nr", "to_nr"))


def repealed(text: str) -> bool:
    """Tell whether a section is repealed, and not one of its paragraphs alone.

    >>> repealed("§ 35. (Ophævet)"), repealed("§ 29. Valget. Stk. 2. (Ophævet)")
    (True, False)
    """
    return text.endswith("(Ophævet)") and "Stk. " not in text


def acts_of(provision: Provision, acts: Iterable[Act]) -> list[Act]:
    """Give the acts of a provision's days; where none is of them, the last one before."""
    ordered = sorted(acts, key=lambda act: act.day)
    within = [act for act in ordered if provision.holds_on(act.day)]
    before = [act for act in ordered if provision.since is not None and act.day < provision.since]
    return within or before[-1:]


def wrong(cited: Cited, act: Act) -> Iterator[str]:
    """Say what an act does not have of what is cited."""
    for section in cited.sections:
        text = act.sections.get(section)
        if text is None:
            if section not in act.lacks:
                yield f"§ {section} is not there"
        elif repealed(text):
            yield f"§ {section} is repealed"
        else:
            for paragraph in cited.paragraphs:
                if paragraph > 1 and not re.search(rf"\bStk\. {paragraph}\b", text):
                    yield f"§ {section} has no stk. {paragraph}"
            for number in cited.numbers:
                if not re.search(rf"(?<!\d){number}\) ", text):
                    yield f"§ {section} has no nr. {number}"


@attrs.frozen
class Check:
    """What came out.

    Attributes:
        faults: what is wrong, a line each.
        cited: act -> the sections of it that rules cite.
        checked: how many provisions were held against an act.
        apart: what no act at hand has: provisions of other texts.
    """

    faults: tuple[str, ...]
    cited: Mapping[str, set[str]]
    checked: int
    apart: tuple[str, ...]


def check_citations(known: Mapping[str, LawRule], acts: Iterable[Act]) -> Check:
    """Hold each provision of each rule against the acts of its days."""
    acts = list(acts)
    statutes = {act.statute for act in acts}
    faults: list[str] = []
    apart: list[str] = []
    found: dict[str, set[str]] = {act.name: set() for act in acts}
    checked = 0
    for rule_id, law_rule in known.items():
        for provision in law_rule.provisions:
            cited = cited_by(provision.text)
            if cited is None or cited.statute not in statutes:
                apart.append(f"{rule_id}: {provision.text}")
                continue
            checked += 1
            held = acts_of(
                provision,
                [
                    act
                    for act in acts
                    if act.statute == cited.statute and (not act.extract or set(cited.sections) <= set(act.sections))
                ],
            )
            if not held:
                faults.append(f"{rule_id}: {provision} is in no act at hand")
            for act in held:
                faults += [f"{rule_id}: {provision}: {what} in {act.name}" for what in wrong(cited, act)]
                found[act.name] |= set(cited.sections)
    return Check(tuple(faults), found, checked, tuple(apart))


@attrs.frozen
class Apart:
    """Sections that speak of elections and that no rule cites, with the reason."""

    statute: str
    sections: tuple[str, ...]
    reason: str


def uncited(acts: Iterable[Act], cited: Mapping[str, set[str]]) -> dict[tuple[str, str], list[str]]:
    """Give the sections that speak of elections and that no rule cites: statute and section -> the acts."""
    found: dict[tuple[str, str], list[str]] = {}
    for act in acts:
        for section, text in act.sections.items():
            if section not in cited[act.name] and ELECTIONS.search(text) and not repealed(text):
                found.setdefault((act.statute, section), []).append(act.name)
    return found


def check_reasons(left: Mapping[tuple[str, str], list[str]], reasons: Iterable[Apart]) -> Iterator[str]:
    """Say which of the sections left have no reason, and which reasons are for sections that need none."""
    given = {(apart.statute, section) for apart in reasons for section in apart.sections}
    for (statute, section), names in left.items():
        if (statute, section) not in given:
            yield f"{statute} § {section} speaks of elections, and no rule cites it ({', '.join(names)})"
    for statute, section in sorted(given - set(left)):
        yield f"statutes.toml: {statute} § {section} needs no reason: a rule cites it, or it speaks of no election"


def read_table(folder: Path, table: Mapping[str, Any]) -> tuple[list[Act], list[Apart]]:
    """Read the acts that a table names, and its reasons."""
    acts = [
        Act(
            entry["statute"],
            entry["file"],
            entry["day"],
            sections_of((folder / f"{entry['file']}.txt").read_text(encoding="utf-8")),
            frozenset(entry.get("lacks", [])),
            entry.get("extract", False),
        )
        for entry in table["acts"]
    ]
    reasons = [
        Apart(
            entry["statute"],
            tuple(
                section
                for part in entry["sections"].split(", ")
                for section in between(part.partition("-")[0], part.partition("-")[2] or part)
            ),
            entry["reason"],
        )
        for entry in table["apart"]
    ]
    return acts, reasons


def main() -> int:
    """Print what was checked and what is wrong; the exit status tells whether anything is."""
    folder = os.environ.get("KOMMUNALVALG_STATUTES", "")
    if not folder or not Path(folder).is_dir():
        print(f"KOMMUNALVALG_STATUTES is {folder!r}; it names the folder of the statutes' words. Nothing was checked.")
        return 2
    acts, reasons = read_table(Path(folder), tomllib.loads(TABLE.read_text(encoding="utf-8")))
    check = check_citations(rules(), acts)
    faults = [*check.faults, *check_reasons(uncited(acts, check.cited), reasons)]
    print(f"{check.checked} provisions of {len(rules())} rules were held against {len(acts)} acts.")
    print(f"Of other texts, not held against any: {len(check.apart)} provisions.")
    print("Sections that speak of elections and that no rule cites:")
    for apart in reasons:
        print(f"  {apart.statute} §§ {', '.join(apart.sections)}: {apart.reason}")
    print("\n".join(faults) or "Every section that is cited is there, and every other one has its reason.")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
