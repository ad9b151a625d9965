"""Demonstration data: a database to try everything on, made at first use and thrown away at will.

It lies in the user's cache folder and never in the place of real records.
"""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from boconsole.settings import Settings

VERSION = 11
"""Raised when the data changes, so that an old demo is made again."""
TICKETS, SEED = 500, 1
WEIGHT = 100
"""Tickets that take about as long to make as each other part of the demo."""


def demo_path(settings: "Settings") -> Path:
    """Return where the demo of this user and clock is, or will be."""
    import platformdirs

    clock = settings.clock.isoformat() if settings.clock else ""
    key = sha256(f"{settings.user}\n{clock}".encode()).hexdigest()[:12]
    folder = platformdirs.user_cache_path("boconsole", appauthor=False)
    return folder / f"demo-{VERSION}-{key}.sqlite"


def open_demo(
    settings: "Settings",
    *,
    fresh: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> str:
    """Return the address of the demo database, which is made if it is missing.

    No database is open afterwards.

    Args:
        settings: Whose demo it is; its database is not touched.
        fresh: Make it again, whatever was done in it.
        progress: As `build.build` takes it.
    """
    path = demo_path(settings)
    if fresh or not path.exists():
        _make(settings, path, progress)
    return f"sqlite:///{path}"


def _make(settings: "Settings", path: Path, progress: Callable[[int, int], None] | None) -> None:
    """Make the database beside its place and move it there when it is whole."""
    import os
    from dataclasses import replace

    from boconsole.demo import (
        appraisals,
        assessments,
        books,
        colleagues,
        hardware,
        knowledge,
        leave,
        mail,
        pay,
        projects,
        reach,
        recruitment,
        registry,
        shelf,
        staff,
        training,
        workshop,
    )
    from boconsole.demo.build import build
    from boconsole.signing_in import open_records, sign_in
    from db import connection

    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        there = replace(settings, database=f"sqlite:///{unfinished}")
        open_records(there)
        session = sign_in(there, "system")
        parts = (
            colleagues, knowledge, books, reach, hardware, shelf, workshop, staff, leave, pay,
            projects, appraisals, training, recruitment, registry, assessments,
            mail,
        )  # fmt: skip
        told = progress or (lambda _done, _of: None)
        whole = TICKETS + len(parts) * WEIGHT
        build(session, TICKETS, SEED, session.now(), lambda done, _of: told(done, whole))
        for number, part in enumerate(parts, 1):
            part.keep(session)
            told(TICKETS + number * WEIGHT, whole)
        connection.close_database()
        _remove(path)
        unfinished.replace(path)
        _move_files(unfinished, path)
    finally:
        connection.close_database()
        _remove(unfinished)


def _move_files(unfinished: Path, path: Path) -> None:
    """Let the files of the records follow the database to its name."""
    import shutil

    from boconsole.filing import SUFFIX

    made, wanted = (each.with_name(each.name + SUFFIX) for each in (unfinished, path))
    if made.exists():
        shutil.rmtree(wanted, ignore_errors=True)
        made.replace(wanted)


def _remove(path: Path) -> None:
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)
