"""The approvals: all that waits for a second person, who prepared it, and who may approve it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.console import RenderableType
from textual import on

from boconsole import approvals
from boconsole.invoices import documents, payments
from boconsole.language import N_, _
from boconsole.ledger import reading
from boconsole.ledger.approvals import ENTRY, Waiting
from screens.actions import CHANGE
from screens.cells import Cell, safe
from screens.following import RecordsChanged
from screens.keys import LIST, Action
from screens.ledger import facts, invoice_facts, payment_facts, rooms
from screens.ledger.fixed_asset_facts import ReadRows
from screens.lists import ListScreen
from screens.places import Place
from screens.prose import block, toned, wrapped
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

PAYROLL = "payroll"
FEATURES = (facts.FEATURE, invoice_facts.FEATURE, payment_facts.FEATURE, PAYROLL,
            approvals.PAPER, approvals.FEATURES[approvals.OFFER])  # fmt: skip
"""Features whose records wait here."""


def _key(row: Waiting) -> int:
    """Return a number that no other row has."""
    return row.id * len(approvals.KINDS) + approvals.KINDS.index(row.kind)


class ApprovalsScreen(rooms.InRooms, ListScreen[Waiting]):
    """What waits, the earliest day first: that of others, and one's own too."""

    TITLE = "Approvals"
    ROOM = rooms.APPROVALS
    AREA = facts.AREA
    FEATURE = "approval"
    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("approval.approve", N_("Approve"), ("A",), LIST, CHANGE, rank=11,
               short=N_("approve"), help=N_("What somebody else prepared; the marked ones, or this "
                                            "one.")),
    )  # fmt: skip

    # What it shows

    def columns(self) -> Sequence[Column[Waiting]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("number", N_("Number"), 15, lambda row: Cell(row.number, "info")),
            Column("kind", N_("Kind"), 9, lambda row: Cell(row.title), grow=1, priority=1),
            Column("date", N_("Date"), 10, lambda row: Cell(str(row.dated))),
            Column("about", N_("About"), 12,
                   lambda row: Cell(facts.title(row.contact, row.about)), grow=3),
            Column("sum", N_("Sum"), 18, lambda row: Cell(facts.sums(row.sums)), align="right"),
            Column("preparer", N_("Preparer"), 8, lambda row: Cell(safe(row.preparer))),
            Column("may", N_("Approver"), 9, self._may, grow=1, name=N_("May approve")),
        )  # fmt: skip

    def _may(self, row: Waiting) -> Cell:
        return facts.approvers(row.approvers, self.session)

    def source(self, query: str) -> ReadRows[Waiting]:
        """Return where the rows that have the words of a query come from."""
        return ReadRows(partial(approvals.waiting, self.session, query), _key)

    def check(self, query: str) -> tuple[int, str] | None:
        """Return column and message of a term of the query language, which is none here."""
        if (colon := query.find(":")) < 0:
            return None
        return colon, _("plain words alone are looked for here, such as: you, a name, a sum")

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("Nothing waits for an approval. esc clears the filter, v has the views.")

    def preview(self, row: Waiting) -> RenderableType:
        """Return the record beside the list; reads."""
        room = self.query_one(Preview).room
        if row.kind in (approvals.PAY_RUN, approvals.PAPER, approvals.OFFER):
            told = ": ".join(filter(None, (
                f"{safe(row.number)} {safe(facts.title(row.contact, row.about))}",
                facts.sums(row.sums))))  # fmt: skip
            return block(wrapped(toned((told, "")), room))
        if row.kind == ENTRY:
            entry = reading.whole(self.session, str(row.id))
            return block(facts.picture(entry, room, self.session))
        if approvals.feature_of(row) == payment_facts.FEATURE:
            return block(payment_facts.picture(payments.whole(self.session, row.id), room))
        document = documents.whole(self.session, row.id)
        return block(invoice_facts.picture(document, room, self.session))

    def why_not(self, action: Action) -> str:
        """Say what this room cannot do."""
        if action.id == "list.sort":
            return _("What waits stands in order of day, the oldest first.")
        return super().why_not(action)

    @on(RecordsChanged)
    def books_changed(self, event: RecordsChanged) -> None:
        """Read the rows again when something was prepared or approved elsewhere."""
        if event.feature not in FEATURES:
            return
        self._marked.clear()
        if self.is_current:
            self.table.refresh_rows()
            self.show_preview(again=True)
        else:
            self._stale = True

    # Acting

    def open_row(self, row: Waiting) -> None:
        """Open the record on its own page."""
        from screens.ledger.entry import EntryScreen
        from screens.ledger.invoice import DocumentScreen
        from screens.ledger.payment import PaymentScreen

        if row.kind in (approvals.PAY_RUN, approvals.OFFER):
            self.app.call_later(self.app.go, Place("staff", record=row.number))
        elif row.kind == approvals.PAPER:
            self.app.call_later(self.app.go, Place("documents", record=row.number))
        elif row.kind == ENTRY:
            self.app.push_screen(EntryScreen(row.id))
        elif approvals.feature_of(row) == payment_facts.FEATURE:
            self.app.push_screen(PaymentScreen(row.id))
        else:
            self.app.push_screen(DocumentScreen(row.id, approvals.side_of(row)))

    def action_approve(self) -> None:
        """Approve the marked records, else the one under the cursor."""
        self.with_chosen(self._approve)

    def _approve(self, rows: Sequence[Waiting]) -> None:
        if not rows:
            self.app.say(_("Nothing waits here."))
            return
        many = len(rows) > 1
        said = _("{n} records are approved.") if many else _("{number} is approved.")
        touched: dict[str, list[int]] = {}
        for row in rows:
            touched.setdefault(approvals.feature_of(row), []).append(row.id)
        (feature, ids), *others = touched.items()

        def done(_answer: object) -> None:
            self.table.clear_marks()
            for other in others:
                self.app.following.spread(*other)

        self.change(
            partial(approvals.approve, self.session, rows), touched=ids, feature=feature,
            said=said.format(number=rows[0].number, n=len(rows)), done=done,
        )  # fmt: skip
