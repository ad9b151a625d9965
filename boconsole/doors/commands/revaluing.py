"""Rates and revaluations by command."""

from datetime import date
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.language import _
from boconsole.ledger.words import parse_day
from boconsole.money import plain

if TYPE_CHECKING:
    from boconsole.ledger.entries import JournalEntry
    from boconsole.ledger.rating import Rate
    from boconsole.revaluing.accounts import Revalued
    from boconsole.revaluing.planning import Line, Plan
    from boconsole.session import Session


def rate(call: Call) -> Answer:
    """Keep a rate."""
    from boconsole.ledger import rating

    session, words = call.session(), call.words
    text, _blank, quote = words.worth.strip().partition(" ")
    made = rating.put(session, words.code, quote.strip(), text, _day(session, words.date, "date"))
    return Answer(_rate_record(made), _("1 {code} is {worth} {quote} from {day} on.").format(
        code=made.commodity, worth=format(made.worth, "f"), quote=made.quote, day=made.dated
    ))  # fmt: skip


def rates(call: Call) -> Answer:
    """List the last rate of each pair."""
    from boconsole.ledger import rating

    session = call.session()
    found = rating.known(session, _day(session, call.words.at, "at"))
    rows = [(each.commodity, format(each.worth, "f"), each.quote, str(each.dated))
            for each in found]  # fmt: skip
    headings = (_("Commodity"), _("Worth"), _("In"), _("Day"))
    return Answer(
        [_rate_record(each) for each in found],
        lambda: output.table(headings, rows, right=frozenset((1,))) if rows else _("Nothing."),
    )


def _day(session: "Session", text: str, field: str) -> date:
    if text:
        return parse_day(text, field=field)
    return session.now().astimezone(session.zone).date()


def _rate_record(each: "Rate") -> dict[str, object]:
    return {"commodity": each.commodity, "worth": format(each.worth, "f"), "in": each.quote,
            "date": each.dated}  # fmt: skip


def revalue(call: Call) -> Answer:
    """Show what a revaluation changes, or post it."""
    from boconsole.revaluing import booking
    from boconsole.revaluing.planning import plan

    session, day = call.session(), parse_day(call.words.at, field="at")
    found = plan(session, day)
    made = booking.revalue(session, day, found) if call.words.post else []
    value = _plan_record(found, made)
    return Answer(value, lambda: "\n".join(_told(found, made, post=call.words.post)))


def _plan_record(found: "Plan", made: "list[JournalEntry]") -> dict[str, object]:
    from boconsole.ledger.checking import number_of_entry
    from boconsole.revaluing.planning import gains

    return {
        "date": found.day,
        "lines": [_line_record(line) for line in found.lines],
        "sums": [
            {"commodity": worth.code, "gains": plain(gained, worth.precision),
             "losses": plain(lost, worth.precision)}
            for worth, (gained, lost) in gains(found.changed).items()
        ],
        "waiting": [number_of_entry(each) for each in found.waiting],
        "revalued_before": [number_of_entry(each) for each in found.done],
        "entries": [{"number": each.number, "state": each.head.state} for each in made],
    }  # fmt: skip


def _line_record(line: "Line") -> dict[str, object]:
    digits = line.worth.precision
    return {
        "account": line.account.path, "item": line.name,
        "partner": line.item.partner if line.item else "",
        "amount": plain(line.amount, line.commodity.precision), "commodity": line.commodity.code,
        "rate_date": line.rate.dated if line.rate else None,
        "before": plain(line.before, digits), "after": plain(line.after, digits),
        "difference": plain(line.difference, digits), "value_commodity": line.worth.code,
    }  # fmt: skip


def _told(found: "Plan", made: "list[JournalEntry]", *, post: bool) -> list[str]:
    from boconsole.ledger.checking import number_of_entry
    from boconsole.revaluing import booking
    from boconsole.revaluing.planning import gains

    told = []
    if found.lines:
        headings = (_("Account"), _("Item"), _("Amount"), "", _("Rate of"), _("Before"),
                    _("After"), _("Difference"), "")  # fmt: skip
        rows = [_cells(line) for line in found.lines]
        told += [output.table(headings, rows, right=frozenset((2, 5, 6, 7))), ""]
    for worth, (gained, lost) in gains(found.changed).items():
        told.append(
            _("Gains {gained} {code}, losses {lost} {code}.").format(
                gained=plain(gained, worth.precision), lost=plain(lost, worth.precision),
                code=worth.code,
            )
        )  # fmt: skip
    told += booking.told(made)
    for entry_id in found.waiting:
        told.append(_("{number} revalues {day} already and waits; post or delete it first.").format(
            number=number_of_entry(entry_id), day=found.day))  # fmt: skip
    if not found.changed:
        told.append(_("Nothing is to be revalued on {day}.").format(day=found.day))
    elif not post:
        told.append(_("Post it with: {command}").format(
            command=f"boconsole ledger revalue --at {found.day} --post"))  # fmt: skip
    return told


def _cells(line: "Line") -> tuple[str, ...]:
    digits = line.worth.precision
    return (
        line.account.path, line.name, plain(line.amount, line.commodity.precision),
        line.commodity.code, str(line.rate.dated or "") if line.rate else "",
        plain(line.before, digits), plain(line.after, digits), plain(line.difference, digits),
        line.worth.code,
    )  # fmt: skip


def revalued(call: Call) -> Answer:
    """List the accounts that are revalued, or mark one."""
    from boconsole.revaluing import accounts

    session, words = call.session(), call.words
    if words.account and words.off:
        account = accounts.unmark(session, words.account)
        return Answer({"account": account.path, "revalued": False},
                      _("{path} is revalued no more.").format(path=account.path))  # fmt: skip
    if words.account:
        made = accounts.mark(session, words.account, words.adjustment)
        return Answer(
            _revalued_record(made), _("{path} is revalued.").format(path=made.account.path)
        )
    found = accounts.listed(session)
    rows = [(each.account.path, each.adjustment.path if each.adjustment else "-")
            for each in found]  # fmt: skip
    headings = (_("Account"), _("Takes what rates add"))
    return Answer([_revalued_record(each) for each in found],
                  lambda: output.table(headings, rows) if rows else _("Nothing."))  # fmt: skip


def _revalued_record(each: "Revalued") -> dict[str, object]:
    return {"account": each.account.path, "revalued": True,
            "adjustment": each.adjustment.path if each.adjustment else None}  # fmt: skip
