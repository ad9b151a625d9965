"""How the books are kept, by command: periods, locks, accounts, commodities, choices."""

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.commands.ledger import account_record
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _, ngettext
from boconsole.ledger.words import parse_day

if TYPE_CHECKING:
    from db.ledger.rows import PeriodRow

CHOICES = (
    "approval-threshold", "cash-rounding", "fiscal-start", "reporting-currency", "write-off-limit",
    "company-name", "company-address", "company-tax-number", "company-bank",
)  # fmt: skip
MONTH = re.compile(r"\d{4}-\d\d")


# Periods


def list_periods(call: Call) -> Answer:
    """List fiscal years and their months."""
    from boconsole.ledger import periods

    session = call.session()
    years = {year.id: year for year in periods.years(session)}
    found = periods.periods(session)
    value = [
        {"year": years[row.year_id].name, "from": row.starts, "to": row.ends,
         "state": row.state, "year_state": row.year_state}
        for row in found
    ]  # fmt: skip
    headings = (_("Year"), _("From"), _("To"), _("Month"), _("Year is"))
    rows = [
        (years[row.year_id].name, str(row.starts), str(row.ends), _(row.state), _(row.year_state))
        for row in found
    ]
    return Answer(value, lambda: output.table(headings, rows) if rows else _("Nothing."))


def close_year(call: Call) -> Answer:
    """Close a fiscal year, or a month."""
    from boconsole.ledger import closing, periods

    session = call.session()
    name = call.words.year
    if MONTH.fullmatch(name):
        periods.close_period(session, _month(periods.periods(session), name))
        return Answer({"month": name, "state": "closed"}, _("{name} is closed.").format(name=name))
    done = closing.close(session, name)
    told = _("{name} is closed.").format(name=done.year)
    if done.number:
        told += " " + _("Its result is in {number}.").format(number=done.number)
    return Answer({"year": done.year, "state": "closed", "number": done.number}, told)


def checklist(call: Call) -> Answer:
    """Tell what is to do before a month is closed; the exit code is 1 when something is."""
    from boconsole.invoices import waiting
    from boconsole.ledger import checklist as rules
    from boconsole.ledger import periods

    session = call.session()
    month = _month(periods.periods(session), call.words.month)
    found = rules.points(session, month, (waiting.documents,))
    value = [{**point._asdict(), "holds": point.holds} for point in found]
    rows = [("x" if point.holds else " ", point.title, ", ".join(point.causes)) for point in found]
    headings = ("", _("Point"), _("To do"))
    done = all(point.holds for point in found)
    return Answer(value, lambda: output.table(headings, rows), code=0 if done else 1)


def reopen(call: Call) -> Answer:
    """Open a closed year or month again."""
    from boconsole.ledger import closing, periods

    session = call.session()
    name, reason = call.words.year, call.words.reason
    if MONTH.fullmatch(name):
        periods.reopen_period(session, _month(periods.periods(session), name), reason)
    else:
        closing.reopen(session, name, reason)
    return Answer({"name": name, "state": "open"}, _("{name} is open again.").format(name=name))


def lock_year(call: Call) -> Answer:
    """Lock a closed year for good."""
    from boconsole.ledger import periods

    session = call.session()
    periods.lock_year(session, periods.find_year(call.words.year))
    name = call.words.year
    return Answer({"year": name, "state": "locked"}, _("{name} is locked.").format(name=name))


def lock_date(call: Call) -> Answer:
    """Book nothing more up to a day."""
    from boconsole.ledger import periods

    through = parse_day(call.words.through, field="through")
    periods.set_lock(call.session(), call.words.part, through)
    value = {"part": call.words.part, "through": through}
    return Answer(value, _("{part} is locked through {through}.").format(**value))


def _month(found: "Sequence[PeriodRow]", name: str) -> "PeriodRow":
    for row in found:
        if row.starts.isoformat()[:7] == name:
            return row
    raise NotFoundError(_("month {name}").format(name=name))


# Setting up


def set_account(call: Call) -> Answer:
    """Add an account, or change what is given of one."""
    from boconsole.ledger import accounts
    from boconsole.ledger.accounts import NewAccount

    words = call.words
    given = {
        "code": words.code, "kind": words.kind, "role": words.role, "cash_flow": words.cash_flow,
        "opened_on": _given_day(words.opened), "closed_on": _given_day(words.closed),
    }  # fmt: skip
    changes = {name: value for name, value in given.items() if value is not None}
    session = call.session()
    there = accounts.by_path().get(words.path.strip())
    if there is None:
        made = accounts.add(session, [NewAccount(words.path)._replace(**changes)])[0]
    else:
        old = NewAccount(
            there.path, there.code, there.kind, there.role, there.cash_flow, there.opened_on,
            there.closed_on,
        )  # fmt: skip
        made = accounts.change(session, there, old._replace(**changes))
    return Answer(account_record(made), _("{path} is kept.").format(path=made.path))


def load_chart(call: Call) -> Answer:
    """Add the accounts of a ready-made chart."""
    from boconsole.ledger import templates

    made = templates.load(call.session(), call.words.name)
    told = ngettext("{count} account is there.", "{count} accounts are there.", len(made))
    return Answer([account_record(row) for row in made], told.format(count=len(made)))


def control(call: Call) -> Answer:
    """Run the internal controls; the exit code is 1 when a rule is broken."""
    from boconsole.invoices import checking as documents
    from boconsole.ledger import controls

    words, session = call.words, call.session()
    starts = parse_day(words.starts, field="from") if words.starts else date(1, 1, 1)
    today = session.now().astimezone(session.zone).date()
    ends = parse_day(words.ends, field="to") if words.ends else today
    found = controls.run(session, starts, ends, (documents.faults,))
    value = [finding._asdict() for finding in found]
    rows = [
        (finding.test, _("fault") if finding.severity == controls.FAULT else _("hint"),
         finding.reason)
        for finding in found
    ]  # fmt: skip
    headings = (_("Test"), _("Weight"), _("Finding"))
    return Answer(
        value,
        lambda: output.table(headings, rows) if rows else _("Nothing was found."),
        code=1 if controls.failed(found) else 0,
    )


def _given_day(text: str | None) -> date | None:
    return parse_day(text) if text else None


def set_commodity(call: Call) -> Answer:
    """Add a commodity, or give an unused one other digits."""
    from boconsole.ledger import commodities

    words = call.words
    if not words.precision.isdecimal():
        raise InvalidChangeError("precision", _("{text!r} is no number").format(
            text=words.precision[:20]))  # fmt: skip
    made = commodities.add(call.session(), words.code, int(words.precision))
    value = {"commodity": made.code, "precision": made.precision}
    return Answer(value, _("{code} has {precision} digits.").format(
        code=made.code, precision=made.precision))  # fmt: skip


def set_choice(call: Call) -> Answer:
    """Choose how the books are kept."""
    from boconsole.invoices import cash_rounding, company, paying, worth
    from boconsole.ledger import approving, periods

    name, value = call.words.choice, call.words.value
    session = call.session()
    if name == "approval-threshold":
        approving.set_threshold(session, "" if value in ("-", "none") else value)
    elif name == "fiscal-start":
        periods.set_fiscal_start(session, value)
    elif name == "reporting-currency":
        worth.set_reporting(session, "" if value in ("-", "none") else value)
    elif name == "cash-rounding":
        cash_rounding.set_coins(session, "" if value in ("-", "none") else value)
    elif name == "write-off-limit":
        paying.set_write_off_limit(session, "" if value in ("-", "none") else value)
    elif name in company.CHOICES:
        company.put(session, name, "" if value in ("-", "none") else value)
    else:
        raise InvalidChangeError(
            "choice", _("expected one of {words}").format(words=", ".join(CHOICES))
        )
    return Answer({name: value}, _("{name} is {value}.").format(name=name, value=value))
