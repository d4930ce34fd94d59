"""Write the official export of Glostrup 2025 as it was on the night, with so many of its six polling areas counted.

    python make_night.py glostrup-2-of-6.zip 2

The figures of the areas are those of valg.dk; candidates go by their places, and all votes stand as votes for lists.
"""
# ruff: noqa: INP001 - an example beside the documentation is not a package

import csv
import json
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile, ZipInfo

from kommunalvalg import data

_ELECTION = {"Valgart": "Kommunalvalg", "Valgdag": "18-11-2025"}
_KOMMUNE = {"Kommune": "Glostrup Kommune", "Kommunekode": 161}


def make_night(counted: int) -> dict[str, Any]:
    """Give the files of the export by name, the smallest areas counted first."""
    with (Path(__file__).parent / "glostrup-2025.csv").open(encoding="utf-8", newline="") as file:
        areas = list(csv.DictReader(file, delimiter=";"))
    files = {"kandidat-data/kandidat-data-Kommunalvalg-Glostrup.json": _who_stands()}
    for number, area in enumerate(areas):
        name = f"valgresultater/valgresultater-Kommunalvalg-Glostrup_Kommune-{area['area']}.json"
        files[name] = {
            **_ELECTION,
            **_KOMMUNE,
            "FrigivelsesTidspunktUTC": "18-11-2025 21:00:00",
            "Afstemningsområde": area["area"],
            "AfstemningsområdeDagiId": number + 1,
            "AntalStemmeberettigedeVælgere": int(area["eligible"]),
            **(_what_was_counted(area) if number < counted else _NOT_COUNTED),
        }
    return files


_NOT_COUNTED = {"Resultatart": "IngenResultater", "AfgivneStemmer": 0, "Kandidatlister": []}


def _who_stands() -> dict[str, Any]:
    glostrup = data.council("kv2025", "Glostrup")
    lists = [
        {
            "KandidatlisteId": a_list.key,
            "Stemmeseddelsplacering": place,
            "Bogstavbetegnelse": a_list.letter,
            "Navn": a_list.name,
            "Opstillingsform": str(a_list.form).capitalize(),
            "Kandidater": [
                {"Stemmeseddelsplacering": n, "Id": candidate.name, "Navn": candidate.name}
                for n, candidate in enumerate(a_list.candidates, start=1)
            ],
        }
        for place, a_list in enumerate(glostrup.lists, start=1)
    ]
    alliances = [{"ValgforbundId": "+".join(each), "KandidatlisteId": list(each)} for each in glostrup.alliances]
    return {**_ELECTION, "Kommune": "Glostrup", "Valgforbund": alliances, "Kandidatlister": lists}


def _what_was_counted(area: dict[str, str]) -> dict[str, Any]:
    glostrup = data.council("kv2025", "Glostrup")
    return {
        "Resultatart": "ForeløbigOptælling",
        "AfgivneStemmer": int(area["cast"]),
        "GyldigeStemmer": sum(int(area[a_list.key]) for a_list in glostrup.lists),
        "UgyldigeStemmerUdoverBlanke": int(area["invalid"]),
        "BlankeUgyldigeFremmødteStemmer": int(area["blank"]),
        "BlankeUgyldigeBrevstemmer": 0,
        "Kandidatlister": [
            {
                "KandidatlisteId": a_list.key,
                "Bogstavbetegnelse": a_list.letter,
                "Stemmer": int(area[a_list.key]),
                "Listestemmer": int(area[a_list.key]),
                "Kandidater": [],
            }
            for a_list in glostrup.lists
        ],
    }


def main() -> None:
    """Write the archive; its files have one and the same day, so that it is the same each time."""
    file, counted = sys.argv[1:]
    with ZipFile(file, "w") as archive:
        for name, says in make_night(int(counted)).items():
            entry = ZipInfo(name, (2025, 11, 18, 21, 0, 0))
            archive.writestr(entry, json.dumps(says, ensure_ascii=False), compress_type=8, compresslevel=9)


if __name__ == "__main__":
    main()
