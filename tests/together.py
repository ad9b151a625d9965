"""Writers at once: one process loads the program, forks them, and waits for all."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
FORKING = """
import os, sys, traceback

children = []
for number in range(int(sys.argv[2])):
    child = os.fork()
    if child == 0:
        try:
            write(sys.argv[1], number)
            os._exit(0)
        except BaseException:
            traceback.print_exc()
        os._exit(1)
    children.append(child)
print([os.waitpid(child, 0)[1] for child in children])
"""


def write_at_once(code: str, url: str, writers: int) -> tuple[str, str]:
    """Let writers write at the same time.

    Args:
        code: Defines `write(url, number)` for the number of a writer, from 0.
        url: Of the database.
        writers: How many.

    Returns:
        What went wrong: how each ended, unless all did well, and what they said.
    """
    told = subprocess.run(
        [sys.executable, "-c", code + FORKING, url, str(writers)],
        cwd=ROOT, text=True, capture_output=True, check=False,
    )  # fmt: skip
    return told.stdout.replace(f"{[0] * writers}\n", ""), told.stderr
