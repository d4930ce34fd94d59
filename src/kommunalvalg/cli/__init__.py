"""The command line: ``kommunalvalg``.

Exit status: 0 done, 1 a comparison failed, 2 bad input (one clear line on standard error), 3 a lot is open.
"""

import os
import sys
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from typing import Any

import click

from kommunalvalg.cli.language import Option, Speaking, language_of, said, spoken
from kommunalvalg.errors import ElectionError
from kommunalvalg.files.paths import reason
from kommunalvalg.text import LANGUAGES, N_, composed, like

__all__ = ["main"]

COMMANDS = {
    "dhondt": ("methods", N_("Distribute seats by d'Hondt.")),
    "council": ("councils", N_("Print the result of one council, or of all.")),
    "check": ("councils", N_("Compare computed with published results.")),
    "vacancies": ("councils", N_("Say who enters a council later.")),
    "margins": ("analysis", N_("Say how many votes the seats hang on.")),
    "whatif": ("analysis", N_("Ask what would have been.")),
    "simulate": ("analysis", N_("Simulate elections around a result or a poll.")),
    "night": ("night", N_("Watch election night, and write a page of it at each change.")),
    "audit": ("audit", N_("Plan a check of the count against the ballots, and evaluate it.")),
    "kkr": ("kkr", N_("Compose a kommunekontaktråd, or elect its chairs.")),
    "majority": ("methods", N_("Elect one person by flertalsvalg.")),
    "deputies": ("committees", N_("Elect the mayor's two deputies.")),
    "committees": ("committees", N_("Distribute the seats of committees.")),
    "chairs": ("committees", N_("Let the groups pick the chairs of committees.")),
    "constitute": ("constitute", N_("Tell a whole first meeting from one file.")),
    "balance": ("committees", N_("Say whether a slate is balanced.")),
    "beregner": ("beregner", N_("Open the calculator in the browser.")),
}
"""Command -> the module that has it, which is imported when it is called, and its line in the help."""

DANISH = {
    "mandater": "dhondt",
    "kommunalbestyrelse": "council",
    "byråd": "council",
    "råd": "council",
    "kontrol": "check",
    "stedfortrædere": "vacancies",
    "margener": "margins",
    "hvadnu": "whatif",
    "simuler": "simulate",
    "valgnat": "night",
    "revision": "audit",
    "borgmester": "majority",
    "flertalsvalg": "majority",
    "viceborgmestre": "deputies",
    "udvalg": "committees",
    "formænd": "chairs",
    "konstituer": "constitute",
    "konstituering": "constitute",
    "balancen": "balance",
    "ligestilling": "balance",
}
"""Danish word -> the command that it is understood as."""


class _Commands(Speaking, click.Group):
    """The commands, each imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """Name them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        """Give one by its name, or by a Danish word for it."""
        word = composed(cmd_name).casefold()
        name = DANISH.get(word, word)
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"{__name__}.{COMMANDS[name][0]}"), f"{name}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is called."""
        if not args[0].startswith("-") and self.get_command(ctx, args[0]) is None and not ctx.resilient_parsing:
            near = like(args[0], [*DANISH, *COMMANDS], 1)
            message = N_("there is no command {value}; the commands are {commands}")
            if near:
                message = N_("there is no command {value}; did you mean {near}? The commands are {commands}")
            raise ElectionError(
                message, field="COMMAND", value=args[0], near="".join(near), commands=", ".join(COMMANDS)
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """List them, without importing any."""
        with formatter.section(said("Commands")):
            formatter.write_dl([(name, said(does)) for name, (_module, does) in COMMANDS.items()])


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=N_(
        "Danish municipal election methods: distribute seats, compose a KKR, and see why. Exit status: 0 done, 1 a "
        "comparison failed, 2 bad input, 3 a lot is open."
    ),
)
@click.version_option(package_name="kommunalvalg", cls=Option, help=N_("Show the version and exit."))
@click.option("--lang", cls=Option, type=click.Choice(LANGUAGES), expose_value=False, help=N_("The language."))
def cli() -> None:
    """Have all commands."""


def _lose_no_sign() -> None:
    """Write UTF-8 to a file or a pipe, whatever the code page; to a terminal, the names of the signs it has not."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="namereplace")


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its status.

    Args:
        arguments: the words after the program's name (default: those it was called with); without any, the help.
    """
    _lose_no_sign()
    words = sys.argv[1:] if arguments is None else arguments
    lang = language_of(words)
    with spoken(lang):
        status = _run(words or ["--help"], lang)
    sys.exit(status if isinstance(status, int) else 0)


def _run(words: list[str], lang: str) -> Any:  # noqa: ANN401 - a command's status, or nothing of click's own
    try:
        return cli.main(words, prog_name="kommunalvalg", standalone_mode=False)
    except click.exceptions.Abort as stopped:
        _complain(_how_far(stopped.__cause__, lang))
        return 130
    except click.ClickException as error:
        _complain(error.format_message())
    except ElectionError as error:
        _complain(error.said(lang))
    except BrokenPipeError:
        # Whoever read the output has had enough of it; Python must not complain of that on its way out.
        sys.stderr.close()
        return 0
    except OSError as error:
        problem = ElectionError(
            N_("{file} cannot be written: {why}"), file=str(error.filename or "stdout"), why=reason(error)
        )
        _complain(problem.said(lang))
        if error.filename is None:  # the disk that standard output goes to is full, and Python would try again
            with suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 2


def _how_far(stopped: BaseException | None, lang: str) -> str:
    """Say that somebody stopped what was computed, and how far it had come, where that is known."""
    text = getattr(stopped, "text", None)
    if text is None:
        return said(N_("stopped"))
    from kommunalvalg.report.language import language  # noqa: PLC0415 - which writes numbers, and a help has none

    return language(lang)(text)


_LONGEST = 600
"""The signs of an error: whoever gives a file a name of thousands of letters needs not read them all again."""


def _complain(message: str) -> None:
    from kommunalvalg.cli.output import complain  # noqa: PLC0415 - a help needs nothing of it

    half = _LONGEST // 2
    complain(message if len(message) <= _LONGEST else f"{message[:half]} ... {message[-half:]}")
