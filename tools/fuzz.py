"""Throw spoiled inputs at everything that reads something from outside, and count what comes of it.

    python tools/fuzz.py [TARGET ...] [--seconds N] [--inputs N] [--seed N] [--found DIR] [--write]

Each target takes one kind of input: the official export, tables, JSON of every kind, the files of meetings, workbooks,
questions, messages of the calculator, requests to its server. Good inputs are changed at random; where the library
atheris is there (extra ``fuzz``), what reaches new branches of the code is kept and changed again. Nothing may come out
but a result or an :class:`~kommunalvalg.ElectionError`, and no input may take a second of the processor's time. What
does otherwise is kept in DIR, once for each place in the code. With ``--write`` the counts go to the documentation.
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
from contextlib import nullcontext
from datetime import date
from importlib import import_module
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

ROOT = Path(__file__).parent.parent
MEASURED = ROOT / "docs" / "tested" / "fuzz.json"
SLOW = 1.0
"""Seconds of the processor's time that no input may take."""

MOST_MEMORY = 3 * 10**9
"""The bytes of address space that a target has, so that what asks for more ends in an error."""

WEIGHED = 500
"""Of how many inputs one is weighed: the memory that it takes at most."""

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


def changed_tree(tree: Any, rng: random.Random) -> Any:  # noqa: ANN401 - JSON
    """Change one value of a JSON document: another value, another's, gone, there twice, under another key, deeper."""
    ways = list(places(tree))
    path = rng.choice(ways)
    if not path:
        return tree
    inside, key = at(tree, path[:-1]), path[-1]
    value = inside[key]
    match rng.randrange(8):
        case 0:
            inside[key] = rng.choice(ODD)
        case 1:
            inside[key] = at(tree, rng.choice(ways))
            return json.loads(json.dumps(tree))  # so that no value stands inside itself
        case 2:
            del inside[key]
        case 3 if isinstance(inside, list):
            inside.insert(rng.randrange(len(inside) + 1), json.loads(json.dumps(value)))
        case 3 | 4 if isinstance(inside, dict):
            keys = [each[-1] for each in ways if each and isinstance(each[-1], str)]
            inside[rng.choice([*keys, key + "x", key[:-1], "a\u030a"])] = inside.pop(key)
        case 5 if isinstance(value, int):
            inside[key] = value + rng.choice([-1, 1, 10, -value, value, 10**9])
        case 5 if isinstance(value, str) and value:
            spot = rng.randrange(len(value))
            inside[key] = value[:spot] + rng.choice(["", "\n", "=", "\u200b", "Å", ".", "9" * 50]) + value[spot + 1 :]
        case 6:
            inside[key] = rng.choice([[value], {"a": value}, [[[[value]]]], str(value)])
        case _:
            inside[key] = rng.choice(ODD)
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


def changed(data: bytes, rng: random.Random) -> bytes:
    """Change an input once or a few times, as JSON where it is JSON."""
    if rng.random() < 0.85:  # noqa: PLR2004 - mostly
        try:
            tree = json.loads(data)
            for _ in range(rng.choice([1, 1, 1, 3])):
                tree = changed_tree(tree, rng)
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

    def seeds(self) -> Iterator[bytes]:
        """Give good inputs."""
        raise NotImplementedError

    def take(self, data: bytes) -> object:
        """Read one input."""
        raise NotImplementedError

    def file(self, name: str, data: bytes) -> Path:
        """Write an input to a file of that name."""
        path = self.folder / name
        path.write_bytes(data)
        return path


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, default=str).encode()


class Export(Target):
    """The official export, as an archive: names of files and what they hold, or the bytes of an archive."""

    def seeds(self) -> Iterator[bytes]:
        """Give a small export, and it as an archive."""
        sys.path.insert(0, str(ROOT / "tests"))
        files = import_module("exports").export()
        yield _json(files)
        yield self.packed(files)

    @staticmethod
    def packed(files: dict[str, Any]) -> bytes:
        """Pack files of JSON."""
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, content in files.items():
                archive.writestr(name or "-", json.dumps(content))
        return out.getvalue()

    def take(self, data: bytes) -> object:
        """Read an export, an unfinished one too."""
        from kommunalvalg.data import read_valgdk

        try:
            found = json.loads(data)
            packed = self.packed(found) if isinstance(found, dict) else data
        except (ValueError, RecursionError):
            packed = data
        path = self.file("export.zip", packed)
        return [read_valgdk(path, preliminary=bool(len(data) % 2), partial=not len(data) % 5)]


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
        yield (ROOT / "docs" / "examples" / "votes.csv").read_bytes()

    def take(self, data: bytes) -> object:
        """Read a table as each kind that it may be."""
        from kommunalvalg import ElectionError, audit
        from kommunalvalg.data import read_csv, read_valgdatabase

        path = self.file("table.csv", data)
        found: list[object] = []
        for read in (
            lambda: read_csv(path, thousands=True),
            lambda: read_csv(path, encoding="cp1252"),
            lambda: read_valgdatabase(path, "KV2021"),
            lambda: audit.sheets.read_manifest(path),
            lambda: audit.sheets.read_readings(path),
        ):
            try:
                found.append(read())
            except ElectionError as error:
                found.append(error.said("da"))
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
            if len(text) < 30_000:  # noqa: PLR2004 - what is small is changed more often
                yield text

    def take(self, data: bytes) -> object:
        """Read a file as the kind of result that it says, or another."""
        from kommunalvalg import CouncilElection
        from kommunalvalg import data as files
        from kommunalvalg.results import KINDS

        kinds = list(KINDS.values())
        told = re.search(rb'"(?:kind|type|format)": *"(?:kommunalvalg/)?([\w-]+)', data)
        named = [kind for kind in kinds if told and kind.name in told[1].decode()]
        kind = named[0] if named else kinds[len(data) % len(kinds)]
        path = self.file("result.json", data)
        return files.read_json(path, kind.result_class if len(data) % 7 else CouncilElection)


class Meetings(Target):
    """Files of meetings, in JSON and in TOML."""

    def seeds(self) -> Iterator[bytes]:
        """Give every example."""
        for file in sorted((ROOT / "docs" / "examples").glob("*.toml")):
            yield _json(tomllib.loads(file.read_text(encoding="utf-8")))
            yield file.read_bytes()

    def take(self, data: bytes) -> object:
        """Read a meeting, hold it, and tell it."""
        from kommunalvalg import settle
        from kommunalvalg.evening.files import read_meeting
        from kommunalvalg.report.results import summary

        is_json = data.lstrip()[:1] == b"{"
        return summary(settle(read_meeting(self.file("meeting.json" if is_json else "meeting.toml", data))))


class Workbooks(Target):
    """Workbooks of meetings: the texts inside them, or the bytes."""

    def seeds(self) -> Iterator[bytes]:
        """Give the workbook that a meeting begins with."""
        from kommunalvalg.evening.new import NewMeeting

        book = NewMeeting(name="Nyby", members={"m1": "A", "m2": "A", "m3": "B"}, year=2025).workbook()
        with zipfile.ZipFile(BytesIO(book)) as archive:
            yield _json({name: archive.read(name).decode() for name in archive.namelist()})
        yield book

    def take(self, data: bytes) -> object:
        """Read a workbook."""
        from kommunalvalg.evening.files import read_meeting

        try:
            parts = json.loads(data)
            out = BytesIO()
            with zipfile.ZipFile(out, "w") as archive:
                for name, text in parts.items():
                    archive.writestr(name or "-", str(text).encode(errors="replace"))
            data = out.getvalue()
        except (ValueError, RecursionError, AttributeError):
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
        from kommunalvalg.web.answers import reply
        from kommunalvalg.web.sheets import opened

        yield _json({"do": "open", "name": "kv2025/Fanø"})
        yield _json({"do": "read", "text": "parti;stemmer\nA;1.200\nB;340\n"})
        yield _json({"do": "read", "text": "A 1.200\nB 340"})
        for name in ("kv2025/Fanø", "rv2025/Nordjylland", "kkr/nordjylland-2026"):
            try:
                sheet = opened(name)
            except ValueError:
                continue
            for do in ("answer", "reasons", "alliances", "minutes"):
                yield _json({"do": do, "sheet": sheet})
            for form in ("csv", "json", "html", "xlsx"):
                yield _json({"do": "download", "format": form, "sheet": sheet})
        small = {"tab": "seats", "fields": {"seats": "9"}, "votes": [["A", "11", ""], ["B", "8", ""], ["C", "2", ""]]}
        yield _json({"do": "answer", "sheet": small})
        reply({"do": "answer", "sheet": small})

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

    def __init__(self, target: Target, found: Path, report: Path) -> None:
        self.target, self.found, self.report = target, found, report
        self.counts: dict[str, Any] = {
            "inputs": 0, "results": 0, "refused": 0, "faults": 0, "places": [],
            "slowest": 0.0, "memory": 0.0, "per_byte": 0.0,
        }  # fmt: skip
        self.next = time.monotonic() + 1

    def __call__(self, data: bytes) -> str:
        """Take an input, and give in a word what came of it."""
        from kommunalvalg import ElectionError

        counts = self.counts
        counts["inputs"] += 1
        weigh = counts["inputs"] % WEIGHED == 0
        if weigh:
            tracemalloc.start()
        before = time.process_time()
        outcome = "results"
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, 3 * SLOW)
            self.target.take(data)
        except ElectionError as error:
            outcome = "refused"
            said = str(error), error.said("da")
            if any("\n" in each for each in said):
                outcome = self._keep(data, "an error of several lines")
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            outcome = self._keep(data, _place(error))
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        taken = time.process_time() - before
        if weigh:
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            counts["memory"] = max(counts["memory"], round(peak / 1e6, 1))
            counts["per_byte"] = max(counts["per_byte"], round(peak / max(1000, len(data)), 1))
        elif taken > SLOW and outcome != "faults":
            outcome = self._keep(data, "slow")
        counts["slowest"] = max(counts["slowest"], 0 if weigh else round(taken, 3))
        counts[outcome] += 1
        if time.monotonic() > self.next:
            self.write()
        return outcome

    def _keep(self, data: bytes, place: str) -> str:
        name = re.sub(r"\W+", "-", place)[:120]
        if place not in self.counts["places"] and len(self.counts["places"]) < 200:  # noqa: PLR2004 - enough to read
            self.counts["places"].append(place)
            (self.found / f"{type(self.target).__name__.lower()}-{name}").write_bytes(data)
            self.write()
        return "faults"

    def write(self) -> None:
        """Write down what was counted so far."""
        self.next = time.monotonic() + 2
        self.report.write_text(json.dumps(self.counts), encoding="utf-8")


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
    counted = Counted(target, given.found, report)
    seeds = list(dict.fromkeys(target.seeds()))
    for seed in seeds:
        counted(seed)
    counted.write()
    rng = random.Random(given.seed)  # noqa: S311 - the same inputs again, for whoever asks
    if atheris is None:
        kept, until = list(seeds), time.monotonic() + given.seconds
        met: set[str] = set()
        while time.monotonic() < until and counted.counts["inputs"] < given.inputs:
            data = changed(rng.choice(kept), rng)
            outcome = counted(data)
            if outcome == "results" and outcome + str(len(data)) not in met and len(kept) < 5000:  # noqa: PLR2004
                met.add(outcome + str(len(data)))
                kept.append(data)
        counted.write()
        return
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(seeds):
        (corpus / str(number)).write_bytes(seed)

    def mutated(data: bytes, most: int, seed: int) -> bytes:
        inner = random.Random(seed)  # noqa: S311 - as above
        if inner.random() < 0.2:  # noqa: PLR2004 - now and then as libFuzzer would
            return bytes(atheris.Mutate(data, most))
        return changed(data, inner)[:most]

    limits = f"-max_total_time={given.seconds} -runs={given.inputs} -seed={given.seed} -timeout=60 -rss_limit_mb=0"
    quiet = f"-max_len=60000 -artifact_prefix={given.found}/{name}- -verbosity=0 -print_final_stats=0"
    arguments = [sys.argv[0], str(corpus), *limits.split(), *quiet.split()]
    atheris.Setup(arguments, lambda data: counted(bytes(data)) and None, custom_mutator=mutated)
    atheris.Fuzz()


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
    lines = ["| What reads it | Inputs | Results | Refused | Faults | Slowest, s | Bytes of memory a byte | Day |"]
    lines.append("| --- | --: | --: | --: | --: | --: | --: | --- |")
    for name in TARGETS:
        if name in known:
            each = known[name]
            counted = [f"{each[key]:,}" for key in ("inputs", "results", "refused", "faults", "slowest", "per_byte")]
            lines.append(f"| {name} | {' | '.join(counted)} | {each['day']} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Throw inputs at every target that is named, one after another, and print what came of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []], metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--inputs", type=int, default=10**9, help="at most, for each target")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--found", type=Path, default=Path("fuzz-found"), help="the folder for inputs that end badly")
    parser.add_argument("--blind", action="store_true", help="without atheris")
    parser.add_argument("--write", action="store_true", help=f"write the counts to {MEASURED.relative_to(ROOT)}")
    given = parser.parse_args()
    given.found = given.found.resolve()
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
    shutil.rmtree(here)
    if given.write:
        write(counts)
    return 1 if any(each["faults"] or each["exit"] for each in counts.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
