"""Call every command wrongly in every way that its options allow, and hold what comes of it.

    python tools/check_commands.py [--every N]

Each wrong call ends with status 2 and one line on standard error, in the language of the run; nothing is printed,
nothing is written, and no traceback is seen. Calls are made of the examples in the help of each command, with one thing
wrong.
"""

import io
import json
import re
import shlex
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from kommunalvalg.cli import cli, main

MEASURED = Path(__file__).parent.parent / "docs" / "measured" / "commands.json"

NO_NUMBERS = ("x", "-1", "1.5", "", "1e3", "²", "9" * 5000, "0x10", "nan", "1 000", "٣x")
NO_FILES = ("no/such/file.csv", "no-such-file.csv", ".", "", "x" * 5000)
NO_CHOICES = ("nope", "", "JSON ", "ænglish")
FILES = {"FILE", "votes.csv", "mayors.csv"}


def base(command: click.Command) -> list[str]:
    """Give the words of a good call that needs no file: the first of a command's examples."""
    for example in getattr(command, "examples", ()):
        words = shlex.split(example.split("#")[0])
        if not any(re.search(r"\.(csv|toml|json|xlsx|docx|html|md|svg|png|zip)$", word) for word in words):
            return [word for word in words if word != "kommunalvalg"]
    return [str(command.name)]


def wrong_values(option: click.Parameter) -> tuple[str, ...]:
    """Give values that no option of this kind takes."""
    kind = option.type
    if isinstance(kind, click.Choice):
        return NO_CHOICES
    if isinstance(kind, click.types.IntParamType) or kind.name == "n":
        return NO_NUMBERS
    if isinstance(kind, click.Path | click.File):
        return NO_FILES if option.name != "output" else ("no/such/folder/a.csv", "no/such/folder/a.docx", ".")
    return ()


def without(words: list[str], option: click.Option) -> list[str]:
    """Give a call without an option and what stands after it."""
    left, skip = [], False
    for word in words:
        if word in option.opts:
            skip = not option.is_flag
        elif skip and not word.startswith("--"):
            skip = option.nargs == -1 or option.multiple
        else:
            skip = False
            left.append(word)
    return left


def wrong_calls() -> Iterator[tuple[str, list[str]]]:
    """Give wrong calls, each with what is wrong."""
    context = click.Context(cli)
    yield "no command", ["valg"]
    yield "no command", ["--valg"]
    yield "no command", ["dhont", "A=1", "--seats", "3"]
    yield "a wrong choice", ["--lang", "sv", "dhondt"]
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        if command is None:
            continue
        words = base(command)
        yield "an unknown option", [*words, "--no-such-option"]
        yield "an unknown option", [*words, "-q"]
        for option in command.params:
            if not isinstance(option, click.Option) or option.name in {"help", "open"}:
                continue
            opt = option.opts[0]
            yield "a misspelt option", [*words, opt + "x"]
            if option.is_flag:
                yield "a flag with a value", [*words, f"{opt}=ja"]
                continue
            yield "an option without a value", [*without(words, option), opt]
            if option.required:
                yield "a missing option", without(words, option)
            for value in wrong_values(option):
                kind = {"n": "no number", "choice": "a wrong choice"}.get(option.type.name, "no file")
                yield kind, [*without(words, option), opt, value]


def outcome(words: list[str], lang: str) -> tuple[object, str, str]:
    """Call the command line in this process: its status, what it printed, what it complained of."""
    out, err = io.StringIO(), io.StringIO()
    status: object = None
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main([*words, "--lang", lang] if "--lang" not in words else words)
        except SystemExit as end:
            status = end.code
        except Exception as error:  # noqa: BLE001 - whatever it is, a person would see it
            status = f"{type(error).__name__}: {error}"
    return status, out.getvalue(), err.getvalue()


def faults(words: list[str]) -> Iterator[str]:
    """Say what is not as it should be about a wrong call, in both languages."""
    said = []
    for lang in ("da", "en"):
        with TemporaryDirectory() as folder, chdir(folder):
            status, out, err = outcome(words, lang)
            left = list(Path().iterdir())
        if status != 2:  # noqa: PLR2004 - bad input
            yield f"{lang}: status {status}"
        if out:
            yield f"{lang}: printed {out[:60]!r}"
        if err.count("\n") != 1 or not err.startswith("kommunalvalg: ") or "Traceback" in err:
            yield f"{lang}: said {err[:200]!r}"
        if len(err) > 700:  # noqa: PLR2004 - what a person reads
            yield f"{lang}: a line of {len(err)} signs"
        if left:
            yield f"{lang}: left {left}"
        said.append(err)
    if said[0] == said[1] and "--lang" not in words:
        yield f"one line in both languages: {said[0]!r}"


def check() -> int:
    """Make every wrong call, print what is not as it should be, and write the counts."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--every", type=int, default=1, help="every N-th call only")
    parser.add_argument("--write", action="store_true", help="write the counts for the documentation")
    given = parser.parse_args()
    calls = list(wrong_calls())[:: given.every]
    wrong = 0
    for _kind, words in calls:
        for fault in faults(words):
            wrong += 1
            print(shlex.join(word[:40] for word in words), "|", fault)
    kinds = Counter(kind for kind, _words in calls)
    print(f"{len(calls)} wrong calls in two languages, {wrong} faults:", dict(kinds))
    if given.write:
        MEASURED.write_text(json.dumps({"calls": len(calls), "faults": wrong, **kinds}, indent=1) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(check())
