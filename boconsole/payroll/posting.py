"""Pay in the books: one balanced entry for a run, its expenses by department.

What is earned and what the employer pays on top is expense; what is paid out, kept or withheld is
owed. Benefits in kind are income for the tax alone and booked where they were bought. Tax that the
state bears is owed less.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from boconsole import audit
from boconsole.errors import StaleRecordError
from boconsole.journals.parts import Entry, Line
from boconsole.language import _
from boconsole.ledger import accounts, commodities, periods, vouching
from boconsole.ledger.entries import JournalEntry
from boconsole.money import from_minor
from boconsole.payroll import computing, reading, words
from boconsole.payroll.errors import MissingAccountsError, RunStateError
from boconsole.payroll.rules.lines import Line as PayLine
from boconsole.session import Session
from db.payroll import runs as stored
from db.payroll import setup
from db.payroll.rows import RunRow, SlipRow

RIGHT = "payroll.post"
DEPARTMENT, COST_CENTRE = "department", "cost-centre"
"""Tags of the lines of expenses."""
SMALLEST = 3
"""People from which on a department is told of in the books; a group may say otherwise."""
EXPENSES = {"earning": "wages", "employer": "employer"}
OWED = {"deduction": "deductions", "tax": "tax"}
Tags = tuple[tuple[str, str], ...]


def post(session: Session, row: RunRow, day: date | None = None) -> RunRow:
    """Book an approved run.

    Args:
        session: Needs `payroll.post` and `ledger.post`.
        row: The run as it was seen.
        day: Of the entry; by default the last day of its month, of a correction the day it is
            paid.

    Raises:
        RunStateError: It is not approved.
        MissingAccountsError: It is not known where some lines are booked.
        PeriodClosedError: Nothing can be booked on that day.
    """
    session.require(RIGHT)
    _require(row, words.APPROVED)
    last = words.days_of(row.month)[1]
    dated = day or (last if row.kind == words.REGULAR else row.pay_on)
    with audit.writing():
        periods.require_open(session, dated, words.AREA)
        commodities.ensure(commodities.by_code(), {row.currency: None})
        about = _("Pay of {month}").format(month=row.title)
        entry = Entry(dated, None, "", row.number, "", about, lines_of(row))
        made = _book(session, row, entry)
        return _told(session, row, {"state": words.POSTED, "entry_id": made.head.id}, made)


def _require(row: RunRow, *states: str) -> None:
    if row.state not in states:
        raise RunStateError(row.number, row.state, states[0])


def _book(session: Session, row: RunRow, entry: Entry) -> JournalEntry:
    approved_at = int(row.approved_at.timestamp()) if row.approved_at else None
    signed = (row.prepared_by, row.approved_by, approved_at)
    return vouching.enter(session, entry, words.SERIES, signed)


def _told(
    session: Session, row: RunRow, values: Mapping[str, object], made: JournalEntry
) -> RunRow:
    if not stored.update(row.id, row.version, values):
        raise StaleRecordError(row.number, row.id)
    told: dict[str, tuple[object, object]] = {
        "state": (row.state, values["state"]), "entry": (None, made.number),
    }  # fmt: skip
    action = "payroll.pay" if values["state"] == words.PAID else "payroll.post"
    audit.record(session, action, words.AREA, [audit.Line(row.id, told, row.version + 1)])
    return reading.again(row.id)


def lines_of(row: RunRow) -> list[Line]:
    """Return the lines of the entry of a run: expenses by department, what is owed in sum."""
    slips = stored.select_slips(row.id)
    sums = _sums(slips, tags_of(slips, _smallest(row.pay_group)))
    paths = _paths(key for key, _tags in sums)
    found: dict[tuple[str, Tags], int] = {}
    for (keys, tags), amount in sums.items():
        place = (paths[keys], tags)
        found[place] = found.get(place, 0) + amount
    return [
        _line(path, amount, row, tags)
        for (path, tags), amount in sorted(found.items(), key=lambda each: (-each[1], each[0]))
        if amount
    ]


def _line(path: str, amount: int, row: RunRow, tags: Tags = ()) -> Line:
    number = from_minor(amount, row.digits)
    return Line(path, number, row.currency, number, row.currency, tags=tags)


def _smallest(group: str) -> int:
    found = next((each for each in setup.select_groups() if each.name == group), None)
    return int(json.loads(found.details).get("smallest", SMALLEST)) if found else SMALLEST


def tags_of(slips: Sequence[SlipRow], smallest: int) -> list[Tags]:
    """Return the tags of the expenses of each slip: its department and cost centre.

    The books are read by many. Where fewer people than `smallest` share the tags, their sum would
    tell what each earns, so they go without; others join them until they are as many.
    """
    found: list[Tags] = [
        tuple((name, value) for name, value in
              ((DEPARTMENT, row.department), (COST_CENTRE, row.cost_centre)) if value)
        for row in slips
    ]  # fmt: skip
    people = Counter(found)
    untold = people.pop((), 0)
    for tags, count in sorted(people.items(), key=lambda each: (each[1], each[0])):
        if count < smallest or 0 < untold < smallest:
            untold += count
            del people[tags]
    return [tags if tags in people else () for tags in found]


def _sums(
    slips: Sequence[SlipRow], tagged: Sequence[Tags]
) -> dict[tuple[tuple[str, ...], Tags], int]:
    """Return what is booked by keys of accounts (the special one first) and tags."""
    found: dict[tuple[tuple[str, ...], Tags], int] = {}

    def add(keys: tuple[str, ...], tags: Tags, amount: int) -> None:
        found[keys, tags] = found.get((keys, tags), 0) + amount

    for row, tags in zip(slips, tagged, strict=True):
        for line in computing.lines_of(row):
            for keys, some, amount in _moved(line):
                add(keys, tags if some else (), amount)
        add(("net",), (), -row.net)
    return found


def _moved(line: PayLine) -> Iterable[tuple[tuple[str, ...], bool, int]]:
    """Yield the keys of an account, whether a department goes with it, and the amount."""
    if line.code == "borne":
        yield ("tax",), False, line.amount
    elif line.kind in EXPENSES:
        yield (line.code, EXPENSES[line.kind]), True, line.amount
        if line.kind == "employer":
            owed = "tax" if line.code == "tax" else "contributions"
            yield (f"{line.code}.owed", owed), False, -line.amount
    elif line.kind in OWED:
        contribution = line.code.endswith(".employee")
        key = "contributions" if contribution else OWED[line.kind]
        yield (f"{line.code}.owed", key), False, -line.amount


def _paths(wanted: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    """Return the account of each group of keys; raises MissingAccountsError."""
    known = setup.select_accounts()
    found, missing = {}, set()
    for keys in wanted:
        path = next((known[key][1] for key in keys if key in known), None)
        if path is None:
            missing.add(keys[-1])
        else:
            found[keys] = path
    if missing:
        raise MissingAccountsError(sorted(missing))
    return found


def pay(session: Session, row: RunRow, day: date, account: str = "") -> RunRow:
    """Book the payment of a posted run.

    Args:
        session: Needs `payroll.post` and `ledger.post`.
        row: The run as it was seen.
        day: On which the bank pays.
        account: That pays; by default the one of the key `bank`.

    Raises:
        RunStateError: It is not posted, or paid already.
        MissingAccountsError: It is not known which account pays.
    """
    session.require(RIGHT)
    _require(row, words.POSTED)
    with audit.writing():
        periods.require_open(session, day, words.AREA)
        owed = _paths([("net",)])["net",]
        paying = accounts.find(account).path if account else _paths([("bank",)])["bank",]
        values: dict[str, object] = {"state": words.PAID, "paid_on": day}
        about = _("Pay of {month} paid").format(month=row.title)
        lines = [_line(owed, row.net, row), _line(paying, -row.net, row)]
        made = _book(session, row, Entry(day, None, "", row.number, "", about, lines))
        return _told(session, row, {**values, "payment_entry_id": made.head.id}, made)
