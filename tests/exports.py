"""A small official export to spoil: one council, two polling areas, one valgforbund."""

import json
from pathlib import Path
from typing import Any

from kommunalvalg.elections.embedded import CouncilRow

Files = dict[str, Any]

_PEOPLE = {"list-a": ["a1", "a2", "a3"], "list-b": ["b1", "b2"], "list-c": ["c1"]}
_VOTES = {
    "Nordby": {"list-a": (10, [30, 5, 2]), "list-b": (4, [6, 6]), "list-c": (1, [9])},
    "Sønderho": {"list-a": (3, [8, 1, 0]), "list-b": (2, [4, 3]), "list-c": (0, [5])},
}
_AREAS = {"Nordby": 702962, "Sønderho": 710532}
_ELECTED = [("a1", 1), ("b1", 1), ("a2", 2), ("c1", 1), ("a3", 3)]
_BASICS = {"Valgart": "Kommunalvalg", "Valgdag": "18-11-2025"}


def export() -> Files:
    """Give the files of the export by name."""
    files: Files = {
        "kandidat-data/kandidat-data-Kommunalvalg-Øby.json": {
            **_BASICS,
            "Kommune": "Øby",
            "Valgforbund": [{"ValgforbundId": "v", "Navn": "Beta", "KandidatlisteId": ["list-c", "list-b"]}],
            "Kandidatlister": [
                {
                    "KandidatlisteId": key,
                    "Stemmeseddelsplacering": place,
                    "Bogstavbetegnelse": key[-1].upper(),
                    "Navn": f"Liste {key[-1].upper()}",
                    "Opstillingsform": "Partiliste" if key == "list-b" else "Sideordnet",
                    "Kandidater": [
                        {"Stemmeseddelsplacering": n, "Id": person, "Navn": f"Navn {person}"}
                        for n, person in reversed(list(enumerate(people, start=1)))
                    ],
                }
                for place, (key, people) in reversed(list(enumerate(_PEOPLE.items(), start=1)))
            ],
        },
        "mandatfordeling/mandatfordeling-Kommunalvalg-Øby.json": {
            **_BASICS,
            "FrigivelsesTidspunktUTC": "19-11-2025 16:00:00",
            "Kommune": "Øby",
            "Kommunekode": 999,
            "Resultatart": "Fintælling",
            "ListeMandater": [
                {"Nummer": n, "KandidatlisteId": f"list-{key}"} for n, key in enumerate("aabac", start=1)
            ],
            "PersonligeMandater": [
                {"Nummer": number, "NummerAnførtPåListen": rank, "KandidatId": who, "KandidatlisteId": f"list-{who[0]}"}
                for number, (who, rank) in enumerate(_ELECTED, start=1)
            ],
            "Kandidatliste": [{"KandidatlisteId": "list-b", "Stedfortrædere": [{"Nummer": 1, "KandidatId": "b2"}]}],
            "BaseretPåOptællinger": [{"AfstemningsområdeDagiId": area} for area in _AREAS.values()],
        },
    }
    for area, votes in _VOTES.items():
        valid = sum(list_votes + sum(personal) for list_votes, personal in votes.values())
        files[f"valgresultater/valgresultater-Kommunalvalg-Øby_Kommune-{area}.json"] = {
            **_BASICS,
            "FrigivelsesTidspunktUTC": "19-11-2025 15:00:00",
            "Kommune": "Øby Kommune",
            "Kommunekode": 999,
            "Afstemningsområde": area,
            "AfstemningsområdeDagiId": _AREAS[area],
            "Resultatart": "Fintælling",
            "AfgivneStemmer": valid + 6,
            "GyldigeStemmer": valid,
            "UgyldigeStemmerUdoverBlanke": 1,
            "BlankeUgyldigeFremmødteStemmer": 3,
            "BlankeUgyldigeBrevstemmer": 2,
            "AntalStemmeberettigedeVælgere": 200,
            "Kandidatlister": [
                {
                    "KandidatlisteId": key,
                    "Bogstavbetegnelse": key[-1].upper(),
                    "Navn": key,
                    "Stemmer": list_votes + sum(personal),
                    "Listestemmer": list_votes,
                    "Kandidater": [
                        {"Id": person, "Stemmer": count} for person, count in zip(_PEOPLE[key], personal, strict=True)
                    ],
                }
                for key, (list_votes, personal) in votes.items()
            ],
        }
    return files


def made(council: CouncilRow) -> Files:
    """Give an export of a council of the package, in one polling area, with all that is numbered in reverse.

    A candidate's name is the key that the package has for it.
    """
    basics: dict[str, Any] = {**_BASICS, "FrigivelsesTidspunktUTC": "19-11-2025 16:00:00", "Kommune": council.name}
    basics |= {"Kommunekode": council.code, "Resultatart": "Fintælling"}
    stands: list[dict[str, Any]] = []
    votes: list[dict[str, Any]] = []
    substitutes: list[dict[str, Any]] = []
    lists_of_seats: list[dict[str, Any]] = []
    people_of_seats: list[dict[str, Any]] = []
    alliances: dict[int, list[str]] = {}
    for number, its in enumerate(council.lists, start=1):
        key = f"{council.code}-{its.letter}"
        people = {place: f"{key}-{place}" for place in range(1, len(its.personal) + 1)}
        named = {"KandidatlisteId": key, "Bogstavbetegnelse": its.letter, "Navn": its.name}
        standing = [{"Stemmeseddelsplacering": n, "Id": who, "Navn": f"{its.letter}-{n}"} for n, who in people.items()]
        form = {"s": "Sideordnet", "p": "Partiliste"}[its.form]
        stands.append(
            {**named, "Stemmeseddelsplacering": number, "Opstillingsform": form, "Kandidater": standing[::-1]}
        )
        counted = [{"Id": people[n], "Stemmer": count} for n, count in enumerate(its.personal, start=1)]
        votes.append({**named, "Stemmer": its.votes, "Listestemmer": its.list_votes, "Kandidater": counted[::-1]})
        for rank, (place, seat) in enumerate(its.elected, start=1):
            lists_of_seats.append({"Nummer": seat, "KandidatlisteId": key})
            elected = {"Nummer": seat, "NummerAnførtPåListen": rank, "KandidatId": people[place]}
            people_of_seats.append({**elected, "KandidatlisteId": key})
        order = [{"Nummer": rank, "KandidatId": people[n]} for rank, n in enumerate(its.substitutes, start=1)]
        substitutes.append({"KandidatlisteId": key, "Stedfortrædere": order[::-1]})
        if its.alliance:
            alliances.setdefault(its.alliance, []).append(key)
    return {
        f"kandidat-data/kandidat-data-Kommunalvalg-{council.name}.json": {
            **_BASICS,
            "Kommune": council.name,
            "Valgforbund": [
                {"ValgforbundId": str(number), "Navn": str(number), "KandidatlisteId": keys}
                for number, keys in alliances.items()
            ],
            "Kandidatlister": stands[::-1],
        },
        f"mandatfordeling/mandatfordeling-Kommunalvalg-{council.name}.json": {
            **basics,
            "ListeMandater": lists_of_seats,
            "PersonligeMandater": people_of_seats,
            "Kandidatliste": substitutes[::-1],
            "BaseretPåOptællinger": [{"AfstemningsområdeDagiId": council.code}],
        },
        f"valgresultater/valgresultater-Kommunalvalg-{council.name}-Alle.json": {
            **basics,
            "Afstemningsområde": "Alle",
            "AfstemningsområdeDagiId": council.code,
            "AfgivneStemmer": council.cast,
            "GyldigeStemmer": council.valid,
            "UgyldigeStemmerUdoverBlanke": council.invalid,
            "BlankeUgyldigeFremmødteStemmer": council.blank,
            "BlankeUgyldigeBrevstemmer": 0,
            "AntalStemmeberettigedeVælgere": council.eligible,
            "Kandidatlister": votes[::-1],
        },
    }


def write(files: Files, folder: Path) -> Path:
    """Write the files below a folder."""
    for name, contents in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(contents if isinstance(contents, bytes) else json.dumps(contents).encode())
    return folder
