"""Asking an address whether it still leads somewhere. Machines of our own network are never asked, whatever a name says."""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

SECONDS = 10
HOPS = 5
LONGEST = 60
PIECE = 2**16
AGENT = "ClusterPoliSEE-links/1.0"
MOVED = {301, 302, 303, 307, 308}


class UnreachableError(Exception):
    """No answer was had."""


def connect(host: str, port: int, *, anywhere: bool) -> socket.socket:
    """A connection to the first public address of a host; `anywhere` allows our own network too."""
    for family, kind, protocol, _name, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if anywhere or ipaddress.ip_address(place[0]).is_global:
            found = socket.socket(family, kind, protocol)
            found.settimeout(SECONDS)
            try:
                found.connect(place)
            except OSError:
                found.close()
                raise
            return found
    raise UnreachableError(host)


@dataclass(frozen=True)
class Answer:
    """What a server said: `body` is read only as far as was asked for."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes = b""


def status(address: str, *, anywhere: bool = False) -> int:
    """The HTTP status an address ends in after at most five moves; raises UnreachableError when there is no answer."""
    return read(address, anywhere=anywhere).status


def read(address: str, *, anywhere: bool = False, headers: Mapping[str, str] | None = None, largest: int = 0) -> Answer:
    """What an address gives after at most five moves, up to `largest` bytes and one more, within a minute."""
    for _hop in range(HOPS):
        answer = once(address, anywhere=anywhere, headers=headers or {}, largest=largest)
        moved_to = answer.headers.get("Location", "")
        if answer.status not in MOVED or not moved_to:
            return answer
        try:
            address = urljoin(address, moved_to)
        except ValueError as error:
            raise UnreachableError(str(error)) from error
    return answer


def once(address: str, *, anywhere: bool, headers: Mapping[str, str], largest: int) -> Answer:
    try:
        parts = urlsplit(address)
        secure = parts.scheme == "https"
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise UnreachableError(address)
        host = parts.hostname.encode("idna").decode("ascii")
        asked = http.client.HTTPConnection(host, timeout=SECONDS)
        asked.sock = connect(host, parts.port or (443 if secure else 80), anywhere=anywhere)
        if secure:
            asked.sock = ssl.create_default_context().wrap_socket(asked.sock, server_hostname=host)
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            told = {**headers, "User-Agent": AGENT, "Host": parts.netloc}
            asked.request("GET", quote(path, safe="/%?&=+,;:@!$'()*~#[]-._"), headers=told)
            answer = asked.getresponse()
            body = taken(answer, largest) if answer.status == http.client.OK and largest else b""
            return Answer(answer.status, answer.headers, body)
        finally:
            asked.close()
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise UnreachableError(str(error)) from error


def taken(answer: http.client.HTTPResponse, largest: int) -> bytes:
    """A body piece by piece, so that one that drips for ever is given up."""
    begun, pieces = time.monotonic(), bytearray()
    while len(pieces) <= largest and (piece := answer.read1(min(PIECE, largest + 1 - len(pieces)))):
        pieces += piece
        if time.monotonic() - begun > LONGEST:
            raise UnreachableError("too slow")
    return bytes(pieces)
