"""Write a small export in the form of the official one: Nyby, a made-up council of nine seats and two polling areas.

    python make_export.py FOLDER

With it come five files that do not belong to the result, such as the official export has or may have.
"""
# ruff: noqa: INP001 - an example beside the documentation is not a package

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

Files = dict[str, Any]

STANDS = "kandidat-data/kandidat-data-Kommunalvalg-Nyby.json"
NORD = "valgresultater/valgresultater-Kommunalvalg-Nyby_Kommune-Nord.json"
SYD = "valgresultater/valgresultater-Kommunalvalg-Nyby_Kommune-Syd.json"
MANDATES = "mandatfordeling/mandatfordeling-Kommunalvalg-Nyby.json"

_ELECTION = {"Valgart": "Kommunalvalg", "Valgdag": "18-11-2025"}
_FORMS = {"A": "Sideordnet", "B": "Partiliste", "C": "Sideordnet"}
# Of each list in each area: the list votes, then the candidates' personal votes.
_VOTES = {
    NORD: {"A": [52, 120, 61, 40, 22, 15, 6], "B": [75, 30, 12, 25], "C": [20, 48, 51, 9]},
    SYD: {"A": [31, 64, 38, 52, 11, 17, 4], "B": [48, 22, 9, 31], "C": [12, 17, 25, 6]},
}
_AREAS = {NORD: ("Nord", 1), SYD: ("Syd", 2)}
_ELECTED = ["A-1", "B-1", "A-2", "C-2", "A-3", "B-2", "A-4", "C-1", "A-5"]
_RANKS = {"A-1": 1, "A-2": 2, "A-3": 3, "A-4": 4, "A-5": 5, "B-1": 1, "B-2": 2, "C-2": 1, "C-1": 2}
_SUBSTITUTES = {"A": ["A-6"], "B": ["B-3"], "C": ["C-3"]}


def make_export() -> Files:
    """Give the files by name, as Python values."""
    files: Files = {STANDS: _who_stands(), MANDATES: _who_is_elected()}
    for name in _VOTES:
        files[name] = _what_was_counted(name)
    test_file = NORD.replace("Nord", "Nord-010820251217")
    files[test_file] = {**files[NORD], "Valgdag": "06-08-2025"}
    early = MANDATES.replace("Nyby", "Nyby-190820250643")
    files[early] = {**files[MANDATES], "FrigivelsesTidspunktUTC": "19-08-2025 06:43:34"}
    files[NORD.replace("Nord", "Nord-181120252210")] = {**files[NORD], "Resultatart": "ForeløbigOptælling"}
    files[STANDS.replace("Kommunalvalg", "Regionsrådsvalg")] = {**files[STANDS], "Valgart": "Regionsrådsvalg"}
    files[STANDS.replace("json", "hash")] = b"\x01\xfe"
    return files


def write(files: Files, folder: str | Path) -> Path:
    """Write the files below a folder, and return it."""
    for name, contents in files.items():
        file = Path(folder) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        content = contents if isinstance(contents, bytes) else json.dumps(contents, ensure_ascii=False).encode()
        file.write_bytes(content)
    return Path(folder)


_folders: list[TemporaryDirectory[str]] = []


def written(files: Files) -> Path:
    """Write the files to a folder that is there as long as the program runs."""
    _folders.append(TemporaryDirectory())
    return write(files, _folders[-1].name)


def _who_stands() -> Files:
    return {
        **_ELECTION,
        "Kommune": "Nyby",
        "Valgforbund": [{"ValgforbundId": "vf-1", "Navn": "Valgforbund B - C", "KandidatlisteId": ["id-B", "id-C"]}],
        "Kandidatlister": [
            {
                "KandidatlisteId": f"id-{letter}",
                "Stemmeseddelsplacering": place,
                "Bogstavbetegnelse": letter,
                "Navn": f"Liste {letter}",
                "Opstillingsform": form,
                "Kandidater": [
                    {"Stemmeseddelsplacering": number, "Id": f"id-{letter}-{number}", "Navn": f"{letter}-{number}"}
                    for number in range(1, len(_VOTES[NORD][letter]))
                ],
            }
            for place, (letter, form) in enumerate(_FORMS.items(), start=1)
        ],
    }


def _what_was_counted(name: str) -> Files:
    area, dagi_id = _AREAS[name]
    valid = sum(map(sum, _VOTES[name].values()))
    return {
        **_ELECTION,
        "FrigivelsesTidspunktUTC": "19-11-2025 13:00:00",
        "Kommune": "Nyby Kommune",
        "Kommunekode": 999,
        "Afstemningsområde": area,
        "AfstemningsområdeDagiId": dagi_id,
        "Resultatart": "Fintælling",
        "AntalStemmeberettigedeVælgere": 800,
        "AfgivneStemmer": valid + 6,
        "GyldigeStemmer": valid,
        "BlankeUgyldigeFremmødteStemmer": 3,
        "BlankeUgyldigeBrevstemmer": 1,
        "UgyldigeStemmerUdoverBlanke": 2,
        "Kandidatlister": [
            {
                "KandidatlisteId": f"id-{letter}",
                "Bogstavbetegnelse": letter,
                "Stemmer": list_votes + sum(personal),
                "Listestemmer": list_votes,
                "Kandidater": [
                    {"Id": f"id-{letter}-{number}", "Stemmer": votes} for number, votes in enumerate(personal, start=1)
                ],
            }
            for letter, (list_votes, *personal) in _VOTES[name].items()
        ],
    }


def _who_is_elected() -> Files:
    return {
        **_ELECTION,
        "FrigivelsesTidspunktUTC": "19-11-2025 15:00:00",
        "Kommune": "Nyby",
        "Kommunekode": 999,
        "Resultatart": "Fintælling",
        "ListeMandater": [
            {"Nummer": number, "KandidatlisteId": f"id-{who[0]}"} for number, who in enumerate(_ELECTED, start=1)
        ],
        "PersonligeMandater": [
            {
                "Nummer": number,
                "NummerAnførtPåListen": _RANKS[who],
                "KandidatId": f"id-{who}",
                "KandidatlisteId": f"id-{who[0]}",
            }
            for number, who in enumerate(_ELECTED, start=1)
        ],
        "Kandidatliste": [
            {
                "KandidatlisteId": f"id-{letter}",
                "Stedfortrædere": [
                    {"Nummer": number, "KandidatId": f"id-{who}"} for number, who in enumerate(names, start=1)
                ],
            }
            for letter, names in _SUBSTITUTES.items()
        ],
        "BaseretPåOptællinger": [{"AfstemningsområdeDagiId": dagi_id} for _, dagi_id in _AREAS.values()],
    }


if __name__ == "__main__":
    write(make_export(), sys.argv[1])
