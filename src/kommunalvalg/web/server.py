"""The server of ``kommunalvalg beregner``: the calculator's page from this machine, answered natively.

It listens at 127.0.0.1 alone, and answers nobody who calls it by another name: a page of another host that a browser is
open on cannot reach it (DNS rebinding), and a form of one cannot post to it. It serves the files of the page, which are
in memory, and nothing of the disk.
"""

import json
import sys
from _thread import start_new_thread
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from kommunalvalg.text import LANGUAGES
from kommunalvalg.web.answers import reply
from kommunalvalg.web.template import FILES, page, static_files

__all__ = ["HOST", "LARGEST", "serve"]

HOST = "127.0.0.1"
LARGEST = 6_000_000
"""The largest question, in bytes: a table of an official export that is pasted."""

_WAIT = 20
"""Seconds that a browser may take over a request."""

_HTML = "text/html; charset=utf-8"
_ONLY_OWN = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class _Refused(Exception):  # noqa: N818 - no error of ours
    """A request that is answered with a status alone."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


class _Server(ThreadingHTTPServer):
    """The server with its files."""

    request_queue_size = 256

    def __init__(self, port: int) -> None:
        self.files = {f"/{name}": (FILES[name], text.encode()) for name, text in static_files().items()}
        for lang, other in zip(LANGUAGES, reversed(LANGUAGES), strict=True):
            path = "/" if lang == LANGUAGES[0] else f"/{lang}"
            to = "./" if other == LANGUAGES[0] else other
            self.files[path] = (_HTML, page(lang, engine="server", other=to).encode())
        super().__init__((HOST, port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - whatever socketserver gave
        """Answer in another thread, and go on before it runs: where all wait for theirs, the next one waits for all."""
        start_new_thread(self.process_request_thread, (request, client_address))

    def handle_error(self, request: object, client_address: object) -> None:
        """Show an error, unless it is that a browser left before it had everything."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # whatever socketserver gave


class _Handler(BaseHTTPRequestHandler):
    """Answer one browser."""

    server: _Server
    server_version = "kommunalvalg"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = _WAIT

    def log_message(self, *_: object) -> None:
        """Say nothing: what is asked is nobody's business."""

    def do_GET(self) -> None:
        """Send a file of the page."""
        self._answer(self._file)

    def do_HEAD(self) -> None:
        """Say what a file is."""
        self._answer(self._file)

    def do_POST(self) -> None:
        """Answer a message of the page."""
        self._answer(self._reply)

    def _answer(self, give: object) -> None:
        try:
            self._check_caller()
            kind, content = give()  # type: ignore[operator]
        except _Refused as refused:
            # What is left of the request was not read, so nothing more can be on this connection.
            self.close_connection = True
            self._send(refused.status, "text/plain; charset=utf-8", f"{refused.status.phrase}\n".encode())
        else:
            self._send(HTTPStatus.OK, kind, content)

    def _check_caller(self) -> None:
        """Refuse whoever calls this machine by a name that is not its own, or comes from another page."""
        own = {f"{name}:{self.server.server_port}" for name in (HOST, "localhost")}
        if self.headers.get_all("Host", []) not in [[name] for name in own]:
            raise _Refused(HTTPStatus.MISDIRECTED_REQUEST)
        origin = self.headers.get("Origin")
        if origin is not None and origin not in {f"http://{name}" for name in own}:
            raise _Refused(HTTPStatus.FORBIDDEN)

    def _file(self) -> tuple[str, bytes]:
        if "Content-Length" in self.headers or "Transfer-Encoding" in self.headers:
            raise _Refused(HTTPStatus.BAD_REQUEST)  # what followed would be taken for the next request
        found = self.server.files.get(self.path.partition("?")[0])
        if found is None:
            raise _Refused(HTTPStatus.NOT_FOUND)
        return found

    def _reply(self) -> tuple[str, bytes]:
        if self.path != "/answer":
            raise _Refused(HTTPStatus.NOT_FOUND)
        # A form of another page can send text, but not this without asking first.
        if self.headers.get_content_type() != "application/json":
            raise _Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdecimal()) or "Transfer-Encoding" in self.headers:
            raise _Refused(HTTPStatus.LENGTH_REQUIRED)
        if len(length) > len(str(LARGEST)) or int(length) > LARGEST:
            raise _Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            asked = json.loads(self.rfile.read(int(length)))
            lang, message = asked["lang"], asked["message"]
        except (ValueError, TypeError, KeyError, RecursionError, TimeoutError) as error:
            raise _Refused(HTTPStatus.BAD_REQUEST) from error
        if lang not in LANGUAGES:
            raise _Refused(HTTPStatus.BAD_REQUEST)
        return "application/json", json.dumps(reply(message, lang), ensure_ascii=False).encode(errors="replace")

    def _send(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(content)), **_ONLY_OWN}.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


def serve(port: int = 0) -> ThreadingHTTPServer:
    """Start listening at 127.0.0.1; call ``serve_forever`` on what is returned, and ``server_close`` in the end.

    Args:
        port: the port; 0 for any that is free.

    Raises:
        OSError: somebody else has the port.

    >>> with serve() as server:
    ...     server.server_address[0]
    '127.0.0.1'
    """
    return _Server(port)
