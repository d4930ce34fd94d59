"""``beregner``: the calculator as a page, from this machine and answered by it."""

import sys
import webbrowser
from threading import Thread

import click

from kommunalvalg.web.server import HOST, serve

__all__ = ["beregner_command"]

PORT = 8017


@click.command("beregner", short_help="Open the calculator in the browser.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    help="Where the page is; 0 for any port that is free.",
)
@click.option("--open/--no-open", "opens", default=True, show_default=True, help="Open the page in the browser.")
@click.option("--lang", type=click.Choice(["da", "en"]), default="da", show_default=True, help="The page's language.")
def beregner_command(port: int, lang: str, *, opens: bool) -> None:
    """Open the calculator in the browser: seats, KKR, committees, posts, live and with the reasons.

    The page comes from this machine, http://127.0.0.1:8017/, is answered by it and by nothing else, and works without a
    network. Nobody else can reach it. It runs until Ctrl-C.
    """
    try:
        server = serve(port)
    except OSError as error:
        raise click.UsageError(
            f"--port is {port}, where nothing can listen: {error.strerror}; give another, or 0 for any that is free"
        ) from error
    with server:
        address = f"http://{HOST}:{server.server_port}/{'' if lang == 'da' else lang}"
        click.echo(f"{address}  (Ctrl-C stops it)")
        sys.stdout.flush()
        if opens:
            Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo()
