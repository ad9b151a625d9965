"""The rooms of the area, reached with `v` or `:view` from each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boconsole.filters.complete import word_for
from boconsole.language import N_, _
from boconsole.ledger.statements import asking
from screens.ledger.facts import AREA
from screens.lists import View
from screens.places import Place

if TYPE_CHECKING:
    from screens.app import BoconsoleApp

JOURNAL, ACCOUNTS, APPROVALS = N_("Journal"), N_("Accounts"), N_("Approvals")
WAITING = "is:approvable sort:date"


def names() -> list[str]:
    """Return what the rooms are called."""
    return [_(JOURNAL), _(ACCOUNTS), _(APPROVALS), *map(_, asking.TITLES.values())]


def statement_named(title: str) -> str:
    """Return the statement that a translated title names, "" for none."""
    return next((name for name, told in asking.TITLES.items() if _(told) == title), "")


def journal_views() -> list[View]:
    """Return the rooms that are views of the journal."""
    return [View(_(JOURNAL), ""), View(_(APPROVALS), WAITING)]


def of_account(path: str) -> str:
    """Return the query of the journal for the entries of an account."""
    return f"account:{word_for(path)}"


def enter(app: BoconsoleApp, name: str) -> None:
    """Go to a room by its translated name."""
    if statement := statement_named(name):
        app.call_later(app.go, Place(AREA, view=statement))
        return
    wanted = next((room for room in (JOURNAL, ACCOUNTS, APPROVALS) if _(room) == name), "")
    query = WAITING if wanted == APPROVALS else ""
    if wanted:
        view = wanted if wanted == ACCOUNTS else name
        app.call_later(app.go, Place(AREA, query=query, view=view))
