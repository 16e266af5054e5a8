"""What reads or makes files of others runs in a child process with limits. This module knows nothing of Django."""

import os
import resource
import signal
import subprocess
import sys
from contextlib import suppress

MEMORY = 3 * 2**30
CPU_SECONDS = 90


class ConfinedError(Exception):
    """The child failed or passed a limit; the message says why in one line."""


def in_child(module: str, *arguments: str, seconds: int) -> bytes:
    """What a module prints when run with limits; raises ConfinedError with the last line it complained in. Whatever it
    started ends with it.
    """
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=limit, start_new_session=True
    ) as child:
        try:
            printed, complaint = child.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise ConfinedError("it took too long") from error
        finally:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
    if child.returncode:
        lines = complaint.decode("utf-8", "replace").strip().splitlines()
        raise ConfinedError(lines[-1][:280] if lines else f"it ended with code {child.returncode}")
    return printed


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
