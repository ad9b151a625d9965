"""The records: whether they open, are whole, up to date, and have room."""

import os
import shutil
from collections.abc import Iterator
from time import time

from boconsole.doors.calls import Call
from boconsole.doors.checks.finding import FAIL, OK, Failed, Finding, Warned, all_of, checked
from boconsole.errors import REFUSALS
from boconsole.language import _, grouped
from boconsole.settings import without_password

LITTLE_ROOM = 100 * 2**20
TIGHT_ROOM = 2**30
APART, FAR_APART = 5, 60
"""Seconds between our clock and the server's that are worth a word, and that are a fault."""


def look(call: Call) -> Iterator[Finding]:
    """Yield what is found, as far as the records open."""
    from db import connection

    where = without_password(call.settings.database)
    try:
        connection.open_database(call.settings.database, create=False)
    except REFUSALS as refusal:
        yield Finding("database", FAIL, str(refusal), _advice(call))
        return
    yield Finding("database", OK, where)
    yield checked("engine", _engine)
    schema = checked("schema", _schema)
    yield schema
    if schema.state == OK:
        yield from all_of(
            ("integrity", _integrity),
            ("audit trail", _audit),
            ("search", _search),
            ("reports", _reports),
            ("account", lambda: _account(call)),
            ("attachments", _attachments),
        )
    yield from all_of(("room", _room), ("server time", _server_clock))


def _advice(call: Call) -> str:
    from db import connection

    path = connection.sqlite_path(call.settings.database)
    if path is None:
        return _("Look whether the server runs and takes this user: psql with the same address.")
    if not path.exists():
        return _("Make it with: boconsole init")
    return _("Put back a backup: boconsole restore FILE")


def _engine() -> str:
    from db import health

    return health.engine_version()


def _schema() -> str:
    from db import upgrading

    there, known = upgrading.applied(), upgrading.known()
    if newer := [name for name in there if name not in known]:
        raise Failed(
            _("It has {name} of a newer boconsole.").format(name=newer[-1]), _("Upgrade boconsole.")
        )
    if missing := [name for name in known if name not in there]:
        raise Failed(
            _("It lacks {names}.").format(names=", ".join(missing)),
            _("Bring it up to date with: boconsole init"),
        )
    return there[-1]


def _server_clock() -> str:
    from db import health

    apart = health.clock() - time()
    if abs(apart) < APART:
        return _("as ours, within {seconds} s").format(seconds=APART)
    detail = _("{seconds} s from ours").format(seconds=grouped(round(apart)))
    advice = _("Let both machines follow a time server: timedatectl set-ntp true")
    raise (Failed if abs(apart) > FAR_APART else Warned)(detail, advice)


def _integrity() -> str:
    from db import health

    if found := health.integrity():
        raise Failed(found, _("Put back a backup: boconsole restore FILE"))
    return _("no fault found")


def _audit() -> str:
    from boconsole import audit

    verdict = audit.verify()
    if verdict.broken:
        raise Failed(
            verdict.reason, _("Find out who changed the database, and compare with a backup.")
        )
    return _("{lines} lines, all sealed as written").format(lines=grouped(verdict.lines))


def _search() -> str:
    from db import health

    count = health.count_search()
    if count.tickets != count.indexed:
        raise Failed(
            _("{missing} of {tickets} tickets are not in the index").format(
                missing=count.tickets - count.indexed, tickets=count.tickets
            ),
            _("A new database has it whole: boconsole move --to sqlite:///NEW"),
        )
    return _("{tickets} tickets, all in the index").format(tickets=grouped(count.tickets))


def _reports() -> str:
    from db.reports import cells

    if wrong := cells.differing():
        cells.count_anew(wrong)
        raise Failed(
            _("{count} sums are not what their tickets say").format(count=grouped(len(wrong))),
            _("They are counted anew with the next report."),
        )
    return _("all sums of tickets are what the tickets say")


def _account(call: Call) -> str:
    from db import users

    found = users.find(call.settings.user)
    if found is None and not users.is_empty():
        raise Failed(
            _("{login} has no account here").format(login=call.settings.user),
            _("Name another with BOCONSOLE_USER."),
        )
    return f"{call.settings.user} ({', '.join(users.select_roles(found.id)) if found else '-'})"


def _attachments() -> str:
    from boconsole import filing
    from db import health

    kept = health.select_attachments()
    folder = filing.folder()
    if folder is None:
        return _("{count} files, kept in the database").format(count=len(kept))
    lost = [sha256 for sha256, size in kept if not _is_there(folder / sha256[:2] / sha256, size)]
    if lost:
        raise Failed(
            _("{lost} of {count} files are missing or damaged in {folder}").format(
                lost=len(lost), count=len(kept), folder=folder
            ),
            _("Put a copy of the folder back."),
        )
    return _("{count} files in {folder}").format(count=len(kept), folder=folder)


def _is_there(path: os.PathLike[str], size: int) -> bool:
    try:
        return os.stat(path).st_size == size
    except OSError:
        return False


def _room() -> str:
    from db import connection

    path = connection.file()
    if path is None:
        return _("the server's")
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise Failed(
            _("{path} or its folder cannot be written").format(path=path),
            _("Give the user of boconsole the file and its folder."),
        )
    free = shutil.disk_usage(path.parent).free
    detail = _("{free} MiB free").format(free=grouped(free // 2**20))
    if free < LITTLE_ROOM:
        raise Failed(detail, _("Free some room on this disk."))
    if free < max(TIGHT_ROOM, path.stat().st_size):
        raise Warned(detail, _("Free some room: an upgrade copies the database first."))
    return detail
