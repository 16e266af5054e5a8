"""What the processes hold that a process starts. The system's own figure for ended children is of no use here: it counts
what their parent held when it split in two, before the child became a program of its own.
"""

import contextlib
import threading
from pathlib import Path

SECONDS = 0.02


class Children(threading.Thread):
    """Looks again and again, until `stop`; `megabytes` is the most that any child held."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.megabytes = 0.0
        self.own = Path("/proc/self/cmdline").read_bytes()
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.wait(SECONDS):
            for told in Path("/proc/self/task").glob("*/children"):
                with contextlib.suppress(OSError):
                    for pid in told.read_text().split():
                        self.look(Path("/proc") / pid)

    def look(self, place: Path) -> None:
        with contextlib.suppress(OSError):
            if (place / "cmdline").read_bytes() == self.own:  # not yet a program of its own
                return
            for line in (place / "status").read_text().splitlines():
                if line.startswith("VmHWM:"):
                    self.megabytes = max(self.megabytes, int(line.split()[1]) / 1024)

    def stop(self) -> float:
        self.ended.set()
        self.join()
        return self.megabytes
