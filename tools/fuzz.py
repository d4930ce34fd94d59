"""Throw spoiled inputs at everything that reads something from outside, and count what comes of it.

    python tools/fuzz.py [TARGET ...] [--seconds N] [--inputs N] [--seed N] [--corpus DIR] [--found DIR] [--write]

Each target takes one kind of input: the official export, tables, JSON of every kind, the files of meetings, workbooks,
questions, messages of the calculator, requests to its server. Good inputs are changed at random; where the library
atheris is there (extra ``fuzz``), what reaches new branches of the code is kept and changed again, mostly what was
read to the end. Nothing may come out but a result or an :class:`~kommunalvalg.ElectionError`, and no input may take a
second of the processor's time, or more memory than :data:`LEAST` bytes and :data:`FACTOR` times its own. What does
otherwise is kept in DIR, once for each place in the code. With ``--write`` the counts go to the documentation.
Seconds are those of the processor, so that a machine with much to do counts as one that has nothing.
"""

import argparse
import json
import multiprocessing
import os
import pkgutil
import random
import re
import resource
import shutil
import signal
import sys
import time
import tomllib
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from datetime import date
from importlib import import_module
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from xml.sax.saxutils import escape

ROOT = Path(__file__).parent.parent
MEASURED = ROOT / "docs" / "tested" / "fuzz.json"
SLOW = 1.0
"""Seconds of the processor's time that no input may take."""

LEAST, FACTOR = 10_000_000, 100
"""The bytes of memory that any input may take, and how many more for each of its own."""

MOST_MEMORY = 3 * 10**9
"""The bytes of address space that a target has, so that what asks for more ends in an error."""

WEIGHED = 500
"""Of how many inputs one is weighed to the byte: the memory that it takes at most; of each it is held what it adds."""

ODD: list[Any] = [
    None,
    True,
    False,
    0,
    1,
    -1,
    1.5,
    2**63,
    10**30,
    "",
    " ",
    "å",
    "a\u030a",
    "A\u200b",
    "\ud800",
    "0",
    "-1",
    [],
    {},
]
"""Values that a careless reader takes for others."""


# What changes an input


def places(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - JSON
    """Give the way to every value of a JSON document."""
    yield path
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ():
        yield from places(value, (*path, key))


def at(tree: Any, path: tuple[Any, ...]) -> Any:  # noqa: ANN401 - JSON
    """Give the value at the end of a way."""
    for key in path:
        tree = tree[key]
    return tree


def everywhere(tree: Any, old: object, new: object) -> Any:  # noqa: ANN401 - JSON
    """Put a value for another wherever it stands, as a key too: a name, an identifier, a number."""
    if isinstance(tree, dict):
        return {new if key == old else key: everywhere(value, old, new) for key, value in tree.items()}
    if isinstance(tree, list):
        return [everywhere(value, old, new) for value in tree]
    return new if type(tree) is type(old) and tree == old else tree


def changed_text(text: str, rng: random.Random) -> str:
    """Change one sign of a text; seldom to very many."""
    if rng.random() < 0.002:  # noqa: PLR2004 - what is long takes long
        return text + rng.choice(["A", " ", ";", "-", ".", "9", "\u0301\u0323", "å"]) * 15_000
    spot = rng.randrange(len(text) + 1)
    odd = ["", "\n", "=", "\u200b", "Å", "A", ".", ",", " ", "0", "9" * 50]
    return text[:spot] + rng.choice(odd) + text[spot + rng.randrange(2) :]


def changed_tree(tree: Any, rng: random.Random) -> Any:  # noqa: ANN401, C901, PLR0912 - JSON; one line a change
    """Change one value of a JSON document: another value, another's, gone, there twice, under another key, deeper."""
    ways = list(places(tree))
    path = rng.choice(ways)
    if not path:
        return tree
    inside, key = at(tree, path[:-1]), path[-1]
    value = inside[key]
    match rng.randrange(10):
        case 0:
            inside[key] = rng.choice(ODD)
        case 1:
            inside[key] = json.loads(json.dumps(at(tree, rng.choice(ways))))
        case 2:
            del inside[key]
        case 3 if isinstance(inside, list):
            inside.insert(rng.randrange(len(inside) + 1), json.loads(json.dumps(value)))
        case 3 | 4 if isinstance(inside, dict):
            keys = [each[-1] for each in ways if each and isinstance(each[-1], str)]
            inside[rng.choice([*keys, key + "x", key[:-1], "a\u030a"])] = inside.pop(key)
        case 4:
            other = rng.randrange(len(inside))
            inside[key], inside[other] = inside[other], value
        case 5 | 6 | 7 if isinstance(value, int):
            inside[key] = value + rng.choice([-1, 1, 2, 10, -value, value, 10**9])
        case 5 if isinstance(value, str) and value:
            inside[key] = changed_text(value, rng)
        case 6 if isinstance(value, str):
            names = [each for each in (at(tree, way) for way in ways) if isinstance(each, str)]
            inside[key] = rng.choice(names)
        case 6:
            inside[key] = rng.choice([[value], {"a": value}, [[[[value]]]], str(value)])
        case 7 | 8 if isinstance(value, str):
            return everywhere(tree, value, changed_text(value, rng))
        case 8 if isinstance(key, str):
            return everywhere(tree, key, changed_text(key, rng))
        case 9 if isinstance(value, list | dict):
            return shrunk(tree, rng, 2)
        case _:
            inside[key] = rng.choice(ODD)
    return tree


def shrunk(tree: Any, rng: random.Random, times: int) -> Any:  # noqa: ANN401 - JSON
    """Take some values out of a JSON document."""
    for _ in range(times):
        ways = [way for way in places(tree) if way]
        if ways:
            way = rng.choice(ways)
            del at(tree, way[:-1])[way[-1]]
    return tree


def changed_bytes(data: bytes, rng: random.Random) -> bytes:
    """Change some bytes: one of them, a part gone, there twice, or something that readers stumble over."""
    spot = rng.randrange(len(data) + 1)
    end = min(len(data), spot + rng.choice([1, 1, 2, 8, 64]))
    odd = [
        b"",
        bytes([rng.randrange(256)]),
        data[spot:end] * 2,
        b"\xff",
        b"\0",
        b'"',
        b";",
        b"\n",
        b"9" * 60,
        b"[" * 999,
    ]
    return data[:spot] + rng.choice(odd) + data[end:]


def changed(data: bytes, rng: random.Random, mended: Callable[[Any, random.Random], Any] | None = None) -> bytes:
    """Change an input once or a few times, as JSON where it is JSON; what is mended then fits together again."""
    if rng.random() < 0.9:  # noqa: PLR2004 - mostly
        try:
            tree = json.loads(data)
            for _ in range(rng.choice([1, 1, 1, 3])):
                tree = changed_tree(tree, rng)
            if mended is not None:
                tree = mended(tree, rng)
            return json.dumps(tree, ensure_ascii=rng.random() < 0.1).encode(errors="surrogatepass")  # noqa: PLR2004
        except (ValueError, RecursionError, TypeError):
            pass
    for _ in range(rng.choice([1, 1, 1, 3])):
        data = changed_bytes(data, rng)
    return data


# What takes an input


class Target:
    """A kind of input: good ones to begin with, and what takes it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written = 0

    def seeds(self) -> Iterator[bytes]:
        """Give good inputs."""
        raise NotImplementedError

    def take(self, data: bytes) -> object:
        """Read one input."""
        raise NotImplementedError

    def mended(self, tree: Any, _rng: random.Random) -> Any:  # noqa: ANN401 - JSON
        """Make a changed input fit together, now and then, so that it is read further."""
        return tree

    def whole(self, data: bytes, _rng: random.Random) -> bytes:
        """Do the same with bytes."""
        return data

    def file(self, name: str, data: bytes) -> Path:
        """Write an input to a file of that name; a workbook is larger than the cells that it was made from."""
        path = self.folder / name
        path.write_bytes(data)
        self.written = len(data)
        return path


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, default=str).encode()


def _cell(value: object) -> str:
    """Write a cell of a workbook."""
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    return "<c/>" if value is None else f'<c t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def _hold_one_line(error: Any) -> None:  # noqa: ANN401 - an error of the library, which is not imported yet
    """Hold that an error is one line in both languages."""
    if any("\n" in said for said in (str(error), error.said("da"))):
        raise AssertionError("an error of several lines")


class Export(Target):
    """The official export, as an archive: names of files and what they hold, or the bytes of an archive."""

    def seeds(self) -> Iterator[bytes]:
        """Give small exports: finished, on the night, of a region, without mandates; and one as an archive."""
        sys.path.insert(0, str(ROOT / "tests"))
        files: dict[str, Any] = import_module("exports").export()
        yield _json(files)
        yield self.packed(files)
        few = {name: content for name, content in files.items() if "mandat" not in name}
        yield _json(few)
        area = next(name for name in files if "resultater" in name)
        yield _json({**few, area: {**files[area], "Resultatart": "ForeløbigOptælling"}})
        yield _json({**files, area: {**files[area], "Resultatart": "IngenResultater"}})
        yield _json(everywhere(everywhere(files, "Kommunalvalg", "Regionsrådsvalg"), 999, 1084))
        fanoe = everywhere(everywhere(few, "Øby", "Fanø"), "Øby Kommune", "Fanø Kommune")
        yield _json(everywhere(fanoe, 999, 563))

    @staticmethod
    def packed(files: dict[str, Any]) -> bytes:
        """Pack files of JSON."""
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, content in files.items():
                archive.writestr(name or "-", json.dumps(content))
        return out.getvalue()

    def mended(self, tree: Any, rng: random.Random) -> Any:  # noqa: ANN401 - JSON
        """Let the votes of each file add up."""
        if rng.random() < 0.3 or not isinstance(tree, dict):  # noqa: PLR2004 - less often
            return tree
        for content in tree.values():
            try:
                for a_list in content["Kandidatlister"]:
                    a_list["Stemmer"] = a_list["Listestemmer"] + sum(each["Stemmer"] for each in a_list["Kandidater"])
                content["GyldigeStemmer"] = valid = sum(a_list["Stemmer"] for a_list in content["Kandidatlister"])
                blank = content["BlankeUgyldigeFremmødteStemmer"] + content["BlankeUgyldigeBrevstemmer"]
                content["AfgivneStemmer"] = valid + blank + content["UgyldigeStemmerUdoverBlanke"]
            except (KeyError, TypeError, IndexError):
                continue
        return tree

    def take(self, data: bytes) -> object:
        """Read an export, an unfinished one too."""
        from kommunalvalg.data import read_valgdk

        try:
            found = json.loads(data)
            packed = self.packed(found) if isinstance(found, dict) else data
        except (ValueError, RecursionError):
            packed = data
        path = self.file("export.zip", packed)
        kind = "Regionsrådsvalg" if "Regionsråd".encode() in data or b"Regionsr\\u" in data else "Kommunalvalg"
        size = len(data)
        return read_valgdk(
            path, kind=kind, preliminary=bool(size % 2), partial=not size % 3, go_on=not size % 5,
            seats=None if size % 7 else {"Øby": size % 100},
        )  # fmt: skip


class Tables(Target):
    """Tables of a person, of an official site, of a count."""

    _OTHER = "Gruppe;ValgstedId;KV2021 - A. Ada;KV2021 - Venstre;KV2021 - Gyldige stemmer\nNord;1;12;34;46\n"

    def seeds(self) -> Iterator[bytes]:
        """Give a table of each kind."""
        yield b"parti;stemmer\nA;1.200\n\xc3\x85;340\n"
        yield '\ufeffsep=;\r\nListe;Stemmer\r\n"Ny; Liste";1\r\nI alt;1\r\n'.encode()
        yield "navn,stemmer\nå,1\n".encode("cp1252")
        yield self._OTHER.encode()
        yield b"bundt;liste;antal\nPakke 7;A;412\nPakke 9;ugyldig;12\n"
        yield b"bundt;seddel;liste\nPakke 7;33;A\nPakke 7;48;mangler\n"
        yield b"parti;stemmer;mandater\nA;120;3\nB;34;0\n"
        yield "Afstemningsområde;Bogstavbetegnelse;Listenavn;Navn;Stemmetal\nNord;A;Ada;;12\nNord;A;Ada;m;3\n".encode()
        yield "kommune;parti;region\nAalborg;A;Nordjylland\nLæsø;V;Nordjylland\nFanø;A;Syddanmark\n".encode()
        yield (ROOT / "docs" / "examples" / "votes.csv").read_bytes()

    def take(self, data: bytes) -> object:
        """Read a table as each kind that it may be; refused is what none of them is."""
        from kommunalvalg import ElectionError, audit
        from kommunalvalg.data import read_csv, read_previous, read_valgdatabase
        from kommunalvalg.files.mayors import read_mayors

        path = self.file("table.csv", data)
        found: list[object] = []
        refused: list[ElectionError] = []
        for read in (
            lambda: read_csv(path, thousands=True),
            lambda: read_csv(path, encoding="cp1252"),
            lambda: read_valgdatabase(path, "KV2021"),
            lambda: read_previous(path, "Nord"),
            lambda: read_mayors(path, "kv2025", "Nordjylland"),
            lambda: audit.sheets.read_manifest(path),
            lambda: audit.sheets.read_readings(path),
        ):
            try:
                found.append(read())
            except ElectionError as error:
                refused.append(error)
        for each in refused:
            _hold_one_line(each)
        if not found:
            raise refused[0]
        return found


class Json(Target):
    """JSON of every kind of result and case, and of the first version."""

    def seeds(self) -> Iterator[bytes]:
        """Give a result of many kinds, as the tests of the first version and the examples have them."""
        for file in sorted((ROOT / "tests" / "first_version").glob("*.json")):
            yield file.read_bytes()
        for result in examples():
            from kommunalvalg import ElectionError, data

            try:
                text = _json(data.to_json(result))
            except (ElectionError, TypeError):
                continue
            if len(text) < 4_000:  # noqa: PLR2004 - what is small is changed more often
                yield text

    def mended(self, tree: Any, rng: random.Random) -> Any:  # noqa: ANN401 - JSON
        """Let the file state what comes out."""
        from kommunalvalg.files import json_files

        if rng.random() < 0.5 or not isinstance(tree, dict) or tree.get("version") != 2:  # noqa: PLR2004 - as above
            return tree
        with suppress(Exception):  # which is what the reader is asked
            return json_files._document(json_files._settled(tree, self.kind(str(tree.get("format")), 0)))  # noqa: SLF001
        return tree

    @staticmethod
    def kind(form: str, size: int) -> type[Any]:
        """Give the class of what a file says that it holds, or another now and then."""
        from kommunalvalg import CouncilElection
        from kommunalvalg.results import KINDS

        kinds = [kind for kind in KINDS.values() if kind.cases]
        named = KINDS.get(form.removeprefix("kommunalvalg/"))
        if form.endswith("council-election") or (size and not size % 97):
            return CouncilElection
        return (named or kinds[size % len(kinds)]).result_class

    def take(self, data: bytes) -> object:
        """Read a file as the kind of result that it says, or another."""
        from kommunalvalg import data as files

        told = re.search(rb'"format": *"([\w/-]+)', data)
        kind = self.kind(told[1].decode() if told else "", len(data))
        return files.read_json(self.file("result.json", data), kind)


class Meetings(Target):
    """Files of meetings, in JSON and in TOML."""

    def seeds(self) -> Iterator[bytes]:
        """Give every example, and what can be left of each."""
        rng = random.Random(1)  # noqa: S311 - the same ones each time
        for file in sorted((ROOT / "docs" / "examples").glob("*.toml")):
            yield file.read_bytes()
            whole = _json(tomllib.loads(file.read_text(encoding="utf-8")))
            yield whole
            for _ in range(3):
                yield self._less(whole, rng)

    def _less(self, data: bytes, rng: random.Random) -> bytes:
        """Take as much out of a meeting as it can be held without, of a hundred things."""
        from kommunalvalg import ElectionError

        for _ in range(100):
            less = _json(shrunk(json.loads(data), rng, 1))
            with suppress(ElectionError):
                self.take(less)
                data = less
        return data

    def take(self, data: bytes) -> object:
        """Read a meeting, hold it, and tell it."""
        from kommunalvalg import settle
        from kommunalvalg.evening.files import read_meeting
        from kommunalvalg.report.results import summary

        is_json = data.lstrip()[:1] == b"{"
        return summary(settle(read_meeting(self.file("meeting.json" if is_json else "meeting.toml", data))))


class Workbooks(Target):
    """Workbooks of meetings: what stands in their cells, the texts inside them, or the bytes."""

    _CELLS: dict[str, list[list[Any]]] = {  # noqa: RUF012 - read only
        "Møde": [["Felt", "Værdi"], ["kommune", "Nyby"], ["dato", "2029-12-04"], ["viceborgmestre", "m2, m3"]],
        "Medlemmer": [["Navn", "Liste", "Køn", "Til stede"], ["m1", "A", "k", "ja"], ["m2", "A", None, None],
                      ["m3", "B", "m", True], ["m4", "C", None, "nej"]],
        "Grupper": [["Gruppe", "Liste eller medlem", "Kl", "Organ"], ["A+C", "A, C", None, None], ["B", "B", "22.40"]],
        "Afstemninger": [["Valg", "Afstemning", "Navn", "Stemmer"], ["Borgmester", 1, "m1", 3], ["Teknik", 1, "m3", 1]],
        "Udvalg": [["Navn", "Pladser", "Formand", "Kl"], ["Teknik", 3, "m1", None]],
        "Organer": [["Navn", "Pladser", "Andre", "Embede"], ["Havnen", 2, 0, "m1"]],
        "Personer": [["Udvalg", "Gruppe", "Navn"], ["Teknik", "A+C", "m2"]],
        "Fordeling": [["Udvalg", "Gruppe", "Enighed", "Afkald"], ["Teknik", "B", 1, None]],
        "Overtagelser": [["Udvalg", "Fra", "Til"], ["Teknik", "A+C", "B"]],
        "Lodtrækninger": [["Sted", "Vinder", "Blandt"], ["Teknik", "A+C", "A+C, B"]],
        "Stedfortrædere": [["Liste", "Navn"], ["A", "s1"]],
        "Hændelser": [["Dato", "Hvem", "Hvad"], ["2030-01-01", "m1", "udtræder"]],
    }  # fmt: skip

    def seeds(self) -> Iterator[bytes]:
        """Give small workbooks by their cells and by their parts, and the one that a meeting begins with."""
        from kommunalvalg.evening.new import NewMeeting

        yield _json(self._CELLS)
        for name, rows in self._CELLS.items():
            yield _json({sheet: self._CELLS[sheet] for sheet in ("Møde", "Medlemmer", "Udvalg")} | {name: rows})
        small = {sheet: self._CELLS[sheet] for sheet in ("Møde", "Medlemmer")}
        yield _json(self.parts(small))
        yield self.packed(self.parts(small))
        yield NewMeeting(name="Nyby", members={"m1": "A"}, year=2025).workbook()

    @staticmethod
    def parts(sheets: dict[str, Any]) -> dict[str, str]:
        """Write the parts of a workbook that has no more of them than it needs."""
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        package = "http://schemas.openxmlformats.org/package/2006"
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
        named = {f"sheet{number}": name for number, name in enumerate(sheets, start=1)}
        parts = {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Override PartName="/xl/workbook.xml" '
            f'ContentType="{kind}sheet.main+xml"/></Types>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            + "".join(
                f'<sheet name="{escape(name)}" sheetId="{number}" r:id="{file}"/>'
                for number, (file, name) in enumerate(named.items(), start=1)
            )
            + "</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
            + "".join(
                f'<Relationship Id="{file}" Type="{office}/worksheet" Target="worksheets/{file}.xml"/>'
                for file in named
            )
            + "</Relationships>",
        }
        for file, name in named.items():
            rows = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in sheets[name])
            parts[f"xl/worksheets/{file}.xml"] = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
        return parts

    @staticmethod
    def packed(parts: dict[str, str]) -> bytes:
        """Pack the parts of a workbook."""
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, text in parts.items():
                archive.writestr(name or "-", str(text).encode(errors="replace"))
        return out.getvalue()

    def take(self, data: bytes) -> object:
        """Read a workbook."""
        from kommunalvalg.evening.files import read_meeting

        try:
            found = json.loads(data)
            data = self.packed(found if "[Content_Types].xml" in found else self.parts(found))
        except (ValueError, RecursionError, AttributeError, TypeError):
            pass
        return read_meeting(self.file("meeting.xlsx", data))


class Questions(Target):
    """Questions, such as other programs ask them."""

    def seeds(self) -> Iterator[bytes]:
        """Give a question of every case of the examples, and some about others."""
        from kommunalvalg import ElectionError
        from kommunalvalg.ask import ask
        from kommunalvalg.files.plain import case_name, to_plain

        fanoe = {"election": "kv2025", "council": "Fanø"}
        yield _json(fanoe | {"draws": "as published", "explain": True})
        yield _json({"case": "margins", "of": fanoe})
        yield _json({"case": "what-if", "of": fanoe, "merge": ["A", "F"], "votes": {"A": 5}})
        yield _json({"case": "vacancies", "of": fanoe, "changes": [{"event": "leaves", "key": "A"}]})
        yield _json({"case": "simulation", "of": fanoe, "n": 10, "seed": 1, "model": {"poll": 100}})
        yield _json({"kkr": "hovedstaden-2026"})
        yield _json({"case": "kkr-chairs", "of": {"kkr": "nordjylland-2026"}, "alliances": [["A", "C"]]})
        for result in examples():
            case = getattr(result, "case", None)
            if case is None or type(case).__module__.startswith("kommunalvalg.simulation"):
                continue
            try:
                text = _json({"case": case_name(type(case)), **to_plain(case, ordered=True)})
                if len(text) < 5_000 and "error" not in ask(json.loads(text)):  # noqa: PLR2004 - as above
                    yield text
            except (ElectionError, TypeError, ValueError):
                continue

    def take(self, data: bytes) -> object:
        """Answer a question in one of the languages."""
        from kommunalvalg import DataError
        from kommunalvalg.ask import ask

        try:
            question = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise DataError("no JSON") from error
        if isinstance(question, dict) and isinstance(question.get("n"), int) and question["n"] > 1000:  # noqa: PLR2004
            question["n"] = 1000  # simulations that were asked for take their time
        return json.dumps(ask(question, "da" if len(data) % 2 else "en"))


class Calculator(Target):
    """Messages of the calculator's page, and the fragments of its addresses, which hold the same sheets."""

    def seeds(self) -> Iterator[bytes]:
        """Give a message of each kind."""
        from kommunalvalg.web.sheets import opened

        yield _json({"do": "open", "name": "kv2025/Fanø"})
        yield _json({"do": "read", "text": "parti;stemmer\nA;1.200\nB;340\n"})
        yield _json({"do": "read", "text": "A 1.200\nB 340"})
        small = {"tab": "seats", "fields": {"seats": "9"}, "votes": [["A", "11", ""], ["B", "8", ""], ["C", "2", ""]]}
        for form in ("csv", "json", "html", "xlsx"):
            yield _json({"do": "download", "format": form, "sheet": small})
        for name in ("kv2025/Fanø", "rv2025/Nordjylland", "kkr/nordjylland-2026"):
            with suppress(ValueError):
                small = opened(name)
            for do in ("answer", "reasons", "alliances", "minutes"):
                yield _json({"do": do, "sheet": small})
        small = {"tab": "seats", "fields": {"seats": "9"}, "votes": [["A", "11", ""], ["B", "8", ""], ["C", "2", ""]]}
        yield _json({"do": "answer", "sheet": small})

    def take(self, data: bytes) -> object:
        """Answer a message."""
        from kommunalvalg import DataError
        from kommunalvalg.web.answers import reply

        try:
            message = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise DataError("no JSON") from error
        return json.dumps(reply(message, "da" if len(data) % 2 else "en"))


class Server(Target):
    """Requests to the local server, byte by byte."""

    def seeds(self) -> Iterator[bytes]:
        """Give requests for the page, a file of it, and an answer."""
        head = b"HTTP/1.1\r\nHost: 127.0.0.1:1\r\n"
        message = _json({"lang": "da", "message": {"do": "read", "text": "A 1\nB 2"}})
        yield b"GET / " + head + b"\r\n"
        yield b"HEAD /en " + head + b"Connection: close\r\n\r\n"
        yield b"GET /calc.js " + head + b"Origin: http://127.0.0.1:1\r\n\r\n"
        length = str(len(message)).encode()
        head += b"Content-Type: application/json\r\nContent-Length: " + length + b"\r\n\r\n"
        yield b"POST /answer " + head + message

    def whole(self, data: bytes, rng: random.Random) -> bytes:
        """Let a request say how long its message is, which is changed as other messages are."""
        head, end, message = data.partition(b"\r\n\r\n")
        if not message or rng.random() < 0.3:  # noqa: PLR2004 - less often
            return data
        message = changed(message, rng)
        return re.sub(rb"(?<=Length: )\d+", str(len(message)).encode(), head) + end + message

    def take(self, data: bytes) -> object:
        """Let the server's handler answer what a connection brings."""
        from kommunalvalg.web import server

        if not hasattr(self, "server"):
            self.server = server.serve()
            self.server.server_port = 1
        answer = BytesIO()

        class Connection:
            def makefile(self, *_: object) -> BytesIO:
                return BytesIO(data)

            def sendall(self, sent: bytes) -> None:
                answer.write(sent)

            def settimeout(self, _seconds: float) -> None:
                pass

        self.server.RequestHandlerClass(Connection(), ("127.0.0.1", 2), self.server)
        found = answer.getvalue()
        if b" 500 " in found[:20] or b"Traceback" in found:
            raise AssertionError(found[:100])
        return found


TARGETS: dict[str, type[Target]] = {
    "export": Export,
    "tables": Tables,
    "json": Json,
    "meetings": Meetings,
    "workbooks": Workbooks,
    "questions": Questions,
    "calculator": Calculator,
    "server": Server,
}


def examples() -> Iterator[Any]:
    """Give the results that the examples of the public functions make."""
    import doctest
    import inspect

    from kommunalvalg.results import Result

    found: list[Any] = []
    for module in modules():
        for name in getattr(module, "__all__", ()):
            value = getattr(module, name, None)
            if not inspect.isfunction(value) or value.__module__ != module.__name__:
                continue

            def kept(*args: Any, function: Callable[..., Any] = value, **kwargs: Any) -> Any:  # noqa: ANN401
                result = function(*args, **kwargs)
                if isinstance(result, Result):
                    found.append(result)
                return result

            for test in doctest.DocTestFinder(recurse=False).find(value, name):
                test.globs[name] = kept
                doctest.DocTestRunner().run(test, out=lambda _text: None)
    yield from found


def modules() -> list[Any]:
    """Import every module of the library but the strategies of tests."""
    package = import_module("kommunalvalg")
    names = [module.name for module in pkgutil.walk_packages(package.__path__, "kommunalvalg.")]
    return [import_module(name) for name in names if not name.endswith((".testing", ".__main__"))]


# What counts


class Counted:
    """What came of the inputs of one target so far."""

    def __init__(self, target: Target, given: argparse.Namespace, report: Path) -> None:
        self.target, self.given, self.report = target, given, report
        self.counts: dict[str, Any] = {
            "inputs": 0, "results": 0, "refused": 0, "faults": 0, "places": [],
            "seconds": 0.0, "slowest": 0.0, "memory": 0.0, "per_byte": 0.0,
        }  # fmt: skip
        self.next = time.monotonic() + 1
        self.since = time.process_time()
        self.read: set[int] = set()

    def __call__(self, data: bytes) -> str:
        """Take an input, and give in a word what came of it."""
        from kommunalvalg import ElectionError

        counts = self.counts
        counts["inputs"] += 1
        weigh = counts["inputs"] % WEIGHED == 0
        if weigh:
            tracemalloc.start()
        self.target.written = 0
        before, most = time.process_time(), _most_memory()
        outcome = "results"
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, 3 * SLOW)
            self.target.take(data)
        except ElectionError as error:
            outcome = "refused"
            try:
                _hold_one_line(error)
            except AssertionError as several:
                outcome = self._keep(data, str(several))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            outcome = self._keep(data, _place(error))
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        taken = time.process_time() - before
        if weigh:
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            counts["memory"] = max(counts["memory"], round(peak / 1e6, 1))
            counts["per_byte"] = max(counts["per_byte"], round(peak / max(10_000, len(data)), 1))
        elif taken > SLOW and outcome != "faults":
            taken = min(taken, self._again(data))  # a machine that has no room for a moment makes anything slow
            outcome = self._keep(data, "slow") if taken > SLOW else outcome
        grown = peak if weigh else _most_memory() - most
        if grown > LEAST + FACTOR * max(len(data), self.target.written) and outcome != "faults":
            outcome = self._keep(data, "memory")
        counts["slowest"] = max(counts["slowest"], 0 if weigh else round(taken, 3))
        counts[outcome] += 1
        if outcome == "results" and len(self.read) < 10**6:
            self.read.add(hash(data))
        if time.monotonic() > self.next:
            self.write()
        return outcome

    @property
    def done(self) -> bool:
        """Whether there were as many inputs as were asked for, or as many seconds."""
        spent = time.process_time() - self.since
        return bool(self.counts["inputs"] >= self.given.inputs or spent > self.given.seconds)

    def _again(self, data: bytes) -> float:
        """Take an input once more, and give the seconds that it takes."""
        before = time.process_time()
        with suppress(ValueError):
            self.target.take(data)
        return time.process_time() - before

    def _keep(self, data: bytes, place: str) -> str:
        name = re.sub(r"\W+", "-", place)[:120]
        if place not in self.counts["places"] and len(self.counts["places"]) < 200:  # noqa: PLR2004 - enough to read
            self.counts["places"].append(place)
            (self.given.found / f"{type(self.target).__name__.lower()}-{name}").write_bytes(data)
            self.write()
        return "faults"

    def write(self) -> None:
        """Write down what was counted so far."""
        self.next = time.monotonic() + 2
        self.counts["seconds"] = round(time.process_time() - self.since, 1)
        self.report.write_text(json.dumps(self.counts), encoding="utf-8")


def _most_memory() -> int:
    """Give the bytes of memory that this process took at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _place(error: Exception) -> str:
    """Say which error it is, and the innermost place of the library that it passed."""
    frames, tb = [], error.__traceback__
    while tb is not None:
        code = tb.tb_frame.f_code
        if "/kommunalvalg/" in code.co_filename:
            frames.append(f"{code.co_filename.partition('/kommunalvalg/')[2]}:{tb.tb_lineno}")
        tb = tb.tb_next
    return f"{type(error).__name__} at {frames[-1] if frames else 'a library'}"


class Hang(Exception):  # noqa: N818 - no error of ours
    """An input that takes far too long."""


def _hangs(*_: object) -> None:
    raise Hang


def one(name: str, given: argparse.Namespace, report: Path) -> None:
    """Throw inputs at one target, in a process of its own."""
    os.chdir(mkdtemp())
    signal.signal(signal.SIGVTALRM, _hangs)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    try:
        atheris = import_module("atheris") if not given.blind else None
    except ImportError:
        atheris = None
    with atheris.instrument_imports(include=["kommunalvalg"]) if atheris else nullcontext():
        modules()
    memory = Path("/dev/shm")  # noqa: S108 - a disk in memory, where there is one
    folder = Path(mkdtemp(dir=memory if memory.is_dir() else None))
    target = TARGETS[name](folder)
    seeds = list(dict.fromkeys(target.seeds()))
    for seed in seeds:  # what is read once, such as the law, is no input's
        with suppress(ValueError):
            target.take(seed)
    counted = Counted(target, given, report)
    if atheris is None:
        _blindly(counted, seeds)
    else:
        _guided(atheris, counted, seeds)


def _guided(atheris: Any, counted: Counted, seeds: list[bytes]) -> None:  # noqa: ANN401 - a module
    """Throw inputs that libFuzzer chooses by the code that they reach."""
    given, target = counted.given, counted.target
    corpus = (given.corpus or target.folder) / f"corpus-{type(target).__name__.lower()}"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds):
        (corpus / f"seed-{number}").write_bytes(seed)
    read: list[bytes] = []

    def take(data: bytes) -> None:
        counted(bytes(data))
        if counted.done:
            counted.write()
            shutil.rmtree(target.folder)
            os._exit(0)  # libFuzzer ends where it likes, and says more than is asked

    def mutated(data: bytes, most: int, seed: int) -> bytes:
        rng = random.Random(seed)  # noqa: S311 - the same inputs again, for whoever asks
        if hash(data) in counted.read:
            counted.read.discard(hash(data))
            read.append(data)
        elif read and rng.random() < 0.6:  # noqa: PLR2004 - what was refused leads less far
            data = rng.choice(read)
        if rng.random() < 0.1:  # noqa: PLR2004 - now and then as libFuzzer would
            return bytes(atheris.Mutate(data, most))
        return target.whole(changed(data, rng, target.mended), rng)[:most]

    limits = f"-seed={given.seed} -timeout=60 -rss_limit_mb=0 -mutate_depth=1 -len_control=0 -max_len=60000"
    quiet = f"-artifact_prefix={given.found}/ -verbosity=0 -print_final_stats=0"
    atheris.Setup([sys.argv[0], str(corpus), *limits.split(), *quiet.split()], take, custom_mutator=mutated)
    atheris.Fuzz()


def _blindly(counted: Counted, seeds: list[bytes]) -> None:
    """Throw inputs without a look at which code they reach; kept is what was read to the end."""
    kept, target = list(seeds), counted.target
    rng = random.Random(counted.given.seed)  # noqa: S311 - as above
    while not counted.done:
        data = target.whole(changed(rng.choice(kept), rng, target.mended), rng)
        if counted(data) == "results" and len(kept) < 5000:  # noqa: PLR2004 - enough to choose from
            kept.append(data)
    counted.write()


def write(counts: dict[str, dict[str, Any]]) -> None:
    """Add what was counted to what the documentation shows, each target with its day."""
    MEASURED.parent.mkdir(exist_ok=True)
    known = json.loads(MEASURED.read_text(encoding="utf-8")) if MEASURED.exists() else {}
    stamp = {"day": date.today().isoformat(), "python": sys.version.split()[0]}  # noqa: DTZ011 - of whoever runs it
    for name, each in counts.items():
        known[name] = {key: value for key, value in each.items() if key not in ("exit", "places")} | stamp
    MEASURED.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    MEASURED.with_suffix(".md").write_text(table(known), encoding="utf-8")


def table(known: dict[str, dict[str, Any]]) -> str:
    """Write the counts as the documentation's table."""
    lines = ["| What reads it | Inputs | A second | Results | Refused | Faults | Slowest, s | Memory, MB | Day |"]
    lines.append("| --- | --: | --: | --: | --: | --: | --: | --: | --- |")
    for name in TARGETS:
        if name in known:
            each = known[name]
            rate = f"{round(each['inputs'] / each['seconds']):,}" if "seconds" in each else ""  # not counted at first
            numbers = [f"{each[key]:,}" for key in ("inputs", "results", "refused", "faults", "slowest", "memory")]
            numbers.insert(1, rate)
            lines.append(f"| {name} | {' | '.join(numbers)} | {each['day']} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Throw inputs at every target that is named, one after another, and print what came of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []], metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=60, help="of the processor, for each target")
    parser.add_argument("--inputs", type=int, default=10**9, help="at most, for each target")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, help="the folder of what reaches new code, for the next time")
    parser.add_argument("--found", type=Path, default=Path("fuzz-found"), help="the folder for inputs that end badly")
    parser.add_argument("--blind", action="store_true", help="without atheris")
    parser.add_argument("--write", action="store_true", help=f"write the counts to {MEASURED.relative_to(ROOT)}")
    given = parser.parse_args()
    given.found, given.corpus = given.found.resolve(), given.corpus and given.corpus.resolve()
    given.found.mkdir(exist_ok=True, parents=True)
    counts: dict[str, Any] = {}
    here = Path(mkdtemp())
    for name in given.targets or TARGETS:
        report = here / f"{name}.json"
        process = multiprocessing.get_context("spawn").Process(target=one, args=(name, given, report))
        process.start()
        process.join()
        counts[name] = json.loads(report.read_text(encoding="utf-8")) | {"exit": process.exitcode}
        print(name, json.dumps(counts[name]), flush=True)
        if given.write:
            write({name: counts[name]})
    shutil.rmtree(here)
    return 1 if any(each["faults"] or each["exit"] for each in counts.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
