"""The keys of a statement, and the line that tells what was chosen with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from textual.content import Content

from boconsole.language import N_, _
from boconsole.ledger.statements import asking, periods, plans
from boconsole.ledger.statements.asking import Asked
from boconsole.ledger.statements.shapes import Statement
from screens.actions import SHOW
from screens.cells import safe
from screens.keys import LIST, Action
from screens.ledger import statement_lines
from screens.prose import toned

COMPARED = {
    "none": N_("no comparison"),
    "previous": N_("beside the period before"),
    "year": N_("beside the year before"),
    "budget": N_("beside the budget"),
}
METHODS = {"direct": N_("direct"), "indirect": N_("indirect")}


class Asks(Protocol):
    """A screen that shows a statement."""

    asked: Asked


def _alone(screen: Asks) -> str:
    if screen.asked.name in asking.CHOICES:
        return ""
    return _("This statement shows its own start and end; it has no comparison.")


def _one_way(screen: Asks) -> str:
    return "" if screen.asked.name == asking.CASH else _("Only a cash flow has two methods.")


STATEMENT_KEYS = (
    Action("statement.step-back", N_("The period before"), ("<",), LIST, SHOW, rank=3,
           short=N_("before")),
    Action("statement.step-on", N_("The next period"), (">",), LIST, SHOW, rank=4,
           short=N_("after")),
    Action("statement.year-back", N_("The same a year before"), ("{",), LIST, SHOW),
    Action("statement.year-on", N_("The same a year later"), ("}",), LIST, SHOW),
    Action("statement.period", N_("Type the period"), ("d",), LIST, SHOW, rank=5,
           short=N_("period"), help=N_("Such as 2026-03, 2026, 2026-q1 or 2026-01..2026-05.")),
    Action("statement.compare", N_("Change the comparison"), ("=",), LIST, SHOW, rank=6,
           short=N_("compare"), when=_alone,
           help=N_("With nothing, the period before, the year before, the budget.")),
    Action("statement.explain", N_("How a number came to be"), ("E",), LIST, SHOW, rank=2,
           short=N_("explain")),
    Action("statement.turn", N_("Direct or indirect"), ("i",), LIST, SHOW, rank=7,
           short=N_("method"), when=_one_way),
    Action("statement.convert", N_("In the reporting currency or not"), ("$",), LIST, SHOW),
    Action("account.unfold", N_("Show what is below"), ("right", "plus"), LIST, SHOW,
           rank=10, short=N_("unfold")),
    Action("account.fold", N_("Hide what is below"), ("left", "minus"), LIST, SHOW, rank=11,
           short=N_("fold")),
    Action("account.fold-all", N_("Fold or unfold everything"), ("z",), LIST, SHOW, rank=12,
           short=N_("all")),
    Action("statement.fold-deeper", N_("Hide what is deeper than this row"), ("Z",), LIST,
           SHOW),
)  # fmt: skip


def days_line(shown: Asked, statement: Statement, missing: Sequence[str]) -> Content:
    """Return what is shown: days, comparison, method, currency, the proof, what has no room."""
    told = [periods.name(shown.period)] if shown.period else []
    if shown.compared != "none":
        told.append(_(COMPARED[shown.compared]))
    if shown.name == asking.CASH:
        told.append(_(METHODS[shown.method]))
    if shown.currency:
        told.append(_("all in {currency}").format(currency=safe(shown.currency)))
    holds = statement_lines.holds_all(statement)
    proved = (_("proved"), "good") if holds else (_("NOT PROVED"), "bad")
    parts: list[tuple[str, str] | str] = [f" {' · '.join(told)} · ", proved]
    if missing:
        text = _("no room for: {columns}").format(columns=", ".join(missing))
        parts.append((f" · {text}", "warn"))
    elif plans.is_budgeted(statement):
        parts.append(f" · {plans.legend()}")
    return toned(*parts)
