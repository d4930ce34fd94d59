import json
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection, HTTPResponse
from http.server import ThreadingHTTPServer
from signal import SIGINT
from subprocess import PIPE, Popen
from threading import Thread
from urllib.parse import urlsplit

import pytest

pytest.importorskip("babel")
pytest.importorskip("click")

from commands import Run

from kommunalvalg.web.server import HOST, LARGEST, serve

QUESTION = {
    "lang": "da",
    "message": {
        "do": "answer",
        "sheet": {"tab": "seats", "fields": {"seats": "3"}, "tables": {"lists": [["A", "11"], ["B", "8"]]}},
    },
}


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadingHTTPServer]:
    """Run the server on a free port."""
    with serve() as running:
        thread = Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield running
        running.shutdown()


def call(
    server: ThreadingHTTPServer, method: str, path: str, body: bytes | None = None, **headers: str
) -> HTTPResponse:
    """Send a request, and give what comes back."""
    connection = HTTPConnection(HOST, server.server_port, timeout=10)
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    connection.request(method, path, body, named)
    response = connection.getresponse()
    response.content = response.read()  # type: ignore[attr-defined]
    connection.close()
    return response


def ask(server: ThreadingHTTPServer, question: object, **headers: str) -> HTTPResponse:
    """Send a question as the page does."""
    body = question if isinstance(question, bytes) else json.dumps(question).encode()
    return call(server, "POST", "/answer", body, **{"Content_Type": "application/json", **headers})


@pytest.mark.parametrize("path", ["/", "/en", "/calc.js", "/calc.css", "/seats.svg", "/?x=1"])
def test_the_page_and_its_files_are_served(server: ThreadingHTTPServer, path: str) -> None:
    """The page in both languages and its files are there, and are kept by nobody."""
    response = call(server, "GET", path)
    assert response.status == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Python" not in (response.headers["Server"] or "")
    head = call(server, "HEAD", path)
    assert (head.status, head.headers["Content-Length"]) == (200, response.headers["Content-Length"])


def test_a_question_is_answered(server: ThreadingHTTPServer) -> None:
    """What the page asks is answered as the library answers it."""
    answer = json.loads(ask(server, QUESTION).content)  # type: ignore[attr-defined]
    assert [(row["name"], row["seats"]) for row in answer["rows"]] == [("A", 2), ("B", 1)]


@pytest.mark.parametrize(
    "path",
    [
        "/page.html",
        "/../pyproject.toml",
        "/%2e%2e/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/static/calc.js",
        "/calc.js/",
        "/answer",
        "/\\..\\x",
        "/..%2f..%2fetc/passwd",
        "/%252e%252e/etc/passwd",
        "/%c0%ae%c0%ae/etc/passwd",
        "/static/../calc.js",
        "/./calc.js",
        "/calc.js;x",
        "/calc.js%00",
        "http://example.org/",
        "http://[x",
        "//[x",
        "*",
        "/" + "a" * 3000,
    ],
)
def test_nothing_else_is_served(server: ThreadingHTTPServer, path: str) -> None:
    """No path leads to the disk, nor to anything that is not the page's."""
    response = call(server, "GET", path, Host=f"{HOST}:{server.server_port}")
    assert response.status == 404
    assert b"root:" not in response.content  # type: ignore[attr-defined]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "BREW"])
def test_other_methods_are_refused(server: ThreadingHTTPServer, method: str) -> None:
    """There is nothing to write, and nobody of another host is told what is allowed."""
    response = call(server, method, "/answer")
    assert response.status == 501
    assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize("host", ["example.org", "example.org:8017", "127.0.0.1", "127.0.0.1.example.org", "", "[::1]"])
def test_another_host_is_refused(server: ThreadingHTTPServer, host: str) -> None:
    """Whoever reaches this machine by another name, or without the port, gets nothing."""
    assert call(server, "GET", "/", Host=host).status == 421
    assert ask(server, QUESTION, Host=host).status == 421


@pytest.mark.parametrize("origin", ["http://example.org", "null", "https://127.0.0.1", "file://"])
def test_another_page_is_refused(server: ThreadingHTTPServer, origin: str) -> None:
    """A page of another host that sends a question gets no answer."""
    assert ask(server, QUESTION, Origin=origin).status == 403
    own = f"http://{HOST}:{server.server_port}"
    assert ask(server, QUESTION, Origin=own).status == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_a_form_is_no_question(server: ThreadingHTTPServer, kind: str) -> None:
    """What a form of any page can send without asking is refused."""
    assert ask(server, QUESTION, Content_Type=kind).status == 415


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"[" * 100_000, b'{"lang": "da"}', b'{"lang": "xx", "message": {}}', b"\xff\xfe", b"1"],
)
def test_a_question_that_is_none_is_refused(server: ThreadingHTTPServer, body: bytes) -> None:
    """What is no JSON, or holds no message in a language, is a bad request, and the server goes on."""
    assert ask(server, body).status == 400
    assert ask(server, QUESTION).status == 200


@pytest.mark.parametrize(
    ("length", "status"),
    [(str(LARGEST + 1), 413), ("9" * 400, 413), ("-1", 411), ("1e3", 411), ("", 411), ("١", 411)],
)
def test_a_question_has_a_largest_size(server: ThreadingHTTPServer, length: str, status: int) -> None:
    """What is too large, or does not say how large it is, is refused before it is read."""
    with socket.create_connection((HOST, server.server_port), timeout=10) as line:
        head = (
            f"POST /answer HTTP/1.1\r\nHost: {HOST}:{server.server_port}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {length}\r\n\r\n"
        )
        line.sendall(head.encode())
        assert f" {status} ".encode() in line.recv(200)


def sent(server: ThreadingHTTPServer, *lines: str, body: str = "") -> bytes:
    """Send a request to its last sign, and give all that comes back until the server ends the connection."""
    with socket.create_connection((HOST, server.server_port), timeout=10) as line:
        line.sendall(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
        return b"".join(iter(lambda: line.recv(65_536), b""))


@pytest.mark.parametrize("header", ["Content-Length: 40", "Transfer-Encoding: chunked"])
def test_what_follows_a_file_is_no_second_request(server: ThreadingHTTPServer, header: str) -> None:
    """A request for a file has no body, which would be taken for a request of its own."""
    host = f"Host: {HOST}:{server.server_port}"
    answer = sent(server, "GET / HTTP/1.1", host, header, body=f"GET /en HTTP/1.1\r\n{host}\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert answer.count(b"HTTP/1.1 ") == 1


def test_two_hosts_are_refused(server: ThreadingHTTPServer) -> None:
    """A request that names two hosts is for none."""
    own = f"Host: {HOST}:{server.server_port}"
    for hosts in ((own, "Host: example.org"), ("Host: example.org", own)):
        assert sent(server, "GET / HTTP/1.1", *hosts, "Connection: close").startswith(b"HTTP/1.1 421 ")


def test_nothing_is_upgraded(server: ThreadingHTTPServer) -> None:
    """A web socket of another page is refused, and one of no page gets the page."""
    host = f"Host: {HOST}:{server.server_port}"
    upgrade = ("Upgrade: websocket", "Connection: Upgrade, close", "Sec-WebSocket-Version: 13")
    answer = sent(server, "GET / HTTP/1.1", host, *upgrade, "Origin: http://example.org", "Connection: close")
    assert answer.startswith(b"HTTP/1.1 403 ")
    with socket.create_connection((HOST, server.server_port), timeout=10) as line:
        line.sendall("\r\n".join(("GET / HTTP/1.1", host, *upgrade, "", "")).encode())
        assert line.recv(200).startswith(b"HTTP/1.1 200 ")


def test_many_who_send_slowly_keep_nobody_waiting(server: ThreadingHTTPServer) -> None:
    """Two hundred who have begun a question and send no more do not hold up who asks."""
    head = (
        f"POST /answer HTTP/1.1\r\nHost: {HOST}:{server.server_port}\r\nContent-Type: application/json\r\n"
        "Content-Length: 1000\r\n\r\n{"
    )
    with ExitStack() as slow:
        for _ in range(200):
            slow.enter_context(socket.create_connection((HOST, server.server_port), timeout=10)).sendall(head.encode())
        assert ask(server, QUESTION).status == 200


def test_chunks_are_refused(server: ThreadingHTTPServer) -> None:
    """A question of unknown length is refused."""
    with socket.create_connection((HOST, server.server_port), timeout=10) as line:
        line.sendall(
            f"POST /answer HTTP/1.1\r\nHost: {HOST}:{server.server_port}\r\nContent-Type: application/json\r\n"
            "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n".encode()
        )
        assert b" 411 " in line.recv(200)


def test_a_page_of_bad_lines_does_not_stop_it(server: ThreadingHTTPServer) -> None:
    """What is no request at all is refused, and the server goes on."""
    with socket.create_connection((HOST, server.server_port), timeout=10) as line:
        line.sendall(b"\x00\x01\x02\r\n\r\n")
        line.recv(200)
    assert call(server, "GET", "/").status == 200


def test_only_this_machine_can_reach_it(server: ThreadingHTTPServer) -> None:
    """It listens at 127.0.0.1 and nowhere else."""
    assert server.server_address[0] == HOST


def test_a_port_that_is_taken_is_said_in_one_line(
    server: ThreadingHTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command says which port, and what to do."""
    error = Run(capsys, "beregner", "--no-open", "--port", str(server.server_port), "--lang", "en").error
    assert f"--port is {server.server_port}" in error
    assert "0 for any that is free" in error


@pytest.mark.usefixtures("interruptible")
def test_it_stops_with_ctrl_c() -> None:
    """The command says where the page is, serves it, and ends when it is interrupted."""
    command = [
        sys.executable,
        "-c",
        "from kommunalvalg.cli import main; main()",
        "beregner",
        "--no-open",
        "--port",
        "0",
    ]
    with Popen(command, stdout=PIPE, stderr=PIPE, text=True) as running:  # noqa: S603 - our own command
        assert running.stdout is not None
        address = running.stdout.readline().split()[0]
        connection = HTTPConnection(urlsplit(address).netloc, timeout=10)
        connection.request("GET", "/")
        assert connection.getresponse().status == 200
        connection.close()
        running.send_signal(SIGINT)
        _out, error = running.communicate(timeout=20)
    assert (running.returncode, error) == (0, "")
