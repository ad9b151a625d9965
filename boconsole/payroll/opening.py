"""Sums of another program: what somebody was paid this year before pay came here.

They are a run of their own kind, which books nothing and pays nobody; later months of the year
count it. A wrong one is mended by another with the difference.
"""

import csv
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

from boconsole import audit
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.payroll import reading, words
from boconsole.payroll.computing import seal_of
from boconsole.payroll.known_rules import Rules
from boconsole.payroll.rules.figures import half_up
from boconsole.payroll.working_out import LARGEST
from boconsole.session import Session
from boconsole.staff import finding, privacy
from boconsole.staff import words as staff_words
from db.payroll import runs as stored
from db.payroll.rows import RunRow, SlipRow

EMPLOYEE = "employee"
SUMS = ("gross", "tax", "pension", "zakat", "borne")
MOST = 100_000


def take(session: Session, month: int, path: Path, rules: str = "id") -> RunRow:
    """Keep the sums of a CSV file: employee, gross, tax, pension, zakat, borne.

    Args:
        session: Needs `payroll.prepare` and to see the pay of everyone.
        month: The last month that the sums hold, such as 202605.
        path: The file; a column may be missing, but not the employee.
        rules: By which pay goes on: their currency and digits count.

    Raises:
        InvalidChangeError: A line cannot be read; it is named.
        NotFoundError: There is no such person.
    """
    session.require("payroll.prepare")
    privacy.require_all(session, staff_words.PAY)
    found = Rules().on(rules, words.days_of(month)[0])
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = _rows(session, csv.DictReader(file), found.digits, found.name)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidChangeError("file", _("it cannot be read as CSV")) from error
    if not rows:
        raise InvalidChangeError("file", _("it has no line"))
    head: dict[str, object] = {
        "month": month, "kind": words.OPENING, "state": words.PAID, "pay_group": "",
        "reason": path.name[:80], "pay_on": words.days_of(month)[1], "currency": found.currency,
        "digits": found.digits, "people": len(rows), "earned": 0, "net": 0, "cost": 0,
        "tax": sum(row.tax for row in rows), "seal": seal_of(rows),
        "prepared_by": session.user.id, "prepared_at": session.now(),
    }  # fmt: skip
    with audit.writing():
        run_id = stored.insert(head)
        stored.insert_slips([row._replace(run_id=run_id) for row in rows])
        told: dict[str, tuple[object, object]] = {"people": (None, len(rows))}
        audit.record(session, "payroll.opening", words.AREA, [audit.Line(run_id, told, 1)])
        return reading.again(run_id)


def _rows(
    session: Session, lines: Iterable[Mapping[str, str | None]], digits: int, rules: str
) -> list[SlipRow]:
    found: dict[int, SlipRow] = {}
    for place, line in enumerate(lines, 2):
        if place > MOST:
            raise InvalidChangeError("file", _("it has too many lines"))
        where = _("line {n}").format(n=place)
        who = (line.get(EMPLOYEE) or "").strip()
        if not who:
            raise InvalidChangeError(where, _("no employee is named"))
        person = finding.find(session, who)
        if person.id in found:
            raise InvalidChangeError(where, _("{name} stands there twice").format(name=who[:40]))
        sums = {name: _amount(line.get(name) or "0", where, digits) for name in SUMS}
        found[person.id] = SlipRow(
            0, 0, person.id, person.name, "", "", "", rules, "", "", "", 0, sums["gross"], 0,
            sums["tax"], sums["borne"], sums["pension"], sums["zakat"], 0, 0, "{}", "[]",
        )  # fmt: skip
    return list(found.values())


def _amount(text: str, where: str, digits: int) -> int:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= LARGEST:
        raise InvalidChangeError(where, _("{text!r} is no amount").format(text=text[:40]))
    exact = Fraction(number) * 10**digits
    return half_up(exact.numerator, exact.denominator)
