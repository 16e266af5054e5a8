"""From the command to the first page: a second start against a bare project, and from an empty folder in seconds."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from urllib.error import URLError
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import bare_project, servers
from benchmarks.measuring import ROUNDS
from tests.servers import ROOT, end, free_port

BUDGET = 3.0
FIRST = ["migrate", "compile_catalogues", "load_reference", "load_demonstration"]


def embedded(folder: str) -> servers.Environment:
    """As `make run` leaves it: the product's own settings, SQLite, a worker inside."""
    return {**servers.surroundings(folder), "DJANGO_SETTINGS_MODULE": "clusterpolisee.settings"}


def from_nothing(environment: servers.Environment) -> dict[str, float]:
    """Seconds of every step before the first start."""
    spent = {}
    for name in FIRST:
        begun = time.perf_counter()
        subprocess.run(
            [sys.executable, "manage.py", name], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
        )
        spent[name] = time.perf_counter() - begun
    return spent


def first_answer(folder: Path, environment: servers.Environment) -> float:
    """Seconds from the command to the first page that comes with status 200."""
    port, begun = free_port(), time.perf_counter()
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    with tempfile.TemporaryFile() as log:
        running = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True)
        try:
            while not answers(port):
                if running.poll() is not None or time.perf_counter() - begun > 300:
                    log.seek(0)
                    sys.exit(log.read()[-3000:].decode(errors="replace"))
                time.sleep(0.02)
            return time.perf_counter() - begun
        finally:
            end(running, signal.SIGINT)


def answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/en/", timeout=60) as response:
            return response.status == 200
    except (URLError, ConnectionError):
        return False


def product_parts(environment: servers.Environment) -> dict:
    code = (
        "import json; from clusterpolisee import settings as s; "
        "print(json.dumps({'apps': s.INSTALLED_APPS, 'middleware': s.MIDDLEWARE}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout)


def own_apps() -> set[str]:
    return {path.parent.name for path in ROOT.glob("*/apps.py")}


def measure(folder: Path) -> bool:
    place, bare = folder / "data", folder / "bare"
    place.mkdir()
    environment = embedded(str(place))
    spent = from_nothing(environment)
    bare_project.write(bare, **product_parts(environment), own_apps=own_apps())
    plain = {name: value for name, value in environment.items() if name != "DJANGO_SETTINGS_MODULE"}
    sides = [(ROOT, environment), (bare, plain)]
    first = [first_answer(*side) for side in sides]
    rounds = [[first_answer(*side) for side in sides] for _ in range(ROUNDS)]
    print(f"{ROUNDS} rounds; {servers.machine()}")
    steps = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in spent.items())
    print(f"from an empty folder  {sum(spent.values()) + first[0]:.1f} s: {steps}, first page {first[0]:.1f} s")
    return report([product for product, _bare in rounds], [bare for _product, bare in rounds])


def report(product: list[float], bare: list[float]) -> bool:
    times = median(own / other for own, other in zip(product, bare, strict=True))
    held = times <= BUDGET
    print(f"second start          {median(product):.2f} s, bare project {median(bare):.2f} s")
    print(f"times the bare        {times:.2f} (budget {BUDGET}): {'ok' if held else 'MISSED'}", flush=True)
    return held


def main() -> int:
    os.environ.pop("DATABASE_URL", None)
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        return 0 if measure(Path(folder)) else 1


if __name__ == "__main__":
    sys.exit(main())
