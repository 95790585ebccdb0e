"""Whether what is said to be at a location answers: asked of public addresses only, and politely.

Nothing else in the package opens a socket, and this module is imported only where that was asked
for.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from functools import cached_property
from queue import Empty, SimpleQueue
from threading import Lock, Thread, Timer
from time import monotonic
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from aimanifest import __version__
from aimanifest.document import Place
from aimanifest.integrity.facts import Claimed, Fact
from aimanifest.manifest import Manifest

AT_ONCE = 4
"""So many hosts are asked at the same time; each of them one thing after the other."""

REDIRECTS = 5
USER_AGENT = f"aimanifest/{__version__} (+https://aimanifest.org)"

IS_THERE = frozenset({200, 203, 204, 206, 416})
"""The answers that say that something is there: 416 says that it has no first byte."""

IS_GONE = frozenset({404, 410})
MOVES = frozenset({301, 302, 303, 307, 308})

_REFUSALS = {
    401: "one has to sign in",
    402: "one has to pay",
    403: "it is refused",
    407: "one has to sign in",
    429: "it asks not to be asked so often",
    451: "it is withheld by law",
}

Address = str
Resolve = Callable[[str, int], Sequence[Address]]
"""Finds the addresses of a host; may raise OSError or UnicodeError."""

Permit = Callable[[Address, int], str]
"""Says why an address and port are not to be connected to; "" if they are."""


class Unanswered(Exception):  # noqa: N818  it says what did not come
    """There is no answer that says anything; the message says why."""


class Answer(NamedTuple):
    """What became of asking: whether something is there, None if nobody can tell, and why."""

    there: bool | None
    why: str


class Location(NamedTuple):
    """A URL of the manifest, and where it stands."""

    component: str
    url: str
    at: Place


def locations(manifest: Manifest) -> Iterator[Location]:
    """Give the locations that can be asked about; of what was withdrawn nothing is there."""
    for component in manifest.components.values():
        if component.omitted is not None:
            continue
        if component.location is not None and component.availability != "withdrawn":
            yield Location(component.id, component.location, component.at / "location")
        for source in component.data.sources if component.data else ():
            if source.location is not None:
                yield Location(component.id, source.location, source.at / "location")


def asked(
    manifest: Manifest,
    *,
    timeout: float = 10,
    limit: int = 200,
    resolve: Resolve | None = None,
    permit: Permit | None = None,
) -> tuple[Fact, ...]:
    """Ask whether the locations of a manifest answer, each once.

    Args:
        manifest: whose locations are asked.
        timeout: how many seconds one request may take in all.
        limit: how many requests are made at most, redirects among them.
        resolve: finds addresses in the place of the system.
        permit: says which addresses may be connected to in the place of `public_only`.

    """
    found = tuple(locations(manifest))
    urls = dict.fromkeys(_asked_as(each.url) for each in found)
    client = Client(
        timeout=timeout, limit=limit, resolve=resolve or resolved, permit=permit or public_only
    )
    by_host: dict[str, list[str]] = {}
    for each in urls:
        by_host.setdefault(_host(each), []).append(each)
    answers: dict[str, Answer] = {}

    def of_one_host(some: list[str]) -> None:
        for each in some:
            answers[each] = client.ask(each)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done in [pool.submit(of_one_host, some) for some in by_host.values()]:
            done.result()
    return tuple(_fact(each, answers[_asked_as(each.url)]) for each in found)


def _fact(location: Location, answer: Answer) -> Fact:
    about = Claimed("location", location.component, location.at)
    told = f"`{location.url}` {answer.why}"
    if answer.there is None:
        return about.unchecked(location.url, told)
    return (about.verified if answer.there else about.contradicted)(location.url, told)


def _asked_as(url: str) -> str:
    return url.partition("#")[0]


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower().rstrip(".")
    except ValueError:
        return ""


# -- addresses -------------------------------------------------------------------------------------


def resolved(host: str, port: int) -> Sequence[Address]:
    """Return the addresses that the system knows of a host.

    Raises:
        OSError: if it knows none.
        UnicodeError: if that is no name of a host.

    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(each[4][0]) for each in found))


def public_only(address: Address, port: int) -> str:
    """Say why an address is not one of the public Internet, or the port none of the web."""
    if port < 1024 and port not in (80, 443):  # noqa: PLR2004  below are the ports of services
        return f"port {port} is none of the web"
    try:
        whole = ipaddress.ip_address(address)
    except ValueError:
        return f"{address} is no address"
    return "" if all(map(_is_public, _with_embedded(whole))) else f"{address} is no public address"


_Ip = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_TRANSLATED = (
    _NAT64,
    ipaddress.IPv6Network("::/96"),
    ipaddress.IPv6Network("::ffff:0:0:0/96"),
)
"""Networks whose addresses end in one of version 4, which is where they lead (RFC 6052, 4291)."""

_NOT_PUBLIC = (ipaddress.IPv6Network("64:ff9b:1::/48"),)
"""What Python may take for public: translation within a network (RFC 8215)."""


def _with_embedded(address: _Ip) -> Iterator[_Ip]:
    """Give an address, and those of version 4 that it is another way to write."""
    yield address
    if isinstance(address, ipaddress.IPv4Address):
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if any(address in network for network in _TRANSLATED):
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)


def _is_public(address: _Ip) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped or address in _NAT64:  # judged by the address that it stands for
            return not address.scope_id
        if address.scope_id or any(address in network for network in _NOT_PUBLIC):
            return False
        if address.is_site_local:
            return False
    return address.is_global and not (
        address.is_multicast
        or address.is_private
        or address.is_reserved
        or address.is_loopback
        or address.is_link_local
        or address.is_unspecified
    )


# -- asking ----------------------------------------------------------------------------------------


class Client:
    """Asks hosts, one thing at a time each, and never more than it may in all."""

    def __init__(self, *, timeout: float, limit: int, resolve: Resolve, permit: Permit) -> None:
        """Take `timeout` seconds at most for one request, and make at most `limit` of them."""
        self._timeout = timeout
        self._left = limit
        self._resolve = resolve
        self._permit = permit
        self._lock = Lock()
        self._hosts: dict[str, Lock] = {}
        self._busy: set[str] = set()

    @cached_property
    def _context(self) -> ssl.SSLContext:
        """Whom to trust: whom the system trusts; to read that takes a while."""
        return ssl.create_default_context()

    def ask(self, url: str) -> Answer:
        """Say whether `url` answers."""
        try:
            return self._followed(url)
        except Unanswered as error:
            return Answer(there=None, why=str(error))

    def _followed(self, url: str) -> Answer:
        """Ask, and follow redirects by hand, so that each place is looked at before it is asked."""
        here, moved = url, ""
        for _ in range(REDIRECTS + 1):
            status, onward = self._request("HEAD", here)
            if status not in IS_THERE and status not in MOVES:
                # Some servers know only GET, or answer HEAD wrongly: ask for one byte.
                status, onward = self._request("GET", here)
            if status in IS_THERE:
                return Answer(there=True, why=f"answers{moved}")
            if status in IS_GONE:
                return Answer(there=False, why=f"is not there: the server says {status}{moved}")
            if status not in MOVES:
                why = _REFUSALS.get(status, "that says nothing about it")
                raise Unanswered(f"could not be asked: the server says {status}{moved}: {why}")
            if not onward:
                raise Unanswered(f"could not be asked: the server says {status} and not whereto")
            try:
                here = _asked_as(urljoin(here, onward))
            except ValueError as error:
                raise Unanswered(
                    "could not be asked: it is redirected to what is no URL"
                ) from error
            moved = f", redirected to {here[:200]}"
        raise Unanswered(f"could not be asked: it is redirected more than {REDIRECTS} times")

    def _request(self, method: str, url: str) -> tuple[int, str]:
        """Make one request; return the status, and where it redirects to."""
        host, port, secure, path = _parsed(url)
        with self._turn(host):
            if host in self._busy:
                raise Unanswered("was not asked: its host asked not to be asked so often")
            self._count()
            end = monotonic() + self._timeout
            addresses = self._addresses(host, port, end)
            try:
                status, onward = self._exchange(
                    method, Target(host, port, path, secure), addresses, end=end
                )
            except TimeoutError as error:
                raise Unanswered("could not be asked: there was no answer in time") from error
            except ssl.SSLError as error:
                why = error.reason or "the connection is not secure"
                raise Unanswered(f"could not be asked: TLS failed, {why}") from error
            except (OSError, http.client.HTTPException, ValueError) as error:
                late = monotonic() >= end
                why = "there was no answer in time" if late else _reason(error)
                raise Unanswered(f"could not be asked: {why}") from error
            if status == 429:  # noqa: PLR2004  too many requests, RFC 6585
                self._busy.add(host)
            return status, onward

    def _turn(self, host: str) -> Lock:
        with self._lock:
            return self._hosts.setdefault(host, Lock())

    def _count(self) -> None:
        with self._lock:
            if not self._left:
                raise Unanswered("was not asked: as many requests were made as may be")
            self._left -= 1

    def _addresses(self, host: str, port: int, end: float) -> Sequence[Address]:
        """Find the addresses to connect to; where one of a host is not allowed, none of it is."""
        found = _in_time(lambda: self._resolve(host, port), end)
        if not found:
            raise Unanswered(f"could not be asked: no address of {host} is known")
        for each in found:
            if why := self._permit(each, port):
                raise Unanswered(f"was not asked: {why}")
        return found

    def _exchange(
        self, method: str, target: Target, addresses: Sequence[Address], *, end: float
    ) -> tuple[int, str]:
        """Send a request to `addresses`, whatever the name of the host may mean by now."""
        connection = http.client.HTTPConnection(target.host, target.port)
        with closing(connection):
            connection.sock = _connected(addresses, target.port, end)
            if target.secure:
                connection.sock = self._context.wrap_socket(
                    connection.sock, server_hostname=target.host, do_handshake_on_connect=False
                )
            # A server that sends a byte now and then would never time out by itself.
            watch = Timer(max(end - monotonic(), 0), _shut, (connection.sock,))
            watch.daemon = True
            watch.start()
            try:
                if isinstance(connection.sock, ssl.SSLSocket):
                    connection.sock.do_handshake()
                return _answered(method, target, connection)
            finally:
                watch.cancel()


class Target(NamedTuple):
    """What is asked for: `path` with its query, at a host and port, over TLS or not."""

    host: str
    port: int
    path: str
    secure: bool

    @property
    def name(self) -> str:
        """The host as a request names it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.secure else 80) else f"{host}:{self.port}"


def _connected(addresses: Sequence[Address], port: int, end: float) -> socket.socket:
    """Connect to the first of some addresses that lets it; a host may have one too many."""
    failure: OSError = TimeoutError()
    for each in addresses[:TRIES]:
        left = end - monotonic()
        if left <= 0:
            break
        try:
            connected = socket.create_connection((each, port), timeout=left)
        except OSError as error:
            failure = error
        else:
            connected.settimeout(max(end - monotonic(), 0.001))
            return connected
    raise failure


TRIES = 3
"""So many addresses of one host are tried."""


def _answered(
    method: str, target: Target, connection: http.client.HTTPConnection
) -> tuple[int, str]:
    """Send a request over a connection, and read no more of the answer than its head and a byte."""
    connection.putrequest(method, target.path, skip_host=True, skip_accept_encoding=True)
    connection.putheader("Host", target.name)
    connection.putheader("User-Agent", USER_AGENT)
    connection.putheader("Accept", "*/*")
    connection.putheader("Connection", "close")
    if method == "GET":
        connection.putheader("Range", "bytes=0-0")
    connection.endheaders()
    with closing(connection.getresponse()) as response:
        if method == "GET" and response.status in IS_THERE:
            response.read(1)
        return response.status, response.getheader("Location", "") or ""


def _shut(plain: socket.socket) -> None:
    with suppress(OSError):
        socket.socket.shutdown(plain, socket.SHUT_RDWR)


def _parsed(url: str) -> tuple[str, int, bool, str]:
    """Return host, port, whether it is secure, and path with query; refuse what is not asked."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
    except ValueError as error:
        raise Unanswered("was not asked: it is no URL") from error
    if parts.scheme not in ("http", "https"):
        raise Unanswered(f"was not asked: {parts.scheme or 'what has no scheme'} is not asked")
    if parts.username is not None or parts.password is not None:
        raise Unanswered("was not asked: there is a name or a password in it")
    try:
        name = host if host.isascii() else host.encode("idna").decode()
    except UnicodeError as error:
        raise Unanswered("was not asked: there can be no such host") from error
    name = name.lower().rstrip(".")
    if not name or "%" in name or any(each <= " " for each in name):
        raise Unanswered("was not asked: there can be no such host")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]")
    secure = parts.scheme == "https"
    return name, port or (443 if secure else 80), secure, f"{path}?{query}" if query else path


def _in_time(find: Callable[[], Sequence[Address]], end: float) -> Sequence[Address]:
    """Call `find`, which may take longer than anybody wants to wait, in a thread of its own."""
    answers: SimpleQueue[Sequence[Address] | Exception] = SimpleQueue()

    def look() -> None:
        try:
            answers.put(find())
        except (OSError, UnicodeError) as error:
            answers.put(error)

    Thread(target=look, daemon=True).start()
    try:
        found = answers.get(timeout=max(end - monotonic(), 0.001))
    except Empty as error:
        raise Unanswered("could not be asked: its address was not found in time") from error
    if isinstance(found, Exception):
        raise Unanswered("could not be asked: its host has no address") from found
    return found


def _reason(error: Exception) -> str:
    if isinstance(error, http.client.HTTPException):
        return "what answers does not speak HTTP"
    text = error.strerror if isinstance(error, OSError) else ""
    return f"the connection failed, {text}" if text else "the connection failed"
