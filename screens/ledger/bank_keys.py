"""What can be done on the lines of a bank account, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boconsole.language import N_, _
from screens.actions import CHANGE, GO, SHOW
from screens.keys import Action, Reason

if TYPE_CHECKING:
    from screens.ledger.bank_acts import ReconcileActs

WHERE = "reconcile"


def _stands(*states: str, reason: str) -> Reason:
    """Return what answers why a line in another state than these does not take an action."""

    def why(screen: ReconcileActs) -> str:
        line = screen.row
        return "" if line is None or screen.marked or line.state in states else _(reason)

    return why


def _single(screen: ReconcileActs) -> str:
    if screen.told is not None and len(screen.told.ways) > 1:
        return ""
    return _("There is no other proposal.")


OPEN = _stands("open", reason=N_("Only an open line can be matched."))
RECONCILE_KEYS = (
    Action("bank.accept", N_("Accept the proposal"), ("a",), WHERE, CHANGE, rank=3,
           short=N_("accept"), when=OPEN),
    Action("bank.next", N_("Next proposal"), ("right",), WHERE, SHOW, rank=4, short=N_("next"),
           when=_single),
    Action("bank.former", N_("Proposal before"), ("left",), WHERE, SHOW, when=_single),
    Action("bank.choose", N_("Choose entries by hand"), ("f",), WHERE, CHANGE, rank=5,
           short=N_("choose"), when=OPEN,
           help=N_("Marked lines are matched with one entry together.")),
    Action("bank.new", N_("Make the missing entry"), ("n",), WHERE, CHANGE, rank=6,
           short=N_("new"), when=OPEN),
    Action("bank.pay", N_("Record a payment of documents"), ("i",), WHERE, CHANGE, rank=7,
           short=N_("pay"), when=OPEN),
    Action("bank.unmatch", N_("Take the match apart"), ("U",), WHERE, CHANGE, rank=8,
           short=N_("unmatch"),
           when=_stands("matched", reason=N_("This line is not matched."))),
    Action("bank.keep", N_("Let it count: it is no repetition"), ("K",), WHERE, CHANGE, rank=9,
           short=N_("keep"), when=_stands("aside", "doubtful", reason=N_("This line counts."))),
    Action("bank.accept-sure", N_("Accept all that is sure"), ("S",), WHERE, CHANGE, rank=10,
           short=N_("all sure"), help=N_("Equal amount and reference, in one way; u undoes all.")),
    Action("bank.aside", N_("Set aside, with a reason"), ("w",), WHERE, CHANGE, rank=11,
           short=N_("aside"), when=_stands(
               "open", "doubtful", reason=N_("Only what is not matched can be set aside."))),
    Action("bank.all", N_("Show or hide what is done"), ("h",), WHERE, SHOW, rank=12,
           short=N_("all")),
    Action("bank.import", N_("Import a statement"), ("I",), WHERE, CHANGE, rank=13,
           short=N_("import"), help=N_("OFX, QFX, or a table (CSV) with a map.")),
    Action("bank.close", N_("Close what is reconciled"), ("C",), WHERE, CHANGE,
           help=N_("Nothing up to the last balance told changes after that.")),
    Action("bank.reopen", N_("Open again what was closed last"), (), WHERE, CHANGE),
    Action("account.entries", N_("Show its entries in the journal"), ("J",), WHERE, GO),
)  # fmt: skip
