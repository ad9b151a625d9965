"""Moving records to another database, backing them up, and putting a backup back."""

import argparse
import sys
from pathlib import Path

from boconsole.doors.calls import Call, has_terminal, read_call
from boconsole.doors.output import Answer
from boconsole.doors.progress import Progress
from boconsole.errors import BoconsoleError, InvalidChangeError
from boconsole.language import _, grouped
from boconsole.settings import without_password

YES = ("y", "yes", "ya")


def move(call: Call) -> Answer:
    """Carry everything into another database."""
    from boconsole import moving

    other = read_call(argparse.Namespace(**{**vars(call.words), "database": call.words.to}))
    session = call.session(create=False)
    with Progress(_("Rows")) as progress:
        moved = moving.move(
            session, other.settings.database, lambda done, of: progress(done, done / of)
        )
    shown = without_password(other.settings.database)
    text = _(
        "{rows} rows of {tables} tables and {files} files are in {where}, each compared. "
        "Name it from now on: BOCONSOLE_DATABASE={shown}"
    ).format(
        rows=grouped(moved.rows), tables=moved.tables, files=grouped(moved.files),
        where=moved.where, shown=shown,
    )  # fmt: skip
    return Answer({**moved._asdict(), "database": shown}, text, _lost(moved.lost))


def backup(call: Call) -> Answer:
    """Write a backup, by name or into a folder."""
    from boconsole import backups, retention

    rules = retention.read_rules(call.words.keep)
    folder = call.words.to or (None if call.words.file else call.settings.backups) or ""
    if call.words.file and (call.words.to or rules):
        raise InvalidChangeError("file", _("name a file, or a folder with --to; not both"))
    if not call.words.file and not folder:
        raise InvalidChangeError(
            "file", _("name a file, or a folder with --to or BOCONSOLE_BACKUPS")
        )
    session = call.session(create=False)
    removed: list[Path] = []
    with Progress(_("Rows")) as progress:

        def told(done: int, of: int) -> None:
            progress(done, done / of)

        if call.words.file:
            made = backups.backup(session, Path(call.words.file), told)
        else:
            made, removed = backups.backup_into(session, Path(folder), rules, told)
    text = _("{path}: {size} KiB, {lines} lines of audit trail, {files} files; read again.").format(
        path=made.path, size=grouped(made.size // 1024), lines=grouped(made.lines),
        files=grouped(made.files),
    )  # fmt: skip
    gone = (_("Removed: {names}").format(names=", ".join(path.name for path in removed)),)
    notes = (*_lost(made.lost), *(gone if removed else ()))
    return Answer({**made._asdict(), "removed": [str(path) for path in removed]}, text, notes)


def _lost(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    return (_("{count} files were missing or damaged before; doctor names the folder.").format(
        count=grouped(count)),)  # fmt: skip


def restore(call: Call) -> Answer:
    """Put a backup back, when that is meant."""
    from boconsole import backups
    from db.moving import sqlite_files

    path = Path(call.words.file)
    sqlite_files.examine(path)
    _require_permission(call)
    if not call.words.yes and not _meant(call, path):
        raise BoconsoleError(_("Nothing was changed. Say --yes to put the backup back."))
    with Progress(_("Rows")) as progress:
        done = backups.restore(
            call.settings.database,
            path,
            call.settings.user,
            lambda done, of: progress(done, done / of),
        )
    text = _("{where} has the records of {path} ({lines} lines of audit trail).").format(
        where=done.where, path=path, lines=grouped(done.lines)
    )
    kept = _("What was there before is {kept}.").format(kept=done.kept) if done.kept else ""
    return Answer(done._asdict(), "\n".join(filter(None, (text, kept))), _lost(done.lost))


def _require_permission(call: Call) -> None:
    """Ask the present records whether who acts may; where they cannot be read, nobody can say."""
    from boconsole.signing_in import sign_in
    from db import connection, upgrading, users
    from db.errors import StorageError

    try:
        connection.open_database(call.settings.database, create=False)
        if upgrading.applied() != upgrading.known() or users.is_empty():
            return
    except StorageError:
        return
    sign_in(call.settings, "cli").require("database.restore")


def _meant(call: Call, path: Path) -> bool:
    if call.words.json or not has_terminal():
        return False
    question = _("Replace {where} by {path}? What is there stays as a file. [y/N] ").format(
        where=without_password(call.settings.database), path=path
    )
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in YES
