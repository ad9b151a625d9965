"""How the books are kept, by command: accounts, commodities, choices, and the controls."""

from datetime import date
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.commands.ledger import account_record
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _, ngettext
from boconsole.ledger.words import parse_day

if TYPE_CHECKING:
    from boconsole.ledger.limits import Limit

CHOICES = (
    "approval-threshold", "cash-rounding", "fiscal-start", "reporting-currency", "write-off-limit",
    "company-name", "company-address", "company-tax-number", "company-bank",
)  # fmt: skip


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
    from boconsole.fixed_assets import checking as fixed_assets
    from boconsole.invoices import checking as documents
    from boconsole.ledger import controls

    words, session = call.words, call.session()
    starts = parse_day(words.starts, field="from") if words.starts else date(1, 1, 1)
    today = session.now().astimezone(session.zone).date()
    ends = parse_day(words.ends, field="to") if words.ends else today
    found = controls.run(session, starts, ends, (documents.faults, fixed_assets.faults))
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
    from boconsole.ledger import limits, periods

    name, value = call.words.choice, call.words.value
    session = call.session()
    if name == "approval-threshold":
        limits.put(session, "" if value in ("-", "none") else value)
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


def set_limit(call: Call) -> Answer:
    """Choose the sum of a commodity above which an entry needs an approval."""
    from boconsole.ledger import limits

    words = call.words
    value = "" if words.sum in ("-", "none") else words.sum
    made = limits.put(call.session(), value, words.commodity)
    if made.most is None:
        told = _("{commodity} has no threshold of its own.").format(commodity=made.commodity)
    else:
        told = _("Above {threshold} an approval is needed.").format(threshold=made.text)
    return Answer(_limit_record(made), told)


def list_limits(call: Call) -> Answer:
    """List the sums above which an entry needs an approval."""
    from boconsole.invoices import worth
    from boconsole.ledger import limits

    found = limits.listed(call.session())
    others = worth.chosen_reporting() or _("any, in whole units")
    rows = [(each.commodity or others, "-" if each.most is None else str(each.most))
            for each in found]  # fmt: skip
    headings = (_("Commodity"), _("Approval above"))
    return Answer(
        [_limit_record(each) for each in found],
        lambda: output.table(headings, rows, right=frozenset((1,))),
    )


def _limit_record(limit: "Limit") -> dict[str, object]:
    most = None if limit.most is None else str(limit.most)
    return {"commodity": limit.commodity or None, "above": most}
