"""The command line: ``kommunalvalg``.

Exit status: 0 done, 1 a comparison failed, 2 bad input (one clear line on standard error), 3 a lot is open.
"""

import re
import sys
from io import TextIOWrapper

import click

from kommunalvalg.cli.analysis import margins_command, simulate_command, whatif_command
from kommunalvalg.cli.beregner import beregner_command
from kommunalvalg.cli.committees import committees_command
from kommunalvalg.cli.councils import check_command, council_command
from kommunalvalg.cli.kkr import kkr_command
from kommunalvalg.cli.methods import dhondt_command, majority_command
from kommunalvalg.cli.output import BAD_INPUT, DONE
from kommunalvalg.errors import ElectionError

__all__ = ["main"]

OPTIONS = {
    "accept_second": "--accept-second",
    "among": "--all-among",
    "capacity": "--capacity",
    "cast_votes": "--cast-votes",
    "council_size": "--council-size",
    "encoding": "--encoding",
    "groups": "--groups",
    "held": "--held",
    "list": "--partner-for",
    "lists": "--merge",
    "meeting": "--meeting",
    "municipalities": "--municipalities",
    "n": "-n",
    "present": "--present",
    "represented": "--represented",
    "restore": "--restore",
    "sample": "--poll",
    "seats": "--seats",
    "seed": "--seed",
    "total_votes": "--total-votes",
}
"""Argument of a function, as its errors name it -> the option that it comes from."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="kommunalvalg")
def cli() -> None:
    """Danish municipal election methods: distribute seats, compose a KKR, and see why.

    Exit status: 0 done, 1 a comparison failed, 2 bad input, 3 a lot is open.
    """


for command in (
    dhondt_command,
    kkr_command,
    majority_command,
    committees_command,
    council_command,
    check_command,
    margins_command,
    whatif_command,
    simulate_command,
    beregner_command,
):
    cli.add_command(command)


def _lose_no_sign() -> None:
    """Write UTF-8 to a file or a pipe, whatever the code page; to a terminal, the names of the signs it has not."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="namereplace")


def _by_option(message: str) -> str:
    """Name in an error the options in place of the functions' arguments: in its first word, or where no word is one."""

    def option(argument: re.Match[str]) -> str:
        return OPTIONS.get(argument[0].strip("`"), argument[0])

    return re.sub(r'^\w+(?= is | has | names )|\w+(?=\[")|`\w+`|\w+_\w+', option, message)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its status.

    Args:
        arguments: the words after the program's name (default: those it was called with); without any, the help.
    """
    _lose_no_sign()
    words = sys.argv[1:] if arguments is None else arguments
    try:
        status = cli.main(words or ["--help"], prog_name="kommunalvalg", standalone_mode=False)
    except click.exceptions.Abort as stopped:
        click.echo(f"kommunalvalg: {str(stopped.__cause__ or '') or 'stopped'}", err=True)
        status = 130
    except (click.ClickException, ElectionError) as error:
        message = error.format_message() if isinstance(error, click.ClickException) else _by_option(str(error))
        click.echo("kommunalvalg: " + " ".join(message.split()), err=True)
        status = BAD_INPUT
    except BrokenPipeError:
        # Whoever read the output has had enough of it; Python must not complain of that on its way out.
        sys.stderr.close()
        status = DONE
    sys.exit(status if isinstance(status, int) else DONE)
