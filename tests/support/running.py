"""Whether a process still runs, as the tests ask it."""

from pathlib import Path


def alive(pid: int) -> bool:
    """
    Whether the process runs. A zombie does not: a child of a test's own program may stay one where no process
    reads its exit code. It can end at any moment of the question, also between opening its file and reading it
    (ESRCH from read(2) of proc(5)).
    """
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
