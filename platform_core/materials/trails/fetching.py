"""Asking an address whether it still leads somewhere. Machines of our own network are never asked, whatever a name says."""

import http.client
import ipaddress
import socket
import ssl
from urllib.parse import quote, urljoin, urlsplit

SECONDS = 10
HOPS = 5
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


def status(address: str, *, anywhere: bool = False) -> int:
    """The HTTP status an address ends in after at most five moves; raises UnreachableError when there is no answer."""
    for _hop in range(HOPS):
        code, moved_to = once(address, anywhere=anywhere)
        if code not in MOVED or not moved_to:
            return code
        try:
            address = urljoin(address, moved_to)
        except ValueError as error:
            raise UnreachableError(str(error)) from error
    return code


def once(address: str, *, anywhere: bool) -> tuple[int, str]:
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
            asked.request(
                "GET", quote(path, safe="/%?&=+,;:@!$'()*~#[]-._"), headers={"User-Agent": AGENT, "Host": parts.netloc}
            )
            answer = asked.getresponse()
            return answer.status, answer.headers.get("Location", "")
        finally:
            asked.close()
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise UnreachableError(str(error)) from error
