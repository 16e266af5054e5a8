"""Whole submissions of 20 questions in eleven languages, every request of them, against a bare view that inserts one row."""

import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import servers
from benchmarks.form import typed
from benchmarks.load import Request, get, post, receive
from benchmarks.measuring import ROUNDS
from benchmarks.respondent import REQUESTS, Respondent

EACH = int(os.environ.get("EACH", "40"))  # submissions of a round; of the short requests ten times as many
SUBMISSIONS = int(os.environ.get("SUBMISSIONS", "2000"))
CLIENTS = {"sqlite": 4, "postgres": 16}
TIMES, FIRST, SLOWEST = 40, 10, 20
UNHINDERED = {  # all respondents of the measurement come from one address and read fast
    "CONSULTATION_BEGINS_PER_HOUR": "1000000",
    "CONSULTATION_SENDS_PER_HOUR": "1000000",
    "CONSULTATION_SENDS_PER_DEVICE": "1000000",
    "CONSULTATION_SECONDS_PER_QUESTION": "0",
}


def repeated(port: int, request: Request, times: int = 1) -> bytes:
    """The same request again and again on one line; gives the last answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        for _turn in range(times):
            line.sendall(request.sent)
            answer = receive(line)
            if answer[9:12] != request.status:
                sys.exit(f"{request.sent[:80]!r}: {answer[:80]!r}")
    return answer


def spent(port: int) -> float:
    """Processor seconds of the server so far."""
    return float(repeated(port, get("/floor/spent/")).rpartition(b"\r\n\r\n")[2])


def costs(port: int, code: str, places: Iterator[int]) -> dict[str, float]:
    """Processor milliseconds of the server for one of each, the median of the rounds; a first round only warms."""
    respondent = Respondent(port, code)
    fields = {key: value for page in typed(7) for key, value in page.items()}
    page, insert = get(f"/en/consultations/{code}/"), post("/floor/insert/", fields)
    deeds: dict[str, tuple[int, Callable[[], object]]] = {
        "submission": (EACH, lambda: [respondent.submit(next(places)) for _turn in range(EACH)]),
        "insert": (10 * EACH, lambda: repeated(port, insert, 10 * EACH)),
        "first page": (10 * EACH, lambda: repeated(port, page, 10 * EACH)),
    }
    found: dict[str, list[float]] = {name: [] for name in deeds}
    for _round in range(ROUNDS + 1):
        for name, (times, deed) in deeds.items():
            before = spent(port)
            deed()
            found[name].append(1000 * (spent(port) - before) / times)
    if respondent.wrong:
        sys.exit(f"refused: {dict(respondent.wrong)}")
    return {name: median(each[1:]) for name, each in found.items()}


def crowd(port: int, code: str, clients: int, places: Iterator[int]) -> list[Respondent]:
    """All submissions by some clients at once."""
    turn, lock = iter(range(SUBMISSIONS)), threading.Lock()
    people = [Respondent(port, code) for _client in range(clients)]

    def work(person: Respondent) -> None:
        while True:
            with lock:
                if next(turn, None) is None:
                    return
                place = next(places)
            person.submit(place)

    threads = [threading.Thread(target=work, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return people


def measure(vendor: str) -> bool:
    with servers.database(vendor) as environment:
        environment |= UNHINDERED
        code, places = servers.ask("prepare", "form", 1, environment=environment)["code"], count()
        with servers.web(environment) as port:
            uncached = costs(port, code, places)
        with servers.web(environment, cached=True) as port:
            cached = costs(port, code, places)
            before = servers.ask("tally", "responses", environment=environment)["responses"]
            people = crowd(port, code, CLIENTS[vendor], places)
        kept = servers.ask("tally", "responses", environment=environment)
    print(f"\n{vendor}: {ROUNDS} rounds of {EACH} submissions of {REQUESTS} requests; {servers.machine()}")
    held = [told("pages kept for guests", cached), told("no page kept", uncached, judged=False)]
    return all([*held, steady(people, kept["responses"] - before, kept["different"] == kept["responses"])])


def told(name: str, found: dict[str, float], *, judged: bool = True) -> bool:
    times, first = found["submission"] / found["insert"], found["first page"] / found["insert"]
    print(
        f"{name:22} submission {found['submission']:.1f} cpu ms, first page {found['first page']:.2f}, insert {found['insert']:.2f}: "
        f"{times:.1f} times (budget {TIMES}), first page {first:.1f} (budget {FIRST})"
    )
    return not judged or (times <= TIMES and first <= FIRST)


def steady(people: list[Respondent], kept: int, different: bool) -> bool:
    """Nothing failed, nothing was lost, nobody waited long."""
    whole, single = (
        sorted(each for one in people for each in getattr(one, kind)) for kind in ("latencies", "requests")
    )
    wrong = {name: number for one in people for name, number in one.wrong.items()}
    steep = [each[-1] / median(each) for each in (whole, single)]
    print(
        f"{len(whole)} submissions, {len(people)} clients: failed {wrong or 'none'}, kept {kept}"
        f"{'' if different else ', some alike'}; slowest : median {steep[0]:.1f} of submissions, {steep[1]:.1f} of requests "
        f"(budget {SLOWEST}); median {1000 * median(whole):.0f} ms"
    )
    return not wrong and kept == len(whole) and different and max(steep) <= SLOWEST


def main() -> int:
    held = [measure(vendor) for vendor in servers.vendors(servers.arguments(__doc__))]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
