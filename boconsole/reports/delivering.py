"""Running what is scheduled: into a folder, or by the outbox of mail, each due time once.

A mail, what is noted and the next time of its schedule are kept in one transaction: whoever
crashes before it has done nothing, and after it the outbox sends the mail once.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from boconsole import audit, mail_settings
from boconsole.errors import REFUSALS, BoconsoleError
from boconsole.language import _
from boconsole.mail import sending
from boconsole.mail.handing import Line
from boconsole.mail.words import STATES
from boconsole.reports import exporting, running, telling
from boconsole.reports.scheduling import FEATURE, UNNAMED, next_time, require_here
from boconsole.session import Session
from db.mail import outbox
from db.reports import schedules
from db.reports.schedules import ScheduleRow


class Done(NamedTuple):
    """What became of a schedule that was run."""

    name: str
    said: str
    failed: bool


class _Letter(NamedTuple):
    """A report as a mail: subject, text, and the name and content of its file."""

    subject: str
    body: str
    name: str
    content: bytes


def told(row: ScheduleRow) -> tuple[str, bool]:
    """Return what became of a schedule the last time, its mail as it is now, and if it failed."""
    if row.mail_id is None or not row.mail_state:
        return row.last_word, row.failed
    if row.mail_state == "sent":
        return _("Sent to {address}.").format(address=row.address), False
    said = f"{_(STATES[row.mail_state])}: {row.address}"
    reason = f" ({row.mail_reason})" if row.mail_reason else ""
    return f"{said}{reason}", row.mail_state in ("failed", "uncertain")


def record(row: ScheduleRow) -> dict[str, object]:
    """Return a schedule for programs."""
    said, failed = told(row)
    return {
        "name": row.name, "report": row.report, "parameters": json.loads(row.parameters),
        "format": row.form, "every": row.every, "at": f"{row.at_minute // 60:02}:"
        f"{row.at_minute % 60:02}", "zone": row.zone, "folder": row.folder or None,
        "mail": row.address or None, "next": row.next_at, "last": row.last_at,
        "said": said or None, "failed": failed, "active": row.active,
    }  # fmt: skip


def run_due(session: Session, line: Line | None = None) -> list[Done]:
    """Run what is due of the one who acts; a failure is kept with its schedule and told of.

    Args:
        session: Whose schedules, with whose rights.
        line: To the mail server; by default the one of the settings.
    """
    now = session.now()
    found = []
    for row in schedules.select_due(session.user.id, now):
        if row.folder and not Path(row.folder).is_dir() and session.origin != "cli":
            continue  # scheduled at another machine, which has the folder
        if _run(session, row, next_time(row, now), line):
            found.append(_done(row))
    return found


def run_now(session: Session, row: ScheduleRow, line: Line | None = None) -> Done:
    """Run a schedule of one's own at once; its next time stays."""
    require_here(session, row.folder)
    _run(session, row._replace(next_at=session.now()), None, line)
    return _done(row)


def _done(row: ScheduleRow) -> Done:
    now = schedules.find(row.name) or row
    return Done(row.name, *told(now))


def _run(session: Session, row: ScheduleRow, then: datetime | None, line: Line | None) -> bool:
    """Run a schedule; False where somebody else did. `then` is its next time, None to keep it."""
    if row.folder:
        with audit.writing():
            if then is not None and not schedules.take(row.id, row.version, then):
                return False
        said, failed = _written(session, row)
        with audit.writing():
            _note(session, row, said, failed)
        return True
    try:
        prepared: _Letter | str = _letter(session, row)
    except REFUSALS as refusal:
        prepared = str(refusal)
    except BaseException:  # what broke it would break it at each next look, too
        _settle(session, row, then, _("It could not be made; the log file has the reason."))
        raise
    taken, mail_id = _settle(session, row, then, prepared)
    if mail_id is not None:
        sending.send_one(session, mail_id, line)
    return taken


def _settle(
    session: Session, row: ScheduleRow, then: datetime | None, prepared: _Letter | str
) -> tuple[bool, int | None]:
    """Put a report, or why there is none, in its place; returns whether, and the mail's id."""
    with audit.writing():
        if then is not None and not schedules.take(row.id, row.version, then):
            return False, None
        if isinstance(prepared, str):
            _note(session, row, prepared, True)
            return True, None
        mail_id = _post(session, row, prepared)
        _note(session, row, "", False, mail_id)
        return True, mail_id


def _note(
    session: Session, row: ScheduleRow, said: str, failed: bool, mail_id: int | None = None
) -> None:
    schedules.note(row.id, session.now(), said[:300], failed, mail_id)
    changes: dict[str, tuple[object, object]] = {"name": (row.name, row.name),
                                                 "failed": (None, failed)}  # fmt: skip
    audit.record(session, "report.run", FEATURE, [audit.Line(row.id, changes)])


def _named(row: ScheduleRow) -> str:
    due = row.next_at.astimezone(ZoneInfo(row.zone))
    return f"{UNNAMED.sub('-', row.name)}-{due:%Y-%m-%d-%H%M}.{row.form}"


def _written(session: Session, row: ScheduleRow) -> tuple[str, bool]:
    """Write a report to its folder; returns what was done, and whether it failed."""
    try:
        result = running.run(session, row.report, running.told(json.loads(row.parameters)))
        path = Path(row.folder) / _named(row)
        exporting.write(result, path, form=row.form, overwrite=True)
    except REFUSALS as refusal:
        return str(refusal), True
    return _("Written to {path}.").format(path=path), False


def _letter(session: Session, row: ScheduleRow) -> _Letter:
    if not mail_settings.in_force().sender:
        raise BoconsoleError(_("No mail can be sent: set BOCONSOLE_MAIL_FROM to our address."))
    result = running.run(session, row.report, running.told(json.loads(row.parameters)))
    title, content = telling.title(result), exporting.content(result, row.form)
    return _Letter(f"{title}: {row.name}", f"{title}\n{telling.days(result)}", _named(row), content)


def _post(session: Session, row: ScheduleRow, letter: _Letter) -> int:
    """Put a mail into the outbox, inside the transaction of its schedule; returns its id."""
    from email.utils import make_msgid

    now = int(session.now().timestamp())
    domain = mail_settings.in_force().sender.partition("@")[2]
    mail_id = outbox.insert(outbox.NewMail(
        "report", None, None, session.user.id or None, row.address, letter.subject, letter.body,
        make_msgid(domain=domain).strip("<>"), "", "", now, now,
    ))  # fmt: skip
    outbox.add_file(mail_id, letter.name, letter.content)
    return mail_id
