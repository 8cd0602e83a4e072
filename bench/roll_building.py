"""How long building a roll file takes, and how much memory, against hashing in plain Python.

    PYTHONPATH=src .venv/bin/python bench/roll_building.py [COMMITMENTS]

Each number of processes is tried in a process of its own, so that its peak memory is its own; workers' memory is not in it.
"""

import resource
import secrets
import statistics
import subprocess
import sys
import time

from curbside.credential import poseidon_plain
from curbside.credential.field import SCALAR_ORDER
from curbside.credential.poseidon import fastest_hash
from curbside.credential.roll_file import RollFile

SAMPLE = 2_000


def rate(hash_pair) -> float:
    """Hashes a second of processor time: the median of five runs over the same kind of random pairs."""
    pairs = [(secrets.randbelow(SCALAR_ORDER), secrets.randbelow(SCALAR_ORDER)) for _ in range(SAMPLE)]
    hash_pair(1, 2)
    rates = []
    for _ in range(5):
        start = time.process_time()
        for left, right in pairs:
            hash_pair(left, right)
        rates.append(SAMPLE / (time.process_time() - start))
    return statistics.median(rates)


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def cpu_seconds() -> float:
    """Of this process and its ended workers; it depends less than the clock's on what else the machine does."""
    both = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def build(count: int, processes: int) -> None:
    commitments = [secrets.randbelow(SCALAR_ORDER - 1) + 1 for _ in range(count)]
    before = megabytes()
    start, start_cpu = time.perf_counter(), cpu_seconds()
    roll = RollFile.build(commitments, processes)
    taken, cpu = time.perf_counter() - start, cpu_seconds() - start_cpu
    print(f"build, processes: {processes}      {taken:6.2f} s   {cpu:.2f} s processor   peak {megabytes():.0f} MB (before {before:.0f})")
    start = time.perf_counter()
    read = RollFile.decode(roll.data)
    print(f"  read back ({len(roll.data) / 1e6:.1f} MB)    {time.perf_counter() - start:6.2f} s")
    start = time.perf_counter()
    read.check_nodes(processes)
    print(f"  check all nodes         {time.perf_counter() - start:6.2f} s")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300_000
    fast, plain = rate(fastest_hash()), rate(poseidon_plain.poseidon)
    print(f"Poseidon, as installed   {fast:8.0f} /s")
    print(f"Poseidon, plain Python   {plain:8.0f} /s   {fast / plain:5.1f} x slower: about {count / plain:.0f} s for the same")
    print(f"{count} random commitments", flush=True)
    for processes in (1, 2):
        subprocess.run([sys.executable, __file__, "--build", str(count), str(processes)], check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--build"]:
        build(int(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
