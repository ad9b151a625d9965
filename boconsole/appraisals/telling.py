"""Sentences for whom a phase, a release or a review concerns, in the step that brings it.

Nobody is told of what they do themselves, and a sentence says no word of what is written.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from boconsole.appraisals import words
from boconsole.language import _, ngettext
from boconsole.session import Session
from db import notifications
from db.appraisals import stored
from db.appraisals.rows import AppraisalRow, CycleRow
from db.staff import people


def phase(session: Session, cycle: CycleRow) -> None:
    """Tell what a phase that begins asks for, whoever has not done it: people or managers."""
    rows = stored.select_of_cycle(cycle.id)
    until = _until(getattr(cycle, words.DUE[cycle.state]) if cycle.state in words.DUE else None)
    if cycle.state == words.GOALS:
        told = _("{name}: set your goals{until}").format(name=cycle.name, until=until)
        _tell_each(session, [one for one in rows if one.weight != words.FULL], told)
    elif cycle.state == words.SELF:
        told = _("{name}: write your self review{until}").format(name=cycle.name, until=until)
        _tell_each(session, [one for one in rows if one.self_state != words.SUBMITTED], told)
    elif cycle.state == words.REVIEW:
        _tell_managers(session, cycle, rows, until)


def _until(day: date | None) -> str:
    return "" if day is None else " " + _("until {day}").format(day=day)


def _tell_managers(
    session: Session, cycle: CycleRow, rows: Sequence[AppraisalRow], until: str
) -> None:
    counts: dict[int, int] = {}
    for one in rows:
        if one.manager_id and one.review_state != words.SUBMITTED:
            counts[one.manager_id] = counts.get(one.manager_id, 0) + 1
    found = []
    for manager, count in counts.items():
        told = ngettext("{name}: {n} review is yours to write{until}",
                        "{name}: {n} reviews are yours to write{until}", count)  # fmt: skip
        found.append((manager, cycle.id,
                      told.format(name=cycle.name, n=count, until=until)))  # fmt: skip
    _insert(session, words.CYCLE, found)


def review_of(session: Session, row: AppraisalRow) -> None:
    """Tell a manager that a review was given to them."""
    if row.manager_id:
        told = _("{number} {name}: the review is yours to write").format(
            number=row.number, name=row.name)  # fmt: skip
        _insert(session, words.APPRAISAL, [(row.manager_id, row.id, told)])


def released(session: Session, rows: Iterable[AppraisalRow]) -> None:
    """Tell people that their review can be read."""
    _tell_each(session, rows, _("{number}: your review is released; read and acknowledge it"))


def sent_back(session: Session, row: AppraisalRow, side: str) -> None:
    """Tell who wrote a review that it is to be written again."""
    told = _("{number} {name}: the review was sent back to you").format(
        number=row.number, name=row.name)  # fmt: skip
    if side == "self":
        _insert(session, words.APPRAISAL, [(row.employee_id, row.id, told)])
    elif row.manager_id:
        _insert(session, words.APPRAISAL, [(row.manager_id, row.id, told)])


def mark_read(session: Session, feature: str, record_id: int) -> None:
    """Note that the one who acts has seen what was told of a cycle or an appraisal."""
    notifications.set_read(session.user.id, feature, record_id, session.now())


def _tell_each(session: Session, rows: Iterable[AppraisalRow], told: str) -> None:
    _insert(session, words.APPRAISAL, [
        (one.employee_id, one.id, told.format(number=one.number)) for one in rows
    ])  # fmt: skip


def _insert(session: Session, feature: str, told: Sequence[tuple[int, int, str]]) -> None:
    rows_of = people.select_all([one for one, _record, _text in told]) if told else []
    users = {row.id: row.user_id for row in rows_of}
    now = session.now()
    rows = [(user, now, text, feature, record) for one, record, text in told
            if (user := users.get(one)) not in (None, session.user.id)]  # fmt: skip
    if rows:
        notifications.insert(rows)
