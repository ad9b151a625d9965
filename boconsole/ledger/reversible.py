"""Which entries can be reversed; packages over the ledger say which of them they still need.

A package that builds on entries of others adds a function to `REFUSALS`; it is imported when the
first entry is reversed, by whichever door, so that none can forget it.
"""

from collections.abc import Callable, Collection
from importlib import import_module
from typing import TYPE_CHECKING, cast

from boconsole.language import _
from boconsole.ledger.errors import ReversalError
from boconsole.ledger.words import OF_FEATURES
from db.ledger import entries as stored

if TYPE_CHECKING:
    from boconsole.ledger.entries import JournalEntry

Why = Callable[[int, str, Collection[int]], str]
REFUSALS = ("boconsole.fixed_assets.adopted:why_kept",)
"""`module:function`; answers why the entry of an id stays as it is, or "" where it need not.

It takes the id, the number, and the accounts that are moved back; none stands for all of them.
"""


def require_reversible(old: "JournalEntry") -> None:
    """Raise ReversalError where an entry cannot be reversed in the ledger."""
    if old.head.state != "posted":
        raise ReversalError(_("{number} is a draft; delete it instead.").format(number=old.number))
    if stored.find_reversal(old.head.id):
        raise ReversalError(_("{number} is reversed already.").format(number=old.number))
    if old.head.kind == "reversal":
        raise ReversalError(
            _("{number} is a reversal itself; enter the booking anew.").format(number=old.number)
        )
    if old.head.kind in OF_FEATURES:
        raise ReversalError(
            _("{number} belongs to a document, payment or fixed asset; take it back there.").format(
                number=old.number
            )
        )
    if old.head.kind == "closing":
        raise ReversalError(
            _("{number} closes a year; reopen the year instead.").format(number=old.number)
        )
    require_unused(old)


def require_unused(old: "JournalEntry", account_ids: Collection[int] = ()) -> None:
    """Raise ReversalError where something else is built on an entry, also on a document's.

    Args:
        old: What is taken back.
        account_ids: The accounts on which it is, where that is not the whole entry.
    """
    for place in REFUSALS:
        module, _colon, name = place.partition(":")
        why = cast("Why", getattr(import_module(module), name))
        if reason := why(old.head.id, old.number, account_ids):
            raise ReversalError(reason)
