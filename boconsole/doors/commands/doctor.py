"""A check of everything the console stands on: database, files, terminal.

Nothing is made, upgraded or mended; each line says what is well, or what to do.
"""

import locale
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import REFUSALS, BoconsoleError
from boconsole.language import _, grouped
from boconsole.settings import without_password

SMALLEST = (80, 24)
LITTLE_ROOM = 100 * 2**20


class Finding(NamedTuple):
    """What one check found; advice (`ok` with a warning) is no fault."""

    check: str
    ok: bool
    detail: str


def doctor(call: Call) -> Answer:
    """Check everything; 1 when something is broken."""
    findings = [*_database(call), *_files(call), *_surroundings()]
    broken = any(not finding.ok for finding in findings)
    value = {"ok": not broken, "checks": [finding._asdict() for finding in findings]}
    return Answer(value, lambda: _text(findings), code=1 if broken else 0)


def _text(findings: list[Finding]) -> str:
    return output.table(
        ("", _("Check"), _("Finding")),
        [("ok" if one.ok else "!!", one.check, one.detail) for one in findings],
    )


def _database(call: Call) -> Iterator[Finding]:
    from db import connection

    where = without_password(call.settings.database)
    try:
        connection.open_database(call.settings.database, create=False)
    except REFUSALS as refusal:
        advice = _("Make it with: boconsole init") if _is_missing(call) else ""
        yield Finding("database", False, f"{refusal} {advice}".strip())
        return
    yield Finding("database", True, where)
    for name, check in (
        ("engine", _engine),
        ("schema", _schema),
        ("integrity", _integrity),
        ("audit trail", _audit),
        ("search", _search),
        ("account", lambda: _account(call)),
        ("attachments", _attachments),
        ("room", _room),
    ):
        found = _checked(name, check)
        yield found
        if name == "schema" and not found.ok:
            return


def _is_missing(call: Call) -> bool:
    from db import connection

    path = connection.sqlite_path(call.settings.database)
    return path is not None and not path.exists()


def _checked(name: str, check: Callable[[], str]) -> Finding:
    """Run one check; it answers with what is well and raises what is not."""
    try:
        return Finding(name, True, check())
    except (*REFUSALS, OSError) as error:
        return Finding(name, False, str(error))


def _engine() -> str:
    from db import health

    return health.engine_version()


def _schema() -> str:
    from db import upgrading

    there, known = upgrading.applied(), upgrading.known()
    if newer := [name for name in there if name not in known]:
        raise BoconsoleError(
            _("It has {name} of a newer boconsole; upgrade boconsole.").format(name=newer[-1])
        )
    if missing := [name for name in known if name not in there]:
        raise BoconsoleError(
            _("It lacks {names}; bring it up to date with: boconsole init").format(
                names=", ".join(missing)
            )
        )
    return there[-1]


def _integrity() -> str:
    from db import health

    if found := health.integrity():
        raise BoconsoleError(_("{found}; put back a backup.").format(found=found))
    return _("no fault found")


def _audit() -> str:
    from boconsole import audit

    verdict = audit.verify()
    if verdict.broken:
        raise BoconsoleError(verdict.reason)
    return _("{lines} lines, all sealed as written").format(lines=verdict.lines)


def _search() -> str:
    from db import health

    count = health.count_search()
    if count.tickets != count.indexed:
        raise BoconsoleError(
            _("{missing} of {tickets} tickets are not in the index").format(
                missing=count.tickets - count.indexed, tickets=count.tickets
            )
        )
    return _("{tickets} tickets, all in the index").format(tickets=count.tickets)


def _account(call: Call) -> str:
    from db import users

    found = users.find(call.settings.user)
    if found is None and not users.is_empty():
        raise BoconsoleError(
            _("{login} has no account here; name another with BOCONSOLE_USER").format(
                login=call.settings.user
            )
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
        raise BoconsoleError(
            _("{lost} of {count} files are missing or damaged in {folder}").format(
                lost=len(lost), count=len(kept), folder=folder
            )
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
        raise BoconsoleError(_("{path} or its folder cannot be written").format(path=path))
    free = shutil.disk_usage(path.parent).free
    if free < LITTLE_ROOM:
        raise BoconsoleError(_("only {free} MiB are free").format(free=free // 2**20))
    return _("{free} MiB free").format(free=grouped(free // 2**20))


def _files(call: Call) -> Iterator[Finding]:
    log = call.settings.log
    folder = next((parent for parent in log.parents if parent.exists()), log.parent)
    writable = os.access(log if log.exists() else folder, os.W_OK)
    detail = str(log) if writable else _("{log} cannot be written").format(log=log)
    yield Finding("log", writable, detail)


def _surroundings() -> Iterator[Finding]:
    yield Finding("python", True, sys.version.split()[0])
    encoding = locale.getpreferredencoding(False)
    advice = "" if "utf" in encoding.lower() else _("; set LANG to a UTF-8 locale")
    yield Finding("locale", True, f"{encoding}{advice}")
    term = os.environ.get("TERM", "")
    colours = os.environ.get("COLORTERM") or (
        _("none (NO_COLOR)") if _no_colour() else _("16 or 256")
    )
    columns, lines = shutil.get_terminal_size()
    small = columns < SMALLEST[0] or lines < SMALLEST[1]
    advice = _("; small: the console is made for 80x24 and more") if small else ""
    about = _("colours: {colours}").format(colours=colours)
    yield Finding("terminal", True, f"{term or '-'}, {columns}x{lines}, {about}{advice}")


def _no_colour() -> bool:
    return bool(os.environ.get("NO_COLOR"))
