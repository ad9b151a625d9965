"""Taxes by command."""

from datetime import date
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.commands.invoices import today
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.ledger.words import parse_day

if TYPE_CHECKING:
    from boconsole.tax.rates import Tax


def tax_report(call: Call) -> Answer:
    """Tell the taxes of a time; the exit code is 1 when the ledger says something else."""
    from boconsole.invoices import tax_report as reporting
    from boconsole.money import plain

    starts = parse_day(call.words.starts, field="from")
    ends = parse_day(call.words.ends, field="to")
    found = reporting.report(call.session(), starts, ends)
    boxes = [
        {
            "side": box.side, "code": box.code, "rate": box.rate, "factor": box.factor,
            "commodity": box.commodity, "net": plain(box.net, box.precision),
            "tax": plain(box.tax, box.precision),
        }
        for box in found.boxes
    ]  # fmt: skip
    accounts = [
        {
            "account": each.account, "commodity": each.commodity,
            "taxes": plain(each.taxes, each.precision),
            "booked": plain(each.booked, each.precision),
            "moved": plain(each.moved, each.precision),
        }
        for each in found.accounts
    ]  # fmt: skip
    value = {"from": starts, "to": ends, "boxes": boxes, "accounts": accounts,
             "agrees": found.agrees}  # fmt: skip
    return Answer(value, lambda: _report_text(boxes, accounts, found.agrees), code=not found.agrees)


def _report_text(boxes: list[dict[str, str]], accounts: list[dict[str, str]], agrees: bool) -> str:
    if not boxes and not accounts:
        return _("Nothing.")
    first = output.table(
        (_("Side"), _("Code"), _("Rate"), _("Factor"), _("Currency"), _("Net"), _("Tax")),
        [(_(side), *rest) for side, *rest in (box.values() for box in boxes)],
        right=frozenset((2, 3, 5, 6)),
    )
    second = output.table(
        (_("Account"), _("Currency"), _("Taxes"), _("Booked"), _("All movements")),
        [tuple(each.values()) for each in accounts],
        right=frozenset((2, 3, 4)),
    )
    says = _("The ledger agrees.") if agrees else _("The ledger says something else.")
    return f"{first}\n\n{second}\n\n{says}"


def list_codes(call: Call) -> Answer:
    """List tax codes with their rates."""
    from boconsole.invoices import taxes
    from boconsole.invoices.posting import account_paths

    found = taxes.codes(call.session())
    paths = account_paths()
    value = [
        {
            "code": code.code,
            "collected": paths.get(code.collected_id or 0),
            "deductible": paths.get(code.deductible_id or 0),
            "rates": [
                {
                    "from": rate.starts, "to": rate.ends, "kind": rate.kind, "rate": rate.rate,
                    "included": rate.included, "compound": rate.compound, "factor": rate.factor,
                    "rounding": rate.scope, "mode": rate.mode, "digits": rate.digits,
                    "digits_of": rate.currency,
                    "source": rate.source,
                }
                for rate in rates
            ],
        }
        for code, rates in found
    ]  # fmt: skip

    def text() -> str:
        rows = [
            (rate.code, str(rate.starts), str(rate.ends or ""), rate.rate, rate.factor,
             rate.scope, rate.mode, rate.source)
            for _code, rates in found
            for rate in rates
        ]  # fmt: skip
        headings = (_("Code"), _("From"), _("To"), _("Rate"), _("Factor"), _("Rounded"), _("Mode"),
                    _("Source"))  # fmt: skip
        return output.table(headings, rows, right=frozenset((3,))) if rows else _("Nothing.")

    return Answer(value, text)


def set_code(call: Call) -> Answer:
    """Add a tax code, a new rate from a day on, or its accounts."""
    from boconsole.invoices import taxes
    from boconsole.tax.rates import DatedTax

    words, session = call.words, call.session()
    if not words.rate and (words.collected or words.deductible):
        taxes.set_accounts(session, words.code, words.collected, words.deductible)
        return Answer({"code": words.code}, _("{code} has its accounts.").format(code=words.code))
    starts = parse_day(words.starts, field="from") if words.starts else today(session)
    ends: date | None = parse_day(words.ends, field="to") if words.ends else None
    row = DatedTax(starts, ends, _tax(call), words.source)
    code = taxes.add(session, row, words.collected, words.deductible)
    return Answer({"code": code.code, "from": starts}, _("{code} has a rate from {day}.").format(
        code=code.code, day=starts))  # fmt: skip


def _tax(call: Call) -> "Tax":
    from boconsole.tax.rates import MODES, SCOPES, Rounding, Tax, fraction_of

    words = call.words
    scope = next((each for each in SCOPES if each == (words.rounding or "document")), None)
    mode = next((each for each in MODES if each == (words.mode or "half-up")), None)
    if scope is None or mode is None:
        raise InvalidChangeError("rounding", _("expected one of {words}").format(
            words=", ".join((*SCOPES, *MODES))))  # fmt: skip
    if words.digits and not (words.digits.isdecimal() and len(words.digits) == 1):
        raise InvalidChangeError("digits", _("expected 0 to 6 digits"))
    return Tax(
        words.code, "fixed" if words.fixed else "percentage", fraction_of(words.rate, field="rate"),
        words.included, words.compound, fraction_of(words.factor or "1", field="factor"),
        Rounding(scope, mode, int(words.digits) if words.digits else None,
                 words.digits_of),
    )  # fmt: skip


def add_pack(call: Call) -> Answer:
    """Add ready-made tax codes."""
    from boconsole.invoices import taxes
    from boconsole.tax.rates import fraction_of

    words = call.words
    made = taxes.add_pack(
        call.session(), words.name, collected=words.collected, deductible=words.deductible,
        rate=fraction_of(words.rate, field="rate"),
    )  # fmt: skip
    said = [_("Added: {codes}.").format(codes=", ".join(made))]
    if not (words.collected and words.deductible):
        said.append(_("Name the accounts that are missing with: {command}").format(
            command="boconsole ledger tax-code CODE --collected ACCOUNT --deductible ACCOUNT"
        ))  # fmt: skip
    return Answer({"codes": made}, "\n".join(said))
