"""Contracts: what was agreed for which time, and how it goes on or ends.

A renewal adds a term and keeps those before; what the last term says stands at the contract too.
The last day for a notice is the end less the notice period.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from boconsole import audit
from boconsole.audit import HistoryEntry
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.language import _
from boconsole.moments import add_months
from boconsole.registry import agreed, reading, words
from boconsole.registry.agreed import TERM, Given, told_of
from boconsole.registry.errors import NoticeError
from boconsole.session import Session
from boconsole.text import clean_line, required_line
from boconsole.tickets.rows import Versioned
from db.registry import contracts as stored
from db.registry.rows import ContractRow as ContractRow  # screens know it from here
from db.registry.rows import ObligationRow as ObligationRow
from db.registry.rows import TermRow as TermRow

TERMS = (
    "start_on", "end_on", "notice_months", "notice_days", "renewal", "renewal_months", "amount",
    "commodity_id", "every",
)  # fmt: skip
"""Columns that a term has as well."""
MOST_TERMS = 100


class Contract(NamedTuple):
    """A contract; what operations on contracts answer."""

    row: ContractRow

    @property
    def id(self) -> int:
        """Its id."""
        return self.row.id

    @property
    def number(self) -> str:
        """`CTR-0001`."""
        return words.contract_number(self.row.id)


class Card(NamedTuple):
    """A contract with all that is shown of it."""

    row: ContractRow
    terms: tuple[TermRow, ...]
    obligations: tuple[ObligationRow, ...]


def create(session: Session, given: Given) -> Contract:
    """Begin a contract with its first term; it is in force unless its state says `draft`.

    Raises:
        InvalidChangeError, NotFoundError: A value cannot be taken.
    """
    session.require("contract.edit")
    with audit.writing():
        owner = session.user.login if session.user.id else ""
        wanted: dict[str, object] = {
            "title": "", "kind": "service", "owner": owner, "note": "", "reference": "",
            "start_on": reading.today(session), "notice": "", "renewal": "none",
            "renewal_term": "", "every": "", "state": words.ACTIVE, **given,
        }  # fmt: skip
        wanted["start_on"] = wanted["start_on"] or reading.today(session)
        columns = agreed.columns_of(wanted, None)
        now = session.now()
        contract_id = stored.insert({**columns, "created_at": now, "updated_at": now})
        _add_term(session, contract_id, 1, {"commodity_id": None, "amount": None, "end_on": None,
                                            **columns}, "")  # fmt: skip
        row = again(contract_id)
        told = {name: (None, value) for name, value in told_of(row).items() if value}
        record(session, "new", row, told)
        return Contract(row)


def edit(session: Session, seen: Versioned, given: Given) -> Contract:
    """Change a contract, and its last term; version 0 takes whatever is there.

    Raises:
        StaleRecordError: Somebody else changed it in the meantime.
        InvalidChangeError, NotFoundError: A value cannot be taken.
    """
    session.require("contract.edit")
    with audit.writing():
        old = again(seen.id)
        columns = agreed.columns_of(given, old)
        if seen.version and old.version != seen.version:
            before = told_of(old)
            theirs = {name: before[name] for name in given}
            raise StaleRecordError(words.contract_number(old.id), old.id, old.version, theirs,
                                   dict(given))  # fmt: skip
        changed = {name: value for name, value in columns.items() if value != getattr(old, name)}
        return Contract(write(session, "edit", old, changed)) if changed else Contract(old)


def renew(session: Session, seen: Versioned, given: Given | None = None) -> Contract:
    """Let a contract go on for another term, which begins the day after the last one.

    Args:
        session: Who renews.
        seen: The contract.
        given: What the new term says otherwise: `months` (how long), `value`, `every`, `notice`,
            `renewal`, `renewal_term`, `note`.

    Raises:
        InvalidChangeError: It has no end, is a draft or over, or a value cannot be taken.
        StaleRecordError: Somebody else changed it in the meantime.
    """
    session.require("contract.edit")
    given = dict(given or {})
    with audit.writing():
        old = again(seen.id)
        _require_version(old, seen)
        if old.state != words.ACTIVE or old.end_on is None:
            raise InvalidChangeError("state", _("only a contract in force that ends is renewed"))
        months = words.parse_months(str(given.pop("months", "") or ""), "term")
        note = clean_line(str(given.pop("note", "") or ""), field="note")
        start = old.end_on + timedelta(days=1)
        wanted = {name: value for name, value in given.items() if value not in (None, "")}
        if unknown := sorted(wanted.keys() - set(TERM)):
            raise InvalidChangeError(unknown[0], _("is not a field of a term"))
        end = add_months(start, months or _length(old)) - timedelta(days=1)
        columns = agreed.columns_of({**wanted, "start_on": start, "end_on": end}, old)
        columns["term"] = old.term + 1
        kept = {name: getattr(old, name) for name in TERMS}
        _add_term(session, old.id, old.term + 1, {**kept, **columns}, note)
        return Contract(write(session, "renew", old, columns, terms=False))


def terminate(
    session: Session, seen: Versioned, on: object = None, reason: str = "", *,
    by_agreement: bool = False,
) -> Contract:  # fmt: skip
    """Give notice: the contract ends on a day, by default the earliest that its terms allow.

    Args:
        session: Who gives notice.
        seen: The contract.
        on: Its last day.
        reason: Why.
        by_agreement: The other side agreed, or there is a cause: any day from today on will do.

    Raises:
        NoticeError: The notice period does not allow that day.
        InvalidChangeError: It is not in force, or the day lies behind.
        StaleRecordError: Somebody else changed it in the meantime.
    """
    session.require("contract.edit")
    reason = required_line(reason, field="reason")
    last = agreed.day(on, "end_on")
    with audit.writing():
        old = again(seen.id)
        _require_version(old, seen)
        if old.state != words.ACTIVE:
            raise InvalidChangeError("state", _("only a contract in force is terminated"))
        today = reading.today(session)
        earliest = earliest_end(old, today)
        last = last or (today if by_agreement else earliest)
        if last < today:
            raise InvalidChangeError("end_on", _("lies in the past; take a later day"))
        if last < earliest and not by_agreement:
            raise NoticeError(old.id, earliest)
        columns = {"state": words.TERMINATED, "end_on": last, "terminated_on": today,
                   "notice_on": None, "reason": reason}  # fmt: skip
        return Contract(write(session, "terminate", old, columns, terms=False))


def earliest_end(row: ContractRow, today: date) -> date:
    """Return the earliest last day of a contract of which notice is given on a day."""
    if row.end_on is None:
        return add_months(today, row.notice_months) + timedelta(days=row.notice_days)
    end, notice = row.end_on, row.notice_on
    for _term in range(MOST_TERMS):
        if row.renewal != "automatic" or notice is None or today <= notice:
            break
        start = end + timedelta(days=1)
        end = add_months(start, _length(row)) - timedelta(days=1)
        notice = agreed.last_notice(end, row.notice_months, row.notice_days)
    return end


def next_start(row: ContractRow) -> date | None:
    """Return the first day of the next term, None for a contract without an end."""
    return None if row.end_on is None else row.end_on + timedelta(days=1)


def roll(session: Session) -> int:
    """Renew by themselves contracts that do, and end those that are over; returns how many."""
    today, done = reading.today(session), 0
    with audit.writing():
        for row in stored.select_over(today):
            if row.state == words.ACTIVE and row.renewal == "automatic":
                while row.end_on is not None and row.end_on < today:
                    row = renew(session, row).row
            elif row.state == words.TERMINATED or row.renewal == "none":
                write(session, "end", row, {"state": words.ENDED, "notice_on": None}, terms=False)
            else:
                continue
            done += 1
    return done


# Reading


def get(session: Session, name: str | int) -> Contract:
    """Return a contract by number or id; raises NotFoundError."""
    session.require("contract.read")
    return Contract(again(name if isinstance(name, int) else words.parse_contract(name)))


def card(session: Session, contract_id: int) -> Card:
    """Return a contract with its terms and obligations; raises NotFoundError."""
    row = get(session, contract_id).row
    return Card(row, tuple(stored.select_terms(row.id)), tuple(stored.select_obligations(row.id)))


def naming(session: Session, column: str, record_id: int) -> list[ContractRow]:
    """Return the contracts of an `organisation` or a `contact`."""
    return stored.select_naming(column, record_id) if session.may("contract.read") else []


def readable(session: Session, ids: Collection[int]) -> list[ContractRow]:
    """Return those of some contracts that may be read."""
    return stored.select(ids) if ids and session.may("contract.read") else []


def history(session: Session, contract_id: int) -> list[HistoryEntry]:
    """Return what happened to a contract."""
    session.require("contract.read")
    return audit.history(session, words.CONTRACT, contract_id)


def again(contract_id: int) -> ContractRow:
    """Return a contract that is there; raises NotFoundError."""
    row = stored.find(contract_id)
    if row is None:
        raise NotFoundError(
            _("contract {number}").format(number=words.contract_number(contract_id))
        )
    return row


# Writing


def write(
    session: Session, verb: str, old: ContractRow, columns: Mapping[str, object], *,
    terms: bool = True, undoes: int = 0,
) -> ContractRow:  # fmt: skip
    """Write columns of a contract with its line of the trail, inside `audit.writing()`.

    Args:
        session: Who writes.
        verb: Of the line of the trail.
        old: The contract as it was read.
        columns: What changes.
        terms: Whether its last term says the same from now on.
        undoes: The operation that this one takes back.

    Raises:
        StaleRecordError: Somebody else changed it in the meantime.
    """
    if not stored.update(old.id, old.version, {**columns, "updated_at": session.now()}):
        raise StaleRecordError(words.contract_number(old.id), old.id)
    if terms and (of_term := {name: columns[name] for name in TERMS if name in columns}):
        stored.update_term(old.id, old.term, of_term)
    row = again(old.id)
    before, after = told_of(old), told_of(row)
    record(session, verb, row, {name: (before[name], after[name]) for name in before
                                if before[name] != after[name]}, undoes)  # fmt: skip
    return row


def record(
    session: Session, verb: str, row: ContractRow, told: Mapping[str, tuple[object, object]],
    undoes: int = 0,
) -> int:  # fmt: skip
    """Write a line of the trail about a contract."""
    line = audit.Line(row.id, told, row.version)
    return audit.record(session, f"contract.{verb}", words.CONTRACT, [line], undoes=undoes)


def _add_term(
    session: Session, contract_id: int, number: int, columns: Mapping[str, object], note: str
) -> None:
    stored.insert_term({
        **{name: columns[name] for name in TERMS}, "contract_id": contract_id, "number": number,
        "note": note, "made_by_id": session.user.id or None, "at": session.now(),
    })  # fmt: skip


def _require_version(row: ContractRow, seen: Versioned) -> None:
    if seen.version and row.version != seen.version:
        raise StaleRecordError(words.contract_number(row.id), row.id, row.version)


def _length(row: ContractRow) -> int:
    """Return the months of the next term: as agreed, else as long as the last one."""
    if row.renewal_months or row.end_on is None:
        return row.renewal_months or 12
    after = row.end_on + timedelta(days=1)
    months = (after.year - row.start_on.year) * 12 + after.month - row.start_on.month
    return max(months, 1)
