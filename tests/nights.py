"""A night that is not over: the small export, with areas that are not counted."""

from copy import deepcopy
from pathlib import Path

from exports import Files, export, write

SOENDERHO = "valgresultater/valgresultater-Kommunalvalg-Øby_Kommune-Sønderho.json"
NORDBY = "valgresultater/valgresultater-Kommunalvalg-Øby_Kommune-Nordby.json"
_KEPT = (
    "Valgart",
    "Valgdag",
    "Kommune",
    "Kommunekode",
    "Afstemningsområde",
    "AfstemningsområdeDagiId",
    "AntalStemmeberettigedeVælgere",
    "FrigivelsesTidspunktUTC",
)


def half_counted() -> Files:
    """Give the export of a night on which one of two areas is counted, preliminarily, and nobody is elected yet."""
    files = deepcopy(export())
    del files["mandatfordeling/mandatfordeling-Kommunalvalg-Øby.json"]
    files[NORDBY]["Resultatart"] = "ForeløbigOptælling"
    uncounted = {key: files[SOENDERHO][key] for key in _KEPT}
    files[SOENDERHO] = {**uncounted, "Resultatart": "IngenResultater", "Kandidatlister": []}
    return files


def web_table(folder: Path, name: str, areas: dict[str, dict[str, int]]) -> Path:
    """Write votes by polling area as the web export of older elections has them."""
    rows = ["Afstemningsområde;Bogstavbetegnelse;Listenavn;Navn;Stemmetal"]
    for number, (area, votes) in enumerate(areas.items(), start=1):
        for letter, count in votes.items():
            rows.append(f"{number}. {area};{letter};Liste {letter};Listestemmer;{count - 1}")
            rows.append(f"{number}. {area};{letter};Liste {letter};{letter}-1;1")
    file = folder / name
    file.write_text("\n".join(rows) + "\n", encoding="utf-8-sig")
    return file


__all__ = ["NORDBY", "SOENDERHO", "half_counted", "web_table", "write"]
