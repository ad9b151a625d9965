"""People who are hired, changed and let go, and the facts about them.

A fact is entered from a day on, corrected with a reason where it has held, or withdrawn; what
was believed before stays readable.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.language import _
from boconsole.session import Session
from boconsole.staff import finding, personal, privacy, typed, words
from boconsole.staff.errors import NotEmployedError, ReasonMissingError
from boconsole.staff.finding import EmployeeRow
from boconsole.staff.typed import Fact, Given
from boconsole.staff.writing import Work, group_of, kind_of, write
from db.staff import facts, people
from db.staff.rows import FactRow, PartRow

SPANS = ("employment", "contract")


class NewFact(NamedTuple):
    """A fact to enter, as typed: kind, its fields, its days, and why."""

    kind: str
    given: Given
    starts_on: date | None = None
    ends_on: date | None = None
    reason: str = ""


def new(
    session: Session, given: Given, entries: Sequence[NewFact] = (), *, action: str = "staff.new"
) -> EmployeeRow:
    """Add a person with facts, in one step; `hire` also makes the employment.

    Args:
        session: Needs `staff.edit`, and the permission of each private group.
        given: Fields of `personal.FIELDS`; `name` is needed.
        entries: What is known from the start.
        action: For the audit trail.

    Raises:
        InvalidChangeError: A value cannot be.
    """
    privacy.require_edit(session, _groups(entries))
    with audit.writing():
        columns, told = personal.parse(session, {"name": "", **given}, None)
        at = int(session.now().timestamp())
        employee_id = people.insert({**columns, "created_at": at})
        row = finding.again(employee_id)
        adds = [_fact(session, entry) for entry in entries]
        return write(session, row, Work(adds, told=told), action)


def _groups(entries: Sequence[NewFact]) -> list[str]:
    """Return the groups of what is entered; why an employment ended is one of the notes."""
    found = [words.group_of(entry.kind) for entry in entries if _is_known(entry.kind)]
    if any(entry.given.get("end_reason") for entry in entries):
        found.append(words.NOTES)
    return found


def _is_known(kind: str) -> bool:
    if kind not in words.FACTS and kind not in words.PARTS:
        raise InvalidChangeError("kind", _("{text!r} is none of {words}").format(
            text=kind[:40], words=", ".join((*words.FACTS, *words.PARTS))))  # fmt: skip
    return True


def _fact(session: Session, entry: NewFact, before: FactRow | None = None) -> Fact:
    return typed.parse(
        session, entry.kind, entry.given, starts_on=entry.starts_on, ends_on=entry.ends_on,
        reason=entry.reason, before=before,
    )  # fmt: skip


def hire(
    session: Session, given: Given, starts_on: date, entries: Sequence[NewFact] = ()
) -> EmployeeRow:
    """Add a person who works here from a day on; other facts without a day start then too."""
    dated = [entry._replace(starts_on=entry.starts_on or starts_on)
             if entry.kind in words.FACTS else entry for entry in entries]  # fmt: skip
    employment = NewFact("employment", {}, starts_on)
    return new(session, given, [employment, *dated], action="staff.hire")


def hire_again(session: Session, row: EmployeeRow, starts_on: date) -> EmployeeRow:
    """Employ somebody who left; raises OverlapError while the person is employed."""
    return enter(session, row, NewFact("employment", {}, starts_on), action="staff.hire")


def edit(session: Session, row: EmployeeRow, given: Given) -> EmployeeRow:
    """Change name, mail, phone, language, account or contact of a person.

    Raises:
        InvalidChangeError: A value cannot be.
        StaleRecordError: Somebody else changed the person in the meantime.
    """
    privacy.require_edit(session, ())
    with audit.writing():
        now = finding.again(row.id)
        columns, told = personal.parse(session, given, now)
        if now.version != row.version:
            before = personal.values_of(now)
            theirs = {field: before.get(field) for field in given}
            raise StaleRecordError(row.number, row.id, now.version, theirs, dict(given))
        if not told:
            return now
        return write(session, now, Work(columns=columns, told=told), "staff.edit", row.version)


def enter(
    session: Session, row: EmployeeRow, entry: NewFact, *, action: str = "staff.enter",
    version: int | None = None,
) -> EmployeeRow:  # fmt: skip
    """Enter a fact from a day on; what is not given of a state stays as it was before.

    Raises:
        InvalidChangeError: A value cannot be.
        OverlapError, SameDayError, ManagerCircleError: It does not fit.
        StaleRecordError: The person changed in the meantime; only where a version is given.
    """
    return enter_all(session, row, [entry], action=action, version=version)


def enter_all(
    session: Session, row: EmployeeRow, entries: Sequence[NewFact], *,
    action: str = "staff.enter", version: int | None = None,
) -> EmployeeRow:  # fmt: skip
    """Enter several facts in one step; as `enter`."""
    privacy.require_edit(session, _groups(entries))
    with audit.writing():
        adds = []
        for entry in entries:
            before = None
            if entry.kind in words.FACTS and entry.kind not in SPANS and entry.starts_on:
                before = facts.select_at(entry.kind, entry.starts_on, [row.id]).get(row.id)
            adds.append(_fact(session, entry, before))
        return write(session, finding.again(row.id), Work(adds), action, version)


def correct(
    session: Session, row: EmployeeRow, fact_id: int, entry: NewFact, *,
    version: int | None = None,
) -> EmployeeRow:  # fmt: skip
    """Put another fact in the place of one; what has held needs a reason.

    Args:
        session: Who acts.
        row: The person.
        fact_id: Which of the facts of the entry's kind.
        entry: Fields that are not given stay; so does the first day where it is None.
        version: Of the person as it was shown.

    Raises:
        ReasonMissingError: The fact has held, and no reason is given.
        GoneFactError, InvalidChangeError, OverlapError, SameDayError, ManagerCircleError: as of
            `enter`.
    """
    privacy.require_edit(session, _groups([entry]))
    old = fact(row, entry.kind, fact_id)
    with audit.writing():
        _require_reason(session, old, entry.reason)
        starts_on = entry.starts_on or old.head.starts_on
        wanted = _fact(session, entry._replace(starts_on=starts_on), old)
        return write(session, finding.again(row.id), Work([wanted], [old]), "staff.correct",
                     version)  # fmt: skip


def withdraw(
    session: Session, row: EmployeeRow, kind: str, fact_id: int, reason: str = "", *,
    version: int | None = None,
) -> EmployeeRow:  # fmt: skip
    """Take a fact back; errors as of `correct`."""
    privacy.require_edit(session, _groups([NewFact(kind, {})]))
    old = fact(row, kind, fact_id)
    with audit.writing():
        _require_reason(session, old, reason)
        why: dict[str, tuple[object, object]] = {}
        if reason and not group_of(old):
            why["reason"] = (None, reason)
        work = Work(drops=[old], told=why)
        return write(session, finding.again(row.id), work, "staff.withdraw", version)


def fact(row: EmployeeRow, kind: str, fact_id: int) -> FactRow:
    """Return a fact of a person; raises NotFoundError."""
    table = "part" if kind in words.PARTS else kind
    found: FactRow | None = facts.find(table, fact_id) if table in facts.SHAPES else None
    if (
        found is None
        or found.head.employee_id != row.id
        or (isinstance(found, PartRow) and found.kind != kind)
    ):
        raise NotFoundError(_("entry {kind} {id} of {number}").format(
            kind=kind[:40], id=fact_id, number=row.number))  # fmt: skip
    return found


def _require_reason(session: Session, old: FactRow, reason: str) -> None:
    starts = old.head.starts_on
    if isinstance(old, PartRow) or reason.strip() or starts > finding.today_of(session):
        return
    raise ReasonMissingError(_(words.FACT_TITLES[kind_of(old)]), starts)


def leave(
    session: Session, row: EmployeeRow, last: date, reason: str = "", *, why: str = ""
) -> EmployeeRow:
    """End the employment of somebody on a day, with the contract that holds then.

    An end that was entered before is moved, also to a later day.

    Args:
        session: Who acts.
        row: The person.
        last: The last day.
        reason: Why it ends, which only those see who may see notes.
        why: Why an end that was entered before is moved.

    Raises:
        NotEmployedError: The person is not employed on that day.
    """
    privacy.require_edit(session, (words.NOTES,) if reason else ())
    with audit.writing():
        now = finding.again(row.id)
        spell = _holding("employment", row.id, last)
        if spell is None:
            raise NotEmployedError(row.number, last)
        given = {"end_reason": reason} if reason else {}
        adds = [
            _fact(session, NewFact("employment", given, spell.head.starts_on, last, why), spell)
        ]
        drops: list[FactRow] = [spell]
        contract = _holding("contract", row.id, last, spell.head.ends_on)
        if contract is not None and contract.head.ends_on != last:
            adds.append(_fact(session, NewFact("contract", {}, contract.head.starts_on, last, why),
                              contract))  # fmt: skip
            drops.append(contract)
        return write(session, now, Work(adds, drops), "staff.leave")


def _holding(kind: str, employee_id: int, day: date, ended: date | None = None) -> FactRow | None:
    """Return the span of somebody that holds on a day, else the last one, which ended before.

    Args:
        kind: One of `SPANS`.
        employee_id: Whose.
        day: Which day.
        ended: When the last one has to have ended; None where any day will do.
    """
    found: FactRow | None = facts.select_at(kind, day, [employee_id]).get(employee_id)
    if found is not None:
        return found
    spans = facts.select_of(kind, employee_id)
    ends = spans[-1].head.ends_on if spans else None
    return spans[-1] if ends is not None and ends < day and ended in (None, ends) else None


def renew(
    session: Session, row: EmployeeRow, given: Given, ends_on: date | None = None, *,
    starts_on: date | None = None,
) -> EmployeeRow:  # fmt: skip
    """Add the contract that follows the last one, from the day after its end.

    Raises:
        InvalidChangeError: There is no contract with an end to renew.
    """
    privacy.require_edit(session, ())
    with audit.writing():
        last = facts.select_of("contract", row.id)[-1:]
        if not last or last[0].head.ends_on is None:
            raise InvalidChangeError("contract", _("there is none with an end to renew"))
        start = starts_on or last[0].head.ends_on + timedelta(days=1)
        values = {"kind": last[0].kind, "warn_days": last[0].warn_days, **given,
                  "renews": last[0].head.id}  # fmt: skip
        adds = [_fact(session, NewFact("contract", values, start, ends_on))]
        return write(session, finding.again(row.id), Work(adds), "staff.renew")


def groups_of(kinds: Iterable[str]) -> set[str]:
    """Return the private groups of kinds."""
    return {group for kind in kinds if (group := words.group_of(kind))}


def given_of(mapping: Mapping[str, object]) -> dict[str, object]:
    """Return only what was given."""
    return {name: value for name, value in mapping.items() if value is not None}
