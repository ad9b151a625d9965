"""The contracts: with whom, until when, and by when notice has to be given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.console import RenderableType

from boconsole.filters import Area
from boconsole.filters.remembering import remembered
from boconsole.language import N_, _, grouped, ngettext
from boconsole.registry import (
    agreed,
    agreements,
    contract_area,
    contracts,
    reading,
    undoing,
    words,
)
from boconsole.registry.contracts import Contract, ContractRow
from screens.actions import CHANGE, FIND, of_feature
from screens.cells import Cell, safe
from screens.dialogs import Choice, MenuDialog
from screens.keys import LIST, Action
from screens.lists import View
from screens.paged import Paged
from screens.prose import block
from screens.query_lists import QueryListScreen
from screens.registry import facts, forms
from screens.registry.rooms import AREA, CONTRACTS, InRooms, Kept
from screens.shell import ShellScreen
from screens.widgets.columns import Column
from screens.widgets.preview import Preview


def actions(where: str = LIST) -> tuple[Action, ...]:
    """Return the actions of contracts."""
    return (
        *of_feature("contract", "new", "edit", "state", where=where),
        Action("contract.renew", N_("Renew for another term"), ("R",), where, CHANGE, rank=14,
               short=N_("renew")),
        Action("contract.duty", N_("Add a duty"), ("D",), where, CHANGE, rank=15,
               short=N_("duty")),
    )  # fmt: skip


VIEWS = (
    View(N_("What ends in 90 days"), "end:<=90d sort:end"),
    View(N_("Notice is due in 90 days"), "notice:<=90d sort:notice"),
    View(N_("Renews by itself"), "renewal:automatic sort:end"),
    View(N_("Over"), "state:ended sort:-end"),
)


class ContractsScreen(Kept, InRooms, QueryListScreen[ContractRow]):
    """Contracts that go on, the last changed first."""

    TITLE = "Contracts"
    ROOM = CONTRACTS
    AREA = AREA
    FEATURE = facts.CONTRACT
    ACTIONS: ClassVar[Sequence[Action]] = (
        *actions(),
        Action("contract.save-view", N_("Save the query as a view"), ("V",), LIST, FIND),
    )

    def columns(self) -> Sequence[Column[ContractRow]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        today = reading.today(self.session)
        return (
            Column("number", N_("Number"), 8,
                   lambda row: Cell(words.contract_number(row.id), "info"), sort="number"),
            Column("title", N_("Title"), 16, lambda row: Cell(safe(row.title)), grow=3,
                   sort="title"),
            Column("with", N_("With"), 13, lambda row: Cell(safe(row.counterpart)), grow=1),
            Column("state", N_("State"), 12,
                   lambda row: facts.look(facts.CONTRACT_STATES[row.state]), sort="state"),
            Column("end", N_("End"), 10, lambda row: facts.until(
                row.end_on, today, over=row.state == words.ENDED), sort="end"),
            Column("notice", N_("Notice until"), 12, lambda row: facts.until(
                row.notice_on, today, over=row.state == words.ENDED), sort="notice"),
            Column("renewal", N_("Renewal"), 12, lambda row: Cell(_(words.RENEWALS[row.renewal])),
                   priority=2),
            Column("value", N_("Value"), 18, facts.value, align="right", priority=3),
            Column("term", N_("Term"), 4, lambda row: Cell(str(row.term)), align="right",
                   priority=4, sort="term"),
            Column("owner", N_("Owner"), 9, lambda row: Cell(safe(row.owner), "muted"),
                   priority=5),
        )  # fmt: skip

    def source(self, query: str) -> Paged[ContractRow]:
        """Return where the rows of a query come from."""
        return Paged(agreements.CONTRACTS, self.session, query)

    def read_area(self) -> Area:
        """Return what queries may say about contracts."""
        return remembered(contract_area.area(self.session))

    def first_views(self) -> Sequence[View]:
        """Return the views that are always there."""
        return [View(_(view.name), view.query) for view in VIEWS]

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No contract is here. n begins one, esc clears the filter, v has the views.")

    def preview(self, row: ContractRow) -> RenderableType:
        """Return a contract beside the list; reads."""
        room = self.query_one(Preview).room
        card = contracts.card(self.session, row.id)
        return block(facts.contract_lines(card, reading.today(self.session), room))

    def export_work(
        self, path: str, rows: Sequence[ContractRow] | None
    ) -> Callable[[], str] | None:
        """Return the operation that writes what is shown or marked."""
        query = self.query_text

        def work() -> str:
            from boconsole import record_files

            chosen = agreements.CONTRACTS.rows(self.session, query) if rows is None else rows
            told = [{"number": words.contract_number(row.id), **agreed.told_of(row)}
                    for row in chosen]  # fmt: skip
            done = record_files.write(Path(path), told)
            text = ngettext("{n} contract is in {path}.", "{n} contracts are in {path}.", done)
            return text.format(n=grouped(done), path=path)

        return work

    # Going

    def open_row(self, row: ContractRow) -> None:
        """Open a contract."""
        from screens.registry.contract import ContractScreen

        self.app.push_screen(ContractScreen(row.id))

    def open_number(self, number: str) -> None:
        """Open a contract by its number, as typed after `:`."""

        def opened(found: Contract) -> None:
            self.open_row(found.row)

        self.load(partial(contracts.get, self.session, number), opened, group="open")

    # Changing

    def action_new(self) -> None:
        """Open the form of a new contract."""

        def saved(made: Contract) -> None:
            self.open_row(made.row)

        self.app.push_screen(forms.new_contract(self.session, saved))

    def action_edit(self) -> None:
        """Open the form of the contract under the cursor."""
        if (row := self.row) is not None:
            self.app.push_screen(forms.edit_contract(self.session, row))

    def action_state(self) -> None:
        """Choose what becomes of the contract under the cursor."""
        if (row := self.row) is not None:
            ask_state(self, row)

    def action_renew(self) -> None:
        """Open the form of the next term."""
        if (row := self.row) is not None:
            ask_to_renew(self, row)

    def action_duty(self) -> None:
        """Open the form of a duty."""
        if (row := self.row) is not None:
            self.app.push_screen(forms.new_duty(self.session, row))

    def undo_work(self) -> Callable[[], str]:
        """Return the operation that takes the last change back."""
        return partial(undone, self)


def undone(screen: ShellScreen) -> str:
    """Take the last change back; answers a sentence."""
    return _("Undone: {numbers}.").format(numbers=", ".join(undoing.undo_last(screen.session)))


def ask_to_renew(screen: ShellScreen, row: ContractRow) -> None:
    """Open the form of the next term, where there can be one."""
    if row.end_on is None or row.state != words.ACTIVE:
        screen.app.say(_("Only a contract in force that ends is renewed."), "warning")
    else:
        screen.app.push_screen(forms.renew(screen.session, row))


def ask_state(screen: ShellScreen, row: ContractRow) -> None:
    """Choose what becomes of a contract."""
    active = row.state == words.ACTIVE
    why = _("not while it is {state}").format(state=_(words.CONTRACT_STATES[row.state]))
    choices = [
        Choice("activate", _("Put it in force"), "a",
               reason="" if row.state == words.DRAFT else why),
        Choice("renew", _("Renew for another term"), "r", reason="" if active else why),
        Choice("terminate", _("Give notice"), "t", reason="" if active else why),
    ]  # fmt: skip

    def take(chosen: str | None) -> None:
        if chosen == "renew":
            ask_to_renew(screen, row)
        elif chosen == "terminate":
            screen.app.push_screen(forms.terminate(screen.session, row))
        elif chosen == "activate":
            work = partial(contracts.edit, screen.session, row, {"state": words.ACTIVE})
            screen.change(work, said=_("It is in force; u undoes it."), touched=[row.id],
                          feature=facts.CONTRACT)  # fmt: skip

    screen.app.push_screen(MenuDialog(words.contract_number(row.id), choices), take)
