"""``beregner``: the calculator as a page, from this machine and answered by it."""

import sys
import webbrowser
from threading import Thread

import click

from kommunalvalg.cli.language import Command, Option, said
from kommunalvalg.cli.options import Choice, Whole
from kommunalvalg.errors import ElectionError
from kommunalvalg.files.paths import reason
from kommunalvalg.text import LANGUAGES, N_
from kommunalvalg.web.server import HOST, serve

__all__ = ["beregner_command"]

PORT, _LAST_PORT = 8017, 65_535


def _run(port: int, lang: str, *, opens: bool) -> None:
    """Serve the page until somebody stops it."""
    try:
        server = serve(port)
    except OSError as error:
        raise ElectionError(
            "{field} is {value}, where nothing can listen: {why}; give another, or 0 for any that is free",
            field="port",
            value=port,
            why=reason(error),
        ) from error
    with server:
        address = f"http://{HOST}:{server.server_port}/{'' if lang == LANGUAGES[0] else lang}"
        click.echo(f"{address}  ({said(N_('Ctrl-C stops it'))})")
        sys.stdout.flush()
        if opens:
            Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo()


beregner_command = Command(
    "beregner",
    callback=_run,
    params=[
        Option(
            ["--port"],
            type=Whole(0, _LAST_PORT),
            default=PORT,
            show_default=True,
            help=N_("Where the page is; 0 for any port that is free."),
        ),
        Option(
            ["--open/--no-open", "opens"], default=True, show_default=True, help=N_("Open the page in the browser.")
        ),
        Option(
            ["--lang"],
            type=Choice(LANGUAGES),
            default=LANGUAGES[0],
            show_default=True,
            help=N_("The language."),
        ),
    ],
    help=N_(
        "Open the calculator in the browser: seats, KKR, committees and posts, live and with the reasons. The page "
        "comes from this machine, http://127.0.0.1:8017/, is answered by it, and works without a network; nobody else "
        "can reach it. Ctrl-C stops it."
    ),
    examples=("kommunalvalg beregner", "kommunalvalg beregner --port 0 --no-open --lang en"),
)
"""Open the calculator."""
