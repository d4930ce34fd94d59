"""Measure how far forecasts of a night are off, by holding out areas of 2025 that are counted.

    python tools/measure_night.py EXPORT [--write]

EXPORT is the official export of 2025. Of every council with at least six areas a part is taken as counted, the smallest
areas first, as on the night, and the forecast of the rest is held against the final count; of København also with the
election of 2021 by polling area. Then the time is taken that a night of all councils
needs, a quarter of the areas counted. --write puts both into docs/examples/night.md and night-time.md.
"""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean
from time import process_time

from attrs import evolve

from kommunalvalg import data
from kommunalvalg.analysis.cases import standing_of, with_votes
from kommunalvalg.council.election import CouncilElection
from kommunalvalg.elections.polling import Count, PollingArea, PollingAreas
from kommunalvalg.elections.previous import Earlier
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.report.half_circles import half_circle_svg
from kommunalvalg.report.night import council_night
from kommunalvalg.report.rendering import page
from kommunalvalg.simulation.night import the_night

ROOT = Path(__file__).parent.parent
PAGE, TIME = ROOT / "docs" / "examples" / "night.md", ROOT / "docs" / "examples" / "night-time.md"
PARTS = (10, 25, 50, 75)
FEWEST = 6
DRAWN = 500
TIMES = 5


def koebenhavn_2021() -> Earlier:
    """Read København 2021 by polling area."""
    with (ROOT / "tests" / "kv2021-koebenhavn.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    areas = tuple(
        PollingArea(row.pop("area"), Count.FINAL, FrozenDict({letter: int(votes) for letter, votes in row.items()}))
        for row in rows
    )
    votes = {key: sum(area.votes[key] for area in areas) for key in areas[0].votes}
    return Earlier(name="kv2021", votes=FrozenDict(votes), areas=PollingAreas(areas, len(areas)))


def held_out(areas: PollingAreas, part: int) -> PollingAreas:
    """Take the smallest areas for counted, so many per cent of them, and the others for not counted."""
    order = sorted(areas.areas, key=lambda area: area.cast)
    counted = {area.name for area in order[: max(1, len(order) * part // 100)]}
    night = (
        area if area.name in counted else evolve(area, count=Count.MISSING, votes=FrozenDict({}), cast=0)
        for area in areas.areas
    )
    return evolve(areas, areas=tuple(night))


def errors(election: CouncilElection, areas: PollingAreas, before: PollingAreas | None, part: int) -> tuple[float, ...]:
    """Give how far the count so far and the forecast are off, in points and seats, and how often the range held."""
    case, night = election.distribution, held_out(areas, part)
    sofar = {key: sum(area.get(key, 0) for area in night.votes) for key in case.votes}
    found = the_night(election, night, before, n=DRAWN, seed=1)
    final = standing_of(case).certain
    points, seats = [], []
    for votes in (sofar, found.expected.votes):
        shares = [
            100 * (votes[key] / sum(votes.values()) - case.votes[key] / sum(case.votes.values())) for key in votes
        ]
        points.append(fmean(map(abs, shares)))
        standing = standing_of(with_votes(case, votes)).certain
        seats.append(sum(abs(standing[key] - final[key]) for key in final) / 2)
    held = fmean(_within(found.simulated, key, final[key]) for key in final) if found.simulated else 1.0
    return points[0], points[1], seats[0], seats[1], held


def _within(simulated: object, key: str, seats: int) -> bool:
    from kommunalvalg.report.simulation import spread  # noqa: PLC0415 - a report's

    low, high = spread(simulated.distribution[key].items())  # type: ignore[attr-defined]
    return low is not None and high is not None and low <= seats <= high


def rows(export: data.Export) -> Iterator[tuple[str, int, tuple[float, ...]]]:
    """Give what is measured: what, the part that is counted, the figures."""
    councils = [name for name, areas in export.areas.items() if areas.number >= FEWEST]
    for part in PARTS:
        every = [errors(export[name], export.areas[name], None, part) for name in councils]
        yield f"{len(councils)} councils, areas counted so far", part, tuple(map(fmean, zip(*every, strict=True)))
    name = next(name for name in export if name.startswith("København"))
    before = koebenhavn_2021().by_lists_of(export[name]).areas
    for said, areas in (("København, areas counted so far", None), ("København, swing since 2021", before)):
        for part in PARTS:
            yield said, part, errors(export[name], export.areas[name], areas, part)


def seconds(folder: str) -> tuple[float, float, float]:
    """Give the least times of one processor in which all councils are read, computed as the command does, and told."""
    every = []
    for _ in range(TIMES):
        at = [process_time()]
        export = data.read_valgdk(folder, partial=True)
        at.append(process_time())
        night = [(election, held_out(export.areas[name], PARTS[1])) for name, election in export.items()]
        at.append(process_time())
        found = [the_night(election, areas) for election, areas in night]
        at.append(process_time())
        for each in found:
            page(council_night(each), "da", picture=half_circle_svg(each.result, "da"))
        every.append((at[1] - at[0], at[3] - at[2], process_time() - at[3]))
    read, computed, told = map(min, zip(*every, strict=True))
    return read, computed, told


def main() -> None:
    """Measure, and print or write the table."""
    words = [word for word in sys.argv[1:] if word != "--write"]
    if len(words) != 1:
        raise SystemExit(__doc__)
    headings = ("Forecast by", "Areas counted", "Points off so far", "forecast", "Seats off so far", "forecast", "Held")
    lines = [f"| {' | '.join(headings)} |", "|---|--:|--:|--:|--:|--:|--:|"]
    for said, part, (so_far, points, seats_so_far, seats, held) in rows(data.read_valgdk(words[0])):
        figures = (f"{part} %", f"{so_far:.2f}", f"{points:.2f}", f"{seats_so_far:.1f}", f"{seats:.1f}", f"{held:.0%}")
        lines.append(f"| {' | '.join((said, *figures))} |")
        print(lines[-1])
    read, computed, told = seconds(words[0])
    time = (
        f"All 98 councils of a night with a quarter of the areas counted are read in {read:.1f} seconds of one "
        f"processor, computed with 2,000 drawings each in {computed:.1f}, and told on a page each in {told:.1f}."
    )
    print(time)
    if "--write" in sys.argv:
        PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")
        TIME.write_text(time + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
