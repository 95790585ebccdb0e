"""Whether locations answer: asked of servers that behave, and of servers that do not."""

from __future__ import annotations

import json
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from aimanifest import __version__, cli
from aimanifest.document import read
from aimanifest.integrity import locations as module
from aimanifest.integrity.facts import Fact, Result
from aimanifest.integrity.locations import Client, asked, public_only
from aimanifest.manifest import Manifest

VERIFIED, CONTRADICTED, UNCHECKED = Result.VERIFIED, Result.CONTRADICTED, Result.UNCHECKED


class Server:
    """Answers each request as it is told to, and remembers all of them."""

    def __init__(self, answer: Callable[[str, str], bytes | None]) -> None:
        """Begin to answer; where there is no answer, keep whoever asks waiting."""
        self.requests: list[str] = []
        self.heads: list[dict[str, str]] = []
        self.most = 0
        self._answer = answer
        self._now = 0
        self._lock = threading.Lock()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._socket.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                threading.Thread(target=self._one, args=(connection,), daemon=True).start()

    def _one(self, connection: socket.socket) -> None:
        with closing(connection), suppress(OSError):
            received = b""
            while b"\r\n\r\n" not in received and (piece := connection.recv(4096)):
                received += piece
            lines = received.decode().split("\r\n")
            with self._lock:
                self._now += 1
                self.most = max(self.most, self._now)
                self.requests.append(lines[0].removesuffix(" HTTP/1.1"))
                self.heads.append(dict(each.split(": ", 1) for each in lines[1:] if each))
            method, path, _ = lines[0].split(" ")
            answer = self._answer(method, path)
            if answer is None:
                time.sleep(5)
            else:
                connection.sendall(answer)
            with self._lock:
                self._now -= 1


def says(status: int, **headers: str) -> bytes:
    lines = "".join(f"{key.replace('_', '-')}: {value}\r\n" for key, value in headers.items())
    return f"HTTP/1.1 {status} Whatever\r\n{lines}Content-Length: 0\r\n\r\n".encode()


Start = Callable[[Callable[[str, str], bytes | None]], Server]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start servers that are gone when the test is over."""
    started: list[Server] = []

    def begin(answer: Callable[[str, str], bytes | None]) -> Server:
        started.append(Server(answer))
        return started[-1]

    yield begin
    for each in started:
        each.close()


def local(host: str, port: int) -> Sequence[str]:  # noqa: ARG001  every host is here
    return ("127.0.0.1",)


def anything(address: str, port: int) -> str:  # noqa: ARG001  everything may be connected to
    return ""


def manifest(*urls: str, **more: object) -> Manifest:
    components = {
        f"code-{index}": {"kind": "training-code", "location": url, **more}
        for index, url in enumerate(urls)
    }
    release = {"name": "Tern", "publisher": {"name": "Example Lab"}}
    data = {"aimanifest": "1.0", "release": release, "components": components}
    return Manifest.from_document(read(json.dumps(data).encode()))


def ask(*urls: str, timeout: float = 2, limit: int = 100) -> tuple[Fact, ...]:
    """Ask about URLs as if every host were this one, and could be asked."""
    return asked(manifest(*urls), timeout=timeout, limit=limit, resolve=local, permit=anything)


def ask_one(url: str, *, timeout: float = 2, limit: int = 100) -> Fact:
    (only,) = ask(url, timeout=timeout, limit=limit)
    return only


# -- three values ----------------------------------------------------------------------------------

REFUSALS = (400, 401, 402, 403, 405, 406, 407, 408, 418, 425, 429, 451, 500, 501, 502, 503, 504)


@pytest.mark.parametrize(
    ("status", "result"),
    [
        (200, VERIFIED),
        (203, VERIFIED),
        (204, VERIFIED),
        (206, VERIFIED),
        (416, VERIFIED),
        (404, CONTRADICTED),
        (410, CONTRADICTED),
        *((each, UNCHECKED) for each in REFUSALS),
        (300, UNCHECKED),
        (304, UNCHECKED),
        (999, UNCHECKED),
    ],
)
def test_what_an_answer_says(status: int, result: Result, start: Start) -> None:
    server = start(lambda *_: says(status))
    fact = ask_one(f"http://a.example:{server.port}/x")
    assert fact.result is result, fact.message
    assert (fact.check, fact.component) == ("location", "code-0")
    assert fact.pointer == "/components/code-0/location"


def test_head_comes_first_and_then_one_byte(start: Start) -> None:
    server = start(lambda method, _: says(405 if method == "HEAD" else 206))
    assert ask_one(f"http://a.example:{server.port}/x?y=1").result is VERIFIED
    assert server.requests == ["HEAD /x?y=1", "GET /x?y=1"]
    assert server.heads[1]["Range"] == "bytes=0-0"


def test_a_server_that_answers_head_wrongly_is_asked_again(start: Start) -> None:
    server = start(lambda method, _: says(404 if method == "HEAD" else 200))
    assert ask_one(f"http://a.example:{server.port}/").result is VERIFIED


def test_no_more_than_a_byte_is_read(start: Start) -> None:
    endless = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n" + b"x" * 100_000
    server = start(lambda method, _: says(501) if method == "HEAD" else endless)
    begun = time.monotonic()
    assert ask_one(f"http://a.example:{server.port}/").result is VERIFIED
    assert time.monotonic() - begun < 2


def test_a_request_says_who_asks_and_nothing_else(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    server = start(
        lambda _, path: says(302, Location="/b", Set_Cookie="a=b") if path == "/a" else says(200)
    )
    assert ask_one(f"http://A.example:{server.port}/a#part").result is VERIFIED
    assert server.requests == ["HEAD /a", "HEAD /b"]
    for each in server.heads:
        assert each == {
            "Host": f"a.example:{server.port}",
            "User-Agent": f"aimanifest/{__version__} (+https://aimanifest.org)",
            "Accept": "*/*",
            "Connection": "close",
        }


# -- servers that do not behave --------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\r\n",
        b"garbage\r\n\r\n",
        b"HTTP/9.9 what\r\n\r\n",
        b"HTTP/1.1 200" + b"x" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 1000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nx: " + b"y" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 -1 OK\r\n\r\n",
        b"SSH-2.0-OpenSSH\r\n",
        b"\x16\x03\x01\x00\x00",
    ],
)
def test_what_is_no_answer_says_nothing(answer: bytes, start: Start) -> None:
    server = start(lambda *_: answer)
    assert ask_one(f"http://a.example:{server.port}/").result is UNCHECKED


def test_who_does_not_answer_is_not_waited_for(start: Start) -> None:
    server = start(lambda *_: None)
    begun = time.monotonic()
    fact = ask_one(f"http://a.example:{server.port}/", timeout=0.3)
    assert fact.result is UNCHECKED
    assert "no answer in time" in fact.message
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize("secure", [False, True])
def test_who_answers_a_byte_at_a_time_is_not_waited_for(*, secure: bool) -> None:
    """Each byte comes in time, and the answer never does."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def drip() -> None:
            with suppress(OSError):
                connection, _ = listener.accept()
                with closing(connection):
                    for _ in range(100):
                        connection.sendall(b"\x16" if secure else b"H")
                        time.sleep(0.1)

        threading.Thread(target=drip, daemon=True).start()
        begun = time.monotonic()
        scheme = "https" if secure else "http"
        fact = ask_one(f"{scheme}://a.example:{listener.getsockname()[1]}/", timeout=0.5)
        assert fact.result is UNCHECKED
        assert time.monotonic() - begun < 3


def test_endless_headers_of_no_answer_end(start: Start) -> None:
    server = start(lambda *_: b"HTTP/1.1 100 Continue\r\n\r\n" * 10_000)
    assert ask_one(f"http://a.example:{server.port}/", timeout=1).result is UNCHECKED


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    fact = ask_one(f"http://a.example:{port}/")
    assert fact.result is UNCHECKED
    assert "the connection failed" in fact.message


def test_tls_that_cannot_be_trusted_says_nothing(tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        (
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"),
            *("-subj", "/CN=a.example", "-keyout", str(key), "-out", str(certificate)),
        ),
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with suppress(OSError):
                connection, _ = listener.accept()
                with context.wrap_socket(connection, server_side=True) as secure:
                    secure.recv(1000)

        threading.Thread(target=serve, daemon=True).start()
        fact = ask_one(f"https://a.example:{listener.getsockname()[1]}/")
        assert fact.result is UNCHECKED
        assert "TLS failed" in fact.message


# -- redirects -------------------------------------------------------------------------------------


def test_five_redirects_are_followed_and_six_are_not(start: Start) -> None:
    def answer(_: str, path: str) -> bytes:
        left = int(path[1:])
        return says(301, Location=f"{left - 1}") if left else says(200)

    server = start(answer)
    assert ask_one(f"http://a.example:{server.port}/5").result is VERIFIED
    assert ask_one(f"http://a.example:{server.port}/6").result is UNCHECKED


def test_a_redirect_to_nothing_is_not_there(start: Start) -> None:
    server = start(lambda _, path: says(308, Location="/b") if path == "/a" else says(404))
    fact = ask_one(f"http://a.example:{server.port}/a")
    assert fact.result is CONTRADICTED
    assert "redirected to" in fact.message


@pytest.mark.parametrize(
    ("onward", "why"),
    [
        ("", "not whereto"),
        ("ftp://a.example/x", "ftp is not asked"),
        ("file:///etc/passwd", "file is not asked"),
        ("http://user:secret@a.example/", "a name or a password"),
        ("http://:0:/", "no URL"),
        ("http://[::1", "no URL"),
        ("//fe80::1%25eth0/", "no URL"),
    ],
)
def test_redirects_that_are_not_followed(onward: str, why: str, start: Start) -> None:
    server = start(lambda *_: says(302, Location=onward))
    fact = ask_one(f"http://a.example:{server.port}/")
    assert fact.result is UNCHECKED
    assert why in fact.message
    assert len(server.requests) == 1


def test_a_redirect_to_oneself_ends(start: Start) -> None:
    server = start(lambda *_: says(302, Location="/"))
    assert ask_one(f"http://a.example:{server.port}/").result is UNCHECKED
    assert len(server.requests) == 6


def test_a_redirect_injects_nothing(start: Start) -> None:
    server = start(
        lambda _, path: (
            b"HTTP/1.1 302 X\r\nLocation: /b \x01\xff?q=\tz\r\n\r\n" if path == "/" else says(200)
        )
    )
    fact = ask_one(f"http://a.example:{server.port}/")
    assert fact.result is VERIFIED
    assert all(set(each) <= {chr(code) for code in range(32, 127)} for each in server.requests)


# -- addresses -------------------------------------------------------------------------------------

PRIVATE = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",  # noqa: S104  nothing is bound
    "0.1.2.3",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "2001:db8::1",
    "100::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "2002:c0a8:101::1",
    "2001:0:0:0:0:0:f5ff:fffe",
    "not an address",
    "",
    "2130706433",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_public_is_not_asked(address: str) -> None:
    assert public_only(address, 443)


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "1.1.1.1",
        "93.184.216.34",
        "2606:4700::1111",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
    ],
)
def test_what_is_public_is_asked(address: str) -> None:
    assert public_only(address, 443) == ""
    assert public_only(address, 8443) == ""


@pytest.mark.parametrize("port", [1, 22, 25, 53, 445, 1023])
def test_ports_of_other_services_are_not_asked(port: int) -> None:
    assert public_only("8.8.8.8", port)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "0"],
)
def test_this_machine_is_not_asked_however_it_is_written(host: str, start: Start) -> None:
    server = start(lambda *_: says(200))
    (fact,) = asked(manifest(f"http://{host}:{server.port}/"), timeout=2)
    assert fact.result is UNCHECKED
    assert server.requests == []


def test_a_redirect_leads_into_no_private_network(start: Start) -> None:
    server = start(lambda *_: says(200))
    front = start(lambda *_: says(302, Location=f"http://inner.example:{server.port}/admin"))

    def resolve(host: str, port: int) -> Sequence[str]:  # noqa: ARG001
        return ("127.0.0.1",) if host == "front.example" else ("127.0.0.2",)

    def permit(address: str, port: int) -> str:
        return "" if address == "127.0.0.1" else public_only(address, port)

    (fact,) = asked(manifest(f"http://front.example:{front.port}/"), resolve=resolve, permit=permit)
    assert fact.result is UNCHECKED
    assert "127.0.0.2 is no public address" in fact.message
    assert (len(front.requests), server.requests) == (1, [])


def test_what_was_looked_at_is_what_is_connected_to(start: Start) -> None:
    """A name that means something else when it is asked about a second time gains nothing."""
    server = start(lambda *_: says(200))
    answers = iter([("127.0.0.1",), ("10.0.0.1",)])
    looked_at: list[str] = []

    def resolve(host: str, port: int) -> Sequence[str]:  # noqa: ARG001
        return next(answers)

    def permit(address: str, port: int) -> str:  # noqa: ARG001
        looked_at.append(address)
        return "" if address == "127.0.0.1" else "it is private"

    (fact,) = asked(
        manifest(f"http://rebind.example:{server.port}/"), resolve=resolve, permit=permit
    )
    assert fact.result is VERIFIED
    assert looked_at == ["127.0.0.1"]
    assert len(server.requests) == 1


def test_a_host_with_one_private_address_is_not_asked_at_all(start: Start) -> None:
    server = start(lambda *_: says(200))
    permit = {"127.0.0.1": "", "10.0.0.1": "it is private"}
    (fact,) = asked(
        manifest(f"http://both.example:{server.port}/"),
        resolve=lambda *_: ("127.0.0.1", "10.0.0.1"),
        permit=lambda address, _: permit[address],
    )
    assert fact.result is UNCHECKED
    assert server.requests == []


def test_the_second_address_of_a_host_is_tried(start: Start) -> None:
    server = start(lambda *_: says(200))
    (fact,) = asked(
        manifest(f"http://two.example:{server.port}/"),
        resolve=lambda *_: ("127.0.0.3", "127.0.0.1"),
        permit=anything,
    )
    assert fact.result is VERIFIED


@pytest.mark.parametrize("error", [OSError(-2, "Name or service not known"), UnicodeError("label")])
def test_a_host_that_is_not_known_says_nothing(error: Exception) -> None:
    def resolve(*_: object) -> Sequence[str]:
        raise error

    (fact,) = asked(manifest("https://gone.example/"), resolve=resolve, permit=anything)
    assert fact.result is UNCHECKED


def test_a_name_that_is_not_found_in_time() -> None:
    found = threading.Event()

    def resolve(host: str, port: int) -> Sequence[str]:  # noqa: ARG001
        found.wait(10)
        return ("127.0.0.1",)

    begun = time.monotonic()
    (fact,) = asked(
        manifest("https://slow.example/"), timeout=0.3, resolve=resolve, permit=anything
    )
    found.set()
    assert fact.result is UNCHECKED
    assert "not found in time" in fact.message
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/",
        "file:///etc/passwd",
        "ipfs://bafy",
        "magnet:?xt=urn:btih:x",
        "https://user@a.example/",
        "https://user:secret@a.example/",
        "https://a.example:99999/",
        "https://a.example:x/",
        "https://[::1/",
        "https:///path",
        "https://a%00b/",
        "https://" + "\xad" * 5 + "/",
        "https://" + "ä" * 300 + ".example/",
    ],
)
def test_urls_that_are_not_asked(url: str) -> None:
    def never(host: str, port: int) -> Sequence[str]:
        pytest.fail(f"{host}:{port} was looked for")

    (fact,) = asked(manifest(url), resolve=never, permit=anything)
    assert fact.result is UNCHECKED


@given(st.text(max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_url_is_survived(rest: str) -> None:
    def nobody(*_: object) -> Sequence[str]:
        raise OSError(-2, "Name or service not known")

    client = Client(timeout=1, limit=10, resolve=nobody, permit=anything)
    for url in (f"https://{rest}", f"http://a.example/{rest}", rest):
        assert client.ask(url).there is None


# -- how much is asked -----------------------------------------------------------------------------


def test_there_is_a_limit_on_requests(start: Start) -> None:
    server = start(lambda *_: says(200))
    urls = [f"http://a.example:{server.port}/{index}" for index in range(10)]
    found = ask(*urls, limit=4)
    assert len(server.requests) == 4
    assert [each.result for each in found] == [VERIFIED] * 4 + [UNCHECKED] * 6
    assert "as many requests were made as may be" in found[-1].message


def test_redirects_count(start: Start) -> None:
    server = start(lambda _, path: says(302, Location="/b") if path == "/a" else says(200))
    assert ask_one(f"http://a.example:{server.port}/a", limit=1).result is UNCHECKED
    assert len(server.requests) == 1


def test_each_url_is_asked_once(start: Start) -> None:
    server = start(lambda *_: says(200))
    url = f"http://a.example:{server.port}/"
    found = ask(url, f"{url}#one", url)
    assert [each.result for each in found] == [VERIFIED] * 3
    assert len(server.requests) == 1


def test_a_host_is_asked_one_thing_after_the_other(start: Start) -> None:
    def answer(*_: str) -> bytes:
        time.sleep(0.05)
        return says(200)

    server = start(answer)
    # What is said to be elsewhere may lead here all the same.
    front = start(lambda *_: says(302, Location=f"http://a.example:{server.port}/x"))
    urls = [f"http://a.example:{server.port}/{index}" for index in range(5)]
    urls += [f"http://{name}.example:{front.port}/" for name in "bcd"]
    assert {each.result for each in ask(*urls)} == {VERIFIED}
    assert server.most == 1


def test_only_a_few_hosts_are_asked_at_once(start: Start) -> None:
    def answer(*_: str) -> bytes:
        time.sleep(0.05)
        return says(200)

    server = start(answer)
    urls = [f"http://h{index}.example:{server.port}/" for index in range(20)]
    assert {each.result for each in ask(*urls)} == {VERIFIED}
    assert 1 < server.most <= module.AT_ONCE


def test_who_asks_to_be_left_alone_is(start: Start) -> None:
    server = start(lambda *_: says(429, Retry_After="1"))
    found = ask(*(f"http://a.example:{server.port}/{index}" for index in range(5)))
    assert {each.result for each in found} == {UNCHECKED}
    assert len(server.requests) == 1


def test_what_was_withdrawn_or_omitted_is_not_asked_about(start: Start) -> None:
    server = start(lambda *_: says(404))
    url = f"http://a.example:{server.port}/"
    assert asked(manifest(url, availability="withdrawn"), resolve=local, permit=anything) == ()
    assert server.requests == []


def test_sources_of_data_are_asked_about(start: Start) -> None:
    server = start(lambda _, path: says(404 if path == "/b" else 200))
    url = f"http://a.example:{server.port}"
    sources = [{"name": "a", "location": f"{url}/a"}, {"name": "b", "location": f"{url}/b"}]
    found = asked(
        manifest(url, kind="training-data", data={"sources": sources}),
        resolve=local,
        permit=anything,
    )
    assert [each.result for each in found] == [VERIFIED, VERIFIED, CONTRADICTED]
    assert found[2].pointer == "/components/code-0/data/sources/1/location"


# -- the command -----------------------------------------------------------------------------------


def test_the_command_asks_only_when_told_to(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = start(lambda *_: says(404))
    monkeypatch.chdir(tmp_path)
    Path("ai-manifest.yaml").write_text(
        'aimanifest: "1.0"\nrelease: {name: Tern, publisher: {name: Example Lab}}\n'
        f'components: {{training-code: {{location: "http://a.example:{server.port}/"}}}}\n',
        encoding="utf-8",
    )

    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner(catch_exceptions=False).invoke(cli.aimanifest, ["verify", *arguments])
        return done.exit_code, done.stdout

    monkeypatch.setattr(module, "resolved", local)
    assert run()[0] == 0
    assert server.requests == []
    code, text = run("--online")
    assert (code, server.requests) == (0, [])
    assert "127.0.0.1 is no public address" in text
    monkeypatch.setattr(module, "public_only", anything)
    code, text = run("--online", "--max-requests", "2", "--timeout", "2")
    assert code == 1
    assert "is not there: the server says 404" in text
    assert server.requests == ["HEAD /", "GET /"]
