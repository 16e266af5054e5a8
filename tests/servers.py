"""Real, private, throw-away servers and processes for tests: PostgreSQL, Redis, Celery workers, or any command.

`python -m tests.servers -- command…` runs the command with DATABASE_URL and REDIS_URL set: those of the environment if
they are set already, else those of servers started for it and stopped afterwards, also after a failure or Ctrl-C.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg2

ROOT = Path(__file__).resolve().parent.parent


class MissingProgramError(RuntimeError):
    """A program that is not installed; the message is its name."""


class EndedEarlyError(RuntimeError):
    """A process that ended, or did not become ready in time; the message is the end of its log."""


# What is installed


def postgres_programs() -> Path:
    """The folder of the newest installed PostgreSQL's programs."""
    versions = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    if versions:
        return max(versions, key=lambda path: int(path.parent.name))
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    raise MissingProgramError("PostgreSQL")


def redis_program() -> str:
    if found := shutil.which("redis-server") or shutil.which("valkey-server"):
        return found
    raise MissingProgramError("Redis")


def chromium_program() -> str:
    names = "chromium", "chromium-browser", "google-chrome"
    if found := os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None):
        return found
    raise MissingProgramError("Chromium")


# Processes


@contextmanager
def process(
    command: Sequence[str],
    *,
    ready: Callable[[str], bool],
    environment: Mapping[str, str] | None = None,
    seconds: float = 300,
    stop: signal.Signals = signal.SIGTERM,
    unprivileged: bool = False,
) -> Iterator[subprocess.Popen]:
    """Runs a command from the root of the checkout until the block ends; `ready` is asked with its output so far.

    It gets a session of its own, so that Ctrl-C reaches the tests and not the servers they are about to put away.
    """
    with tempfile.TemporaryFile() as log:
        running = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **(nobody() if unprivileged else {}),
        )
        try:
            wait_until_ready(running, log, ready, seconds)
            yield running
        finally:
            end(running, stop)


def wait_until_ready(running: subprocess.Popen, log, ready: Callable[[str], bool], seconds: float) -> None:
    give_up = time.monotonic() + seconds
    while True:
        said = os.pread(log.fileno(), 1_000_000, 0).decode(errors="replace")
        if running.poll() is not None or time.monotonic() > give_up:
            raise EndedEarlyError(f"{running.args[0]} (exit {running.returncode}):\n{said[-4000:]}")
        if ready(said):
            return
        time.sleep(0.05)


def end(running: subprocess.Popen, stop: signal.Signals = signal.SIGTERM) -> None:
    """Stops this one process, by its id; after twenty seconds it and whatever it started without leave to refuse."""
    if running.poll() is None:
        running.send_signal(stop)
    try:
        running.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def nobody() -> dict:
    """Arguments that start a process as a user without rights: PostgreSQL refuses to run as root."""
    if os.geteuid():
        return {}
    person = pwd.getpwnam("nobody")
    return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}


@contextmanager
def folder() -> Iterator[Path]:
    """A temporary folder the unprivileged user can reach; its path is short, for sockets."""
    parent = "/tmp" if os.access("/tmp", os.W_OK) else None
    path = Path(tempfile.mkdtemp(prefix="cp-", dir=parent))
    try:
        if owner := nobody():
            os.chown(path, owner["user"], owner["group"])
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


# Servers


@contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL on a unix socket that keeps nothing; gives its DATABASE_URL."""
    programs = postgres_programs()
    with folder() as place:
        prepare = [programs / "initdb", "-D", place / "data", "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run([*prepare, "--locale=C.UTF-8"], check=True, capture_output=True, cwd=place, **nobody())
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(place),
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "shared_buffers": "128MB",
            "max_wal_size": "4GB",
            "timezone": "UTC",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [str(programs / "postgres"), "-D", str(place / "data"), *options]
        # SIGQUIT: at once and without a checkpoint, for data nobody will read again
        with process(command, ready=lambda _: answers(place), stop=signal.SIGQUIT, unprivileged=True):
            create_database(place)
            yield f"postgresql://tests@{quote(str(place), safe='')}/tests"


def answers(place: Path) -> bool:
    try:
        psycopg2.connect(host=str(place), user="tests", dbname="postgres").close()
    except psycopg2.OperationalError:
        return False
    return True


def create_database(place: Path) -> None:
    connection = psycopg2.connect(host=str(place), user="tests", dbname="postgres")
    connection.autocommit = True
    connection.cursor().execute("CREATE DATABASE tests")
    connection.close()


@contextmanager
def redis() -> Iterator[str]:
    """A Redis on a free port of this machine that keeps nothing; gives its REDIS_URL."""
    program, port = redis_program(), free_port()
    command = [program, "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no"]
    with (
        folder() as place,
        process(
            [*command, "--dir", str(place), "--databases", "64"],
            ready=lambda said: "eady to accept connections" in said,
            unprivileged=True,
        ),
    ):
        yield f"redis://127.0.0.1:{port}/0"


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


@contextmanager
def production_like() -> Iterator[dict[str, str]]:
    """The environment of a program that stands on PostgreSQL and Redis; starts whichever the caller's lacks."""
    with ExitStack() as stack:
        yield {
            "SECRET_KEY": "throw-away-key-of-the-tests-and-of-nothing-else-at-all",
            "ALLOWED_HOSTS": "127.0.0.1,localhost,testserver",
            "DEMONSTRATION": "1",
            "PLAIN_STATIC": "1",
            **os.environ,
            "DATABASE_URL": os.environ.get("DATABASE_URL") or stack.enter_context(postgres()),
            "REDIS_URL": os.environ.get("REDIS_URL") or stack.enter_context(redis()),
        }


# One world per parallel worker


def own_redis_url(url: str, worker: str) -> str:
    """The same server, the number of this worker ("gw3" or "master" → counted on from the number in the address)."""
    parts = urlsplit(url)
    number = int(parts.path.strip("/") or 0) + int(worker.removeprefix("gw") if worker.startswith("gw") else 0)
    return urlunsplit(parts._replace(path=f"/{number}"))


def database_url(stored: Mapping) -> str:
    """The address of a database from Django's settings of it, such as a worker's own test database."""
    if stored["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{stored['NAME']}"
    person = quote(stored["USER"], safe="") + (f":{quote(stored['PASSWORD'], safe='')}" if stored["PASSWORD"] else "")
    port = f":{stored['PORT']}" if stored["PORT"] else ""
    return f"postgresql://{person}@{quote(stored['HOST'], safe='')}{port}/{quote(stored['NAME'], safe='')}"


@contextmanager
def celery_worker(environment: Mapping[str, str], *arguments: str) -> Iterator[subprocess.Popen]:
    """A real worker process; `environment` must name the test database, the broker and the cache prefix."""
    command = [sys.executable, "-m", "celery", "-A", "clusterpolisee", "worker", "--pool=solo", "--without-mingle"]
    with process(
        [*command, "--without-gossip", "--loglevel=INFO", *arguments],
        ready=lambda said: " ready." in said,
        environment={**os.environ, "LOG_LEVEL": "INFO", **environment},
    ) as running:
        yield running


def heed_signals() -> None:
    """Being ended, or interrupted even when started in the background, leaves the blocks above in good order."""
    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def leave(number: int, frame: object) -> None:
    raise SystemExit(128 + number)


def main(arguments: Sequence[str]) -> int:
    heed_signals()
    command = list(arguments[1:] if arguments[:1] == ["--"] else arguments)
    if not command:
        sys.exit(__doc__)
    try:
        with production_like() as environment:
            return run(command, environment)
    except MissingProgramError as missing:
        sys.exit(f"{missing} is not installed here.")


def run(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Runs a command to its end; on Ctrl-C it gets time to tidy up, on any other end it is ended too."""
    running = subprocess.Popen(command, env=environment)
    try:
        return running.wait()
    except BaseException as reason:
        # Ctrl-C reached the command as well; whoever ended only us has to be passed on
        if running.poll() is None and not isinstance(reason, KeyboardInterrupt):
            running.send_signal(signal.SIGINT)
        running.wait(30)
        raise
    finally:
        if running.poll() is None:
            running.kill()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
