"""What tasks wait for: links that never form a circle, also with two people linking at once."""

import re
from collections.abc import Iterable

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _
from boconsole.projects import critical_path, reading, tasking, words
from boconsole.projects.critical_path import FS, KINDS, Link
from boconsole.projects.errors import CycleError
from boconsole.projects.reading import Task
from boconsole.session import Session
from db.projects import tasks
from db.projects.rows import LinkRow

MOST_LAG = 1_000
_TYPED = re.compile(r"(?:[A-Za-z]{3}-)?\d{1,9}")
_HOW = re.compile(r"(FS|SS|FF|SF)?\s*(?:([+-])\s*(\d{1,4})\s*d?)?", re.IGNORECASE)


def read_how(text: str) -> tuple[str, int]:
    """Return kind and lag of `FS`, `SS+2` or `+3d`; raises InvalidChangeError."""
    found = _HOW.fullmatch(text.strip())
    if found is None:
        raise InvalidChangeError(
            "link", _("{text!r} is not FS, SS, FF or SF with a lag such as SS+2").format(
                text=text.strip()[:40])
        )  # fmt: skip
    lag = int(found[3] or 0)
    return (found[1] or FS).upper(), -lag if found[2] == "-" else lag


def read_links(text: str) -> list[tuple[int, str, int]]:
    """Return task, kind and lag of each of `TSK-3, TSK-4 SS+2`; raises InvalidChangeError."""
    found = []
    for each in filter(None, (part.strip() for part in text.split(","))):
        number = _TYPED.match(each)
        if number is None:
            words.parse_task_number(each)
            continue
        kind, lag = read_how(each[number.end() :])
        found.append((words.parse_task_number(number[0]), kind, lag))
    return found


def links_text(links: tuple[LinkRow, ...], task_id: int) -> str:
    """Return what a task waits for as it is typed."""
    return ", ".join(told(link) for link in links if link.after == task_id)


def told(link: LinkRow) -> str:
    """Return the first task of a link, and how the second waits: `TSK-3 SS+2`."""
    how = "" if link.kind == FS and not link.lag else f" {how_text(link.kind, link.lag)}"
    return f"{words.task_number(link.before)}{how}"


def how_text(kind: str, lag: int) -> str:
    """Return kind and lag as they are typed: `SS+2`."""
    return f"{kind}{lag:+d}" if lag else kind


def link(session: Session, before_id: int, after_id: int, kind: str = FS, lag: int = 0) -> Task:
    """Let a task wait for another one; a link that is there is changed.

    Args:
        session: Who plans.
        before_id: The task that is waited for.
        after_id: The one that waits.
        kind: `FS`, `SS`, `FF` or `SF`.
        lag: Working days, below 0 for a lead.

    Raises:
        CycleError: The first one waits for the second already.
        InvalidChangeError: A task holds others, or is in another project.
    """
    session.require("task.edit")
    if kind not in KINDS:
        raise InvalidChangeError("link", _("is one of {words}").format(words=", ".join(KINDS)))
    if abs(lag) > MOST_LAG:
        raise InvalidChangeError("lag", _("lies between {least} and {most}").format(
            least=-MOST_LAG, most=MOST_LAG))  # fmt: skip
    with audit.writing():
        wanted = LinkRow(before_id, after_id, kind, lag)
        check(wanted)
        old = tasks.find_link(before_id, after_id)
        if old == wanted:
            return Task(reading.task_again(after_id))
        tasks.put_link(wanted)
        _record(session, after_id, told(old) if old else "", told(wanted))
        return Task(reading.task_again(after_id))


def check(wanted: LinkRow) -> None:
    """Refuse a link that cannot be; raises as `link`."""
    first, second = (reading.task_again(each) for each in (wanted.before, wanted.after))
    for row in (first, second):
        if row.children:
            raise InvalidChangeError(
                "link", _("{number} holds other tasks; link one of those").format(
                    number=words.task_number(row.id))
            )  # fmt: skip
    if first.project_id != second.project_id:
        raise InvalidChangeError(
            "link",
            _("{number} is in another project").format(number=words.task_number(first.id)),
        )
    if first.id == second.id:
        raise CycleError([first.id, first.id], words.task_number)
    links = [Link(*each) for each in tasks.select_links(first.project_id)]
    if way := critical_path.way(links, second.id, first.id):
        raise CycleError([*way, second.id], words.task_number)


def unlink(session: Session, before_id: int, after_id: int) -> Task:
    """Let a task wait for another one no longer; raises NotFoundError."""
    session.require("task.edit")
    with audit.writing():
        old = tasks.find_link(before_id, after_id)
        if old is None:
            first, second = map(words.task_number, (before_id, after_id))
            raise NotFoundError(_("link from {before} to {after}").format(
                before=first, after=second))  # fmt: skip
        tasks.delete_link(before_id, after_id)
        _record(session, after_id, told(old), "")
        return Task(reading.task_again(after_id))


def relink(session: Session, task_id: int, text: str) -> Task:
    """Let a task wait for exactly these: `TSK-3, TSK-4 SS+2`; raises as `link`."""
    session.require("task.edit")
    wanted = {LinkRow(before, task_id, kind, lag) for before, kind, lag in read_links(text)}
    with audit.writing():
        row = reading.task_again(task_id)
        there = {each for each in tasks.select_links(row.project_id) if each.after == task_id}
        gone, new = sorted(there - wanted), sorted(wanted - there)
        if gone or new:
            replace(gone, new)
            before, after = (", ".join(map(told, part)) for part in (gone, new))
            _record(session, task_id, before, after)
        return Task(reading.task_again(task_id))


def replace(gone: Iterable[LinkRow], new: Iterable[LinkRow]) -> None:
    """Take links away and put others in their place; raises as `link`."""
    for each in gone:
        tasks.delete_link(each.before, each.after)
    for each in new:
        check(each)
        tasks.put_link(each)


def _record(session: Session, task_id: int, before: str, after: str) -> None:
    row = reading.task_again(task_id)
    tasks.update(row.id, row.version, {"updated_at": session.now()})
    line = audit.Line(row.id, {"waits_for": (before, after)}, row.version + 1)
    tasking.record(session, "link", [line])
    tasking.after_change(session, row.project_id)
