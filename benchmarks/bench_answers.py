"""One page of answers sent by eight clients at once, against a bare view that inserts one row."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import servers
from benchmarks.load import Measured, Request, alternate, load_once, post, ratio
from benchmarks.measuring import ROUNDS, SECONDS

CLIENTS = 8
LINKS = int(os.environ.get("LINKS", "20000"))
BUDGET, SLOWEST = 0.4, 20
ANSWERS = {
    "sources": ["services", "eu"],
    "eu_programmes": ["interreg"],
    "horizon": "two_three",
    "seen": "eu_programmes",
}


class Sender:
    """Eight clients that never send the same page twice; `sent` is everything they did, `measured` without warming up."""

    def __init__(self, port: int, make: Callable[[int], Request]) -> None:
        self.port, self.make, self.sent, self.measured = port, make, Measured(), Measured()

    @property
    def number(self) -> int:
        return len(self.sent.latencies) + sum(self.sent.wrong.values())

    def warm_up(self) -> None:
        """What a process reads once is read; the first request of all is told apart."""
        self.send(min(1, SECONDS))

    def run(self) -> Measured:
        found = self.send(SECONDS)
        self.measured.add(found)
        return found

    def send(self, seconds: float) -> Measured:
        found = load_once(self.port, self.make, seconds=seconds, clients=CLIENTS, begin=self.number)
        self.sent.add(found)
        return found


def page(code: str) -> Callable[[int], Request]:
    """The second page of the questionnaire behind a link of its own each time; it leads on to the third."""

    def make(number: int) -> Request:
        place = number % LINKS
        address = f"/en/consultations/{code}/answers/{place}/2/"
        return post(address, {**ANSWERS, "public_share": place % 101}, holds=f"answers/{place}/3/")

    return make


def insert(_number: int) -> Request:
    return post("/floor/insert/", {**ANSWERS, "public_share": 35})


def measure(vendor: str) -> bool:
    with servers.database(vendor) as environment:
        code = servers.ask("prepare", "answers", LINKS, environment=environment)["code"]
        with servers.web(environment) as port:
            product, floor = Sender(port, page(code)), Sender(port, insert)
            for side in (product, floor):
                side.warm_up()
            first = product.sent.at(1)
            rounds = list(alternate(ROUNDS, product.run, floor.run))
            print(f"\n{vendor}: {ROUNDS} rounds of {SECONDS:g} s, {CLIENTS} clients; {servers.machine()}")
        print(f"slowest of the first  {first:.0f} ms, in a process that has answered nothing yet")
        return report(rounds, product, floor, servers.ask("tally", environment=environment))


def report(rounds: list[list[Measured]], answering: Sender, inserting: Sender, found: dict) -> bool:
    share, (steep, bare) = (
        ratio(rounds),
        (side.measured.at(1) / side.measured.at(0.5) for side in (answering, inserting)),
    )
    print(f"one page of answers   {answering.measured.line()}\nfloor: one row        {inserting.measured.line()}")
    print(f"ratio                 {share:.2f} (budget {BUDGET})")
    print(f"slowest : median      {steep:.1f} (budget {SLOWEST}); the floor's {bare:.1f}")
    product, floor = answering.sent, inserting.sent
    answered = min(len(product.latencies), found["links"])
    print(f"answered and kept     {answered} and {found['kept']}; floor {len(floor.latencies)} and {found['inserted']}")
    right = not product.wrong and not floor.wrong and found["kept"] >= answered
    print(f"wrong answers         {dict(product.wrong + floor.wrong) or 'none'}", flush=True)
    return right and found["inserted"] >= len(floor.latencies) and share >= BUDGET and steep <= SLOWEST


def main() -> int:
    held = [measure(vendor) for vendor in servers.vendors(servers.arguments(__doc__))]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
