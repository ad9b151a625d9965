"""The rule of a number in one sentence: which accounts, which days, which sign, which rate."""

from collections.abc import Sequence

from boconsole.language import N_, _
from boconsole.ledger.statements.asking import CASH
from boconsole.ledger.statements.shapes import Row, Section, Statement
from boconsole.ledger.statements.terms import AMOUNTS, VALUES, Term
from db.ledger.explanations import ALL, CLOSING, COUNTER, OPEN, PICKED

WHICH = {
    ALL: N_("all lines"),
    OPEN: N_("lines without those that close years"),
    CLOSING: N_("lines that close years"),
    COUNTER: N_("lines opposite to cash"),
    PICKED: N_("lines of entries with income or expense that moves no cash"),
    "plan": N_("the budget"),
}


def rule(statement: Statement, subject: str, found: Sequence[Term], currency: str) -> str:
    """Return the sentence.

    Args:
        statement: Whose number it is.
        subject: Which accounts.
        found: Its terms.
        currency: What it is converted to.
    """
    if not found:
        return _("{subject}: nothing counts here.").format(subject=subject)
    spans = dict.fromkeys((term.lines.which, term.starts, term.ends) for term in found)
    days = _(" and ").join(_span(*span) for span in spans)
    parts = [f"{subject}: {days}", _sign(found)]
    if {term.half for term in found} == {VALUES} and statement.measure != AMOUNTS:
        parts.append(_("in book value"))
    if currency:
        dates = ", ".join(sorted({str(term.at) for term in found}))
        parts.append(
            _("in {currency} at the last rates up to {day}").format(currency=currency, day=dates)
        )
    return "; ".join(parts) + "."


def _span(which: str, starts: object, ends: object) -> str:
    words = _(WHICH[which])
    if starts is None:
        return _("{lines} up to {ends}").format(lines=words, ends=ends)
    return _("{lines} from {starts} to {ends}").format(lines=words, starts=starts, ends=ends)


def _sign(found: Sequence[Term]) -> str:
    signs = {term.sign for term in found}
    if signs == {1}:
        return _("debit counts positive")
    if signs == {-1}:
        return _("credit counts positive")
    return _("each part with the sign that is shown")


def subject_of(statement: Statement, section: Section, row: Row) -> str:
    """Return which accounts a row is about that is no account."""
    if section.key == "sides":
        return _("Every account whose sum is on this side")
    if row.kind == "result":
        return _("All income and expense accounts")
    if statement.name == CASH and row.kind != "difference":
        return _("All accounts that are cash")
    if row.title == _("Rounding of conversion"):
        return _("The book values of all accounts, each rounded by itself")
    if statement.name == CASH:
        return _("The change in cash less every flow, each converted by itself")
    return _("What all accounts are worth less their book values")
