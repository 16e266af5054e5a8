"""One respondent without a script: from the page of the consultation to her receipt, eleven requests on one line."""

import re
import socket
import time
from collections import Counter
from dataclasses import dataclass, field
from html import unescape

from benchmarks.form import typed
from benchmarks.load import get, post, receive

HIDDEN = re.compile(rb'<input type="hidden" name="([a-z]+)" value="([^"]*)"')
LOCATION = re.compile(rb"\r\nlocation: *([^\r]+)", re.IGNORECASE)
REQUESTS = (
    11  # the page of the consultation, its button, three pages and their answers, the review, sending, the receipt
)


class RefusedError(Exception):
    """An answer that was not the expected one."""


@dataclass
class Respondent:
    """`receipts` are the addresses of what arrived; `latencies` in seconds of each whole submission."""

    port: int
    code: str
    receipts: list[str] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)
    requests: list[float] = field(default_factory=list)

    def submit(self, place: int) -> None:
        begun = time.perf_counter()
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=120) as line:
                self.receipts.append(self.walk(line, place))
        except (OSError, RefusedError) as problem:
            self.wrong[f"{type(problem).__name__} {problem}"] += 1
        self.latencies.append(time.perf_counter() - begun)

    def walk(self, line: socket.socket, place: int) -> str:
        first = f"/en/consultations/{self.code}/"
        self.ask(line, get(first), b"200")
        address = self.led(self.ask(line, post(f"{first}begin/", {}), b"302"))
        for answers in typed(place):
            shown = hidden(self.ask(line, get(address), b"200"))
            address = self.led(self.ask(line, post(address, {**shown, **answers, "next": "1"}), b"302"))
        shown = hidden(self.ask(line, get(address), b"200"))
        wish = {"publication": "anonymous", "send": "1"}
        receipt = self.led(self.ask(line, post(address, {**shown, **wish}), b"302"))
        self.ask(line, get(receipt), b"200")
        return receipt

    def ask(self, line: socket.socket, request, status: bytes) -> bytes:
        begun = time.perf_counter()
        line.sendall(request.sent)
        answer = receive(line)
        self.requests.append(time.perf_counter() - begun)
        if answer[9:12] != status:
            raise RefusedError(f"{request.sent[:60].decode()} {answer[9:12].decode()}")
        return answer

    def led(self, answer: bytes) -> str:
        return LOCATION.search(answer)[1].decode()


def hidden(page: bytes) -> dict[str, str]:
    return {name.decode(): unescape(value.decode()) for name, value in HIDDEN.findall(page)}
