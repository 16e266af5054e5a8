"""The phases of the suite: `python -m tests.runner [sqlite] [postgres] [browser] [changed]`.

Every phase is a pytest of its own in its own environment; all of them run, whatever the earlier ones said, and the exit
code is that of the first that failed. A phase whose program is missing is named and skipped; one without tests fails.
"""

import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.servers import ROOT, end, heed_signals, production_like

from .changed import changed_files, suite_for
from .packages import install


@dataclass(frozen=True, kw_only=True)
class Phase:
    """`needs` are programs with the variable that stands in for each; `minutes` is the budget on two cores."""

    marks: str
    minutes: int
    needs: tuple[tuple[str, str], ...] = ()
    wants: tuple[str, ...] = ("gettext",)
    arguments: tuple[str, ...] = ()


SERVERS = (("PostgreSQL", "DATABASE_URL"), ("Redis", "REDIS_URL"))
PHASES = {
    "sqlite": Phase(marks="not servers and not browser", minutes=5),
    # The whole suite no longer fits into the minutes of one database; `all` stays whole.
    "postgres": Phase(marks="(database or servers) and not browser", minutes=5, needs=SERVERS),
    "all": Phase(marks="not browser", minutes=30, needs=SERVERS),
    "browser": Phase(marks="browser", minutes=10, needs=(*SERVERS, ("Chromium", "CHROMIUM"))),
    "changed": Phase(marks="not servers and not browser", minutes=3, wants=()),
}


def main(names: list[str]) -> int:
    heed_signals()
    chosen = names or ["sqlite", "postgres", "browser"]
    missing = install(needed(chosen))
    results = []
    with ExitStack() as stack:
        servers = None
        for name in chosen:
            lacking = [program for program, _ in PHASES[name].needs if program in missing]
            if lacking:
                results.append(skipped(name, lacking))
                continue
            if PHASES[name].needs and servers is None:
                servers = stack.enter_context(production_like())
            results.append(run_phase(name, servers if PHASES[name].needs else embedded()))
    return report(results, missing)


def needed(chosen: list[str]) -> list[str]:
    """Programs no environment variable stands in for."""
    programs = {program for name in chosen for program in PHASES[name].wants}
    programs |= {program for name in chosen for program, given in PHASES[name].needs if not os.environ.get(given)}
    return sorted(programs)


def embedded() -> dict[str, str]:
    away = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY")
    return {name: value for name, value in os.environ.items() if name not in away}


@dataclass(frozen=True, kw_only=True)
class Result:
    name: str
    verdict: str
    closing: str
    code: int = 0


def skipped(name: str, lacking: list[str]) -> Result:
    return Result(name=name, verdict="SKIPPED", closing=f"!!! {name} skipped: {' and '.join(lacking)} missing")


def run_phase(name: str, environment: dict[str, str]) -> Result:
    phase, began = PHASES[name], time.monotonic()
    chosen = suite_for(changed_files(ROOT), ROOT) if name == "changed" else ["tests"]
    say(f"\n=== {name}: {' '.join(chosen)}")
    with tempfile.TemporaryDirectory(prefix="cp-data-") as data:
        Path(data, "static").mkdir()  # whitenoise warns of a STATIC_ROOT that is not there, and warnings are errors
        environment = {**environment, "DATA_DIR": data, "CACHE_PREFIX": "tests", "PYTHONUNBUFFERED": "1"}
        if name == "all":
            environment["THOROUGH"] = "1"
        code, closing = run_pytest([*command(phase), *chosen], environment)
    minutes = (time.monotonic() - began) / 60
    late = f", over its {phase.minutes}" if minutes > phase.minutes else ""
    verdict = f"{'FAILED' if code else 'passed'} in {minutes:.1f} minutes{late}"
    return Result(name=name, verdict=verdict, closing=closing, code=code)


def command(phase: Phase) -> list[str]:
    workers = os.environ.get("TEST_WORKERS", "2")
    parallel = ["-n", workers, "--dist", "worksteal", "--max-worker-restart", "2"] if workers != "0" else []
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    extra = shlex.split(os.environ.get("PYTEST_ARGUMENTS", ""))
    options = [
        "-m",
        phase.marks,
        "-o",
        "faulthandler_timeout=1200",
        "-o",
        "faulthandler_exit_on_timeout=true",
        "-r",
        "fEs",
    ]
    return [sys.executable, "-m", "pytest", *options, *parallel, *colour, *extra]


def run_pytest(arguments: list[str], environment: dict[str, str]) -> tuple[int, str]:
    """Shows the output as it comes, and gives the exit code with pytest's own closing line."""
    running = subprocess.Popen(
        arguments,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        lines = relay(running)
        return running.wait(), lines[-1]
    except BaseException:
        os.killpg(running.pid, signal.SIGINT)
        relay(running)  # its workers put away what their fixtures started
        raise
    finally:
        end(running, signal.SIGINT)


def relay(running: subprocess.Popen) -> list[str]:
    last = b""
    while some := os.read(running.stdout.fileno(), 65536):
        sys.stdout.buffer.write(some)
        sys.stdout.flush()
        last = (last + some)[-4000:]
    return last.decode(errors="replace").strip().splitlines() or ["no output"]


def report(results: list[Result], missing: list[str]) -> int:
    """The last lines are pytest's own."""
    for program in missing:
        say(f"!!! {program} is not installed and could not be installed here; what needs it was not tested.")
    for result in results:
        say(f"{result.name}: {result.verdict}")
    for result in results:
        say(result.closing)
    return next((result.code for result in results if result.code), 0)


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
