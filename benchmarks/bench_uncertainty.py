"""Uncertainty of 50 indicators × 330 regions × 10,000 runs, and Sobol indices of 8 factors × 4,096 base samples.

Beside one matrix product and ranking by sorting of the same size; processor time of one thread. Memory is what a process of its
own grew by beyond what it held with everything imported. `RUNS`, `UNITS`, `INDICATORS`, `BASE` change the size.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import servers
from benchmarks.measuring import ROUNDS

UNITS, INDICATORS = int(os.environ.get("UNITS", "330")), int(os.environ.get("INDICATORS", "50"))
RUNS, BASE = int(os.environ.get("RUNS", "10000")), int(os.environ.get("BASE", "4096"))
BUDGET, MEMORY, APART = 4.0, 200.0, 1e-12
THREADS = "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"
WORK = {"uncertainty": RUNS, "mixed levels": RUNS, "sobol": BASE * 10}


def asked(what: str, rounds: int, runs: int) -> dict:
    words = [sys.executable, "-m", "benchmarks.uncertainty_run", what, rounds, UNITS, INDICATORS, runs]
    place, one = Path(__file__).resolve().parent.parent, dict.fromkeys(THREADS, "1")
    return json.loads(
        subprocess.run(
            list(map(str, words)), cwd=place, env=os.environ | one, capture_output=True, text=True, check=True
        ).stdout
    )


def measured(what: str, runs: int) -> bool:
    spent, memory = asked(what, ROUNDS, runs), asked(what, 0, runs)
    own, bare = median(spent["own"]), median(spent["floor"])
    times = median(mine / least for mine, least in zip(spent["own"], spent["floor"], strict=True))
    held = times <= BUDGET and memory["grew"] <= MEMORY
    print(
        f"{what:14} {runs:7} {own:8.3f} {bare:8.3f} {times:7.2f} {BUDGET:7.1f} {memory['grew']:8.0f} {MEMORY:7.0f}"
        f"  {'ok' if held else 'MISSED'}",
        flush=True,
    )
    return held


def main() -> int:
    print(f"{INDICATORS} indicators × {UNITS} regions, {ROUNDS} rounds; {servers.machine()}")
    print(
        f"{'workload':14} {'runs':>7} {'cpu s':>8} {'bare':>8} {'times':>7} {'budget':>7} {'MB more':>8} {'budget':>7}"
    )
    held = [measured(what, runs) for what, runs in WORK.items()]
    found = asked("compare", 0, 60)
    right = found["apart"] <= APART and not found["wrong"]
    print(
        f"60 runs beside building each: {found['apart']:.1e} apart, {found['wrong']} ranks differ: {'ok' if right else 'WRONG'}"
    )
    return 0 if all(held) and right else 1


if __name__ == "__main__":
    sys.exit(main())
