"""An office server as Collabora Online and its like are: it is handed a token, and asks the platform for the file (WOPI)."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.client import HTTPConnection, HTTPMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, urlsplit

from docx import Document

DISCOVERY = """<?xml version="1.0" encoding="utf-8"?><wopi-discovery><net-zone name="external-http"><app name="writer">
<action ext="docx" name="edit" urlsrc="{address}/edit?&lt;ui=UI_LLCC&amp;&gt;"/>
<action ext="docx" name="view" urlsrc="{address}/view?"/></app></net-zone></wopi-discovery>"""
WRITTEN = "Written in the office."


@dataclass
class Answer:
    status: int
    headers: HTTPMessage
    body: bytes


@dataclass
class Sitting:
    """What one person does in the office with one file; `lock` is the name of its locks."""

    source: str
    token: str
    lock: str = '{"S":"sitting","F":4}'
    content: bytes = b""
    told: dict[str, int] = field(default_factory=dict)

    def ask(self, method: str, part: str = "", body: bytes = b"", token: str = "", **headers: str) -> Answer:
        """`X_WOPI_Lock` stands for `X-WOPI-Lock`."""
        parts = urlsplit(self.source)
        connection = HTTPConnection(parts.netloc, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        address = f"{parts.path}{part}?access_token={quote(token or self.token)}&access_token_ttl=0"
        connection.request(method, address, body, named)
        answer = connection.getresponse()
        found = Answer(answer.status, answer.headers, answer.read())
        connection.close()
        return found

    def about(self, **how: str) -> Answer:
        return self.ask("GET", **how)

    def read(self, **how: str) -> Answer:
        return self.ask("GET", "/contents", **how)

    def deed(self, name: str, lock: str | None = None, **more: str) -> Answer:
        wanted = {"X_WOPI_Lock": self.lock if lock is None else lock} if name != "GET_LOCK" else {}
        return self.ask("POST", X_WOPI_Override=name, **wanted, **more)

    def put(self, content: bytes, lock: str | None = None, **how: str) -> Answer:
        """Without the header of the lock where it is empty."""
        wanted = self.lock if lock is None else lock
        named = {"X_WOPI_Lock": wanted} if wanted else {}
        return self.ask("POST", "/contents", content, X_WOPI_Override="PUT", **named, **how)

    def write(self) -> None:
        """Opens the file, adds a paragraph, saves and closes; goes no further than it is let."""
        for name, perform in (
            ("about", self.about),
            ("lock", lambda: self.deed("LOCK")),
            ("read", self.read),
            ("put", self.save),
            ("refresh", lambda: self.deed("REFRESH_LOCK")),
            ("unlock", lambda: self.deed("UNLOCK")),
        ):
            answer = perform()
            self.told[name] = answer.status
            if answer.status != 200:
                return
            if name == "read":
                self.content = answer.body

    def save(self) -> Answer:
        paper = Document(io.BytesIO(self.content))
        paper.add_paragraph(WRITTEN)
        kept = io.BytesIO()
        paper.save(kept)
        self.content = kept.getvalue()
        return self.put(self.content)


class Office(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Desk)
        self.sittings: list[Sitting] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Desk(BaseHTTPRequestHandler):
    """The pages of the office: discovery for the platform, an editor for the person."""

    server: Office

    def do_GET(self) -> None:
        if self.path == "/hosting/discovery":
            self.tell(200, DISCOVERY.format(address=self.server.address), "text/xml")
        else:
            self.tell(404, "")

    def do_POST(self) -> None:
        typed = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        sitting = Sitting(parse_qs(urlsplit(self.path).query)["WOPISrc"][0], typed["access_token"][0])
        sitting.write()
        self.server.sittings.append(sitting)
        told = ", ".join(f"{name} {status}" for name, status in sitting.told.items())
        title = "<!doctype html><html lang=en><title>Office</title><link rel=icon href=data:,>"
        self.tell(200, f"{title}<h1>{escape(told)}</h1>")

    def tell(self, status: int, words: str, kind: str = "text/html") -> None:
        body = words.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args) -> None:
        """Nothing."""


@contextmanager
def office_server() -> Iterator[Office]:
    with Office() as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()
