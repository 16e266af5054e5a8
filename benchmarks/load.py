"""A bounded load: a few clients on kept connections ask a list of requests in turn for some seconds, and check answers."""

import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, cycle
from statistics import median
from urllib.parse import urlencode

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Request:
    """One request as bytes, and what a right answer has: its status, and something its head or body holds."""

    sent: bytes
    status: bytes = b"200"
    holds: re.Pattern[bytes] | None = None


@dataclass
class Measured:
    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def at(self, share: float) -> float:
        """The latency below which a share of all requests stayed, in milliseconds."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")

    def add(self, other: "Measured") -> None:
        self.seconds += other.seconds
        self.latencies += other.latencies
        self.wrong += other.wrong

    def line(self) -> str:
        steps = " ".join(f"{name} {self.at(share):.1f}" for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99)))
        return f"{self.rate:.1f}/s {steps} max {self.at(1):.1f} ms, {len(self.latencies)} requests"


def get(path: str, *, cookie: str = "", holds: str = "") -> Request:
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n" + (f"Cookie: {cookie}\r\n" if cookie else "")
    return Request(f"{head}\r\n".encode(), holds=re.compile(holds.encode()) if holds else None)


def post(path: str, fields: dict, *, holds: str = "") -> Request:
    """A form; a right answer leads on to another page."""
    body = urlencode(fields, doseq=True).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    sent = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
    return Request(sent, b"302", re.compile(holds.encode()) if holds else None)


def load(port: int, requests: Sequence[Request], *, seconds: float, clients: int = 4) -> Measured:
    """All clients take from one list, over and over."""
    turn, lock = cycle(requests), threading.Lock()

    def following() -> Request:
        with lock:
            return next(turn)

    return drive(port, following, seconds, clients)


def visit(port: int, requests: Sequence[Request], *, clients: int = 4) -> Measured:
    """Every request once, before anything is measured."""
    rest, lock = iter(requests), threading.Lock()

    def following() -> Request | None:
        with lock:
            return next(rest, None)

    return drive(port, following, 600, clients)


def load_once(port: int, make: Callable[[int], Request], *, seconds: float, clients: int, begin: int = 0) -> Measured:
    """Each request is made for a number of its own, from `begin` on."""
    numbers, lock = count(begin), threading.Lock()

    def following() -> Request:
        with lock:
            return make(next(numbers))

    return drive(port, following, seconds, clients)


def drive(port: int, following: Callable[[], Request | None], seconds: float, clients: int) -> Measured:
    found, begun = Measured(), time.perf_counter()
    parts = [Measured() for _ in range(clients)]
    threads = [threading.Thread(target=client, args=(port, following, begun + seconds, part)) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for part in parts:
        found.add(part)
    found.seconds = time.perf_counter() - begun
    return found


def client(port: int, following: Callable[[], Request | None], until: float, part: Measured) -> None:
    line = None
    while time.perf_counter() < until:
        request, begun = following(), time.perf_counter()
        if request is None:
            break
        try:
            line = line or socket.create_connection(("127.0.0.1", port), timeout=60)
            line.sendall(request.sent)
            answer = receive(line)
        except OSError as error:
            part.wrong[type(error).__name__] += 1
            line = None
            continue
        part.latencies.append(time.perf_counter() - begun)
        if problem := wrong(request, answer):
            part.wrong[problem] += 1
    if line:
        line.close()


def receive(line: socket.socket) -> bytes:
    answer = line.recv(262144)
    while answer and (end := answer.find(b"\r\n\r\n")) < 0:
        answer += more(line)
    if not answer:
        raise ConnectionError("closed")
    length = LENGTH.search(answer[:end])
    if length is None:
        raise ConnectionError("no length")
    parts, missing = [answer], end + 4 + int(length[1]) - len(answer)
    while missing > 0:
        parts.append(more(line))
        missing -= len(parts[-1])
    return b"".join(parts)


def more(line: socket.socket) -> bytes:
    part = line.recv(262144)
    if not part:
        raise ConnectionError("cut off")
    return part


def wrong(request: Request, answer: bytes) -> str:
    if answer[9:12] != request.status:
        return f"status {answer[9:12].decode(errors='replace')}"
    if request.holds and not request.holds.search(answer):
        return f"no {request.holds.pattern.decode()}"
    return ""


def alternate(rounds: int, *sides: Callable[[], Measured]) -> Iterator[list[Measured]]:
    """Each side once in every round; every other round the other way about."""
    for number in range(rounds):
        order = range(len(sides)) if number % 2 == 0 else reversed(range(len(sides)))
        found = {place: sides[place]() for place in order}
        yield [found[place] for place in range(len(sides))]


def ratio(rounds: Sequence[Sequence[Measured]]) -> float:
    """The median over the rounds of the first side's rate as a share of the second's."""
    return median(first.rate / second.rate for first, second in rounds)
