"""The form of a payment: who, when, how much, and what of the open items it settles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.timer import Timer

from boconsole.errors import InvalidChangeError
from boconsole.invoices import payment_typing
from boconsole.invoices.payment_typing import ITEMS, WAYS, First, Item
from boconsole.invoices.payments import PaymentRow
from boconsole.invoices.words import payment_number
from boconsole.language import N_, _
from boconsole.session import Session
from screens.actions import FORMS
from screens.entries import Field, Suggestion, write
from screens.forms import Form, FormScreen, draft_of
from screens.keys import FORM, Action
from screens.ledger.items_row import ItemsRow
from screens.ledger.payment_facts import FEATURE
from screens.widgets.fields import FieldRow

if TYPE_CHECKING:
    from screens.shell import ShellScreen

PAUSE = 0.2


class Wanted(NamedTuple):
    """What a form begins with.

    Attributes:
        way: One of `payment_typing.WAYS`.
        contact: Empty for none.
        numbers: Of the open items that it pays; empty for none.
    """

    way: str = "received"
    contact: str = ""
    numbers: Sequence[str] = ()


class PaymentFormScreen(FormScreen):
    """The form of a payment; what is open follows the contact and the way.

    Args:
        form: What it is about.
        first: What is open, and the digits of commodities.

    Attributes:
        code: The currency of amounts without one, when it was saved.
    """

    CSS_PATH = "../styles/payments.tcss"
    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("form.oldest", N_("Settle the oldest due first"), ("ctrl+n",), FORM, FORMS, rank=2,
               short=N_("oldest first"), help=N_("As far as the amount goes; all of them without "
                                                 "one.")),
    )  # fmt: skip

    def __init__(self, form: Form, first: First) -> None:
        super().__init__(form)
        self._first = first
        self._asked = (str(form.values["way"]), str(form.values["contact"]))
        self._pause: Timer | None = None
        self.code = ""

    def body(self) -> ComposeResult:
        """Yield a row for each field, and the open items."""
        zone = self.session.zone
        with VerticalScroll(id="fields", can_focus=False):
            for one in self.form.fields:
                text = write(one, self.form.values.get(one.name), zone)
                if one.name == ITEMS:
                    yield ItemsRow(one, text, self._first.items, self._first.precisions)
                else:
                    yield FieldRow(one, text)

    @property
    def items(self) -> ItemsRow:
        """The row of open items."""
        return self.query_one(ItemsRow)

    def on_mount(self) -> None:
        """Tell the items what the amount is."""
        self._take_amount()

    @on(FieldRow.Edited)
    def _follow(self, event: FieldRow.Edited) -> None:
        if event.row.field.name == "amount":
            self._take_amount()
        elif event.row.field.name in ("way", "contact"):
            if self._pause is not None:
                self._pause.stop()
            self._pause = self.set_timer(PAUSE, self._read_items)

    def _take_amount(self) -> None:
        text, row = self.rows["amount"].text.strip(), self.items
        row.take_amount(None)
        if text:
            self.load(partial(_typed_sum, text, row.code), row.take_amount, group="amount")

    def _read_items(self) -> None:
        asked = (self.rows["way"].text, self.rows["contact"].text.strip())
        if asked == self._asked or asked[0] not in WAYS:
            return
        self._asked = asked

        def show(found: Sequence[Item]) -> None:
            if asked == self._asked:
                self.items.show_items(found)
                self._take_amount()

        self.load(partial(_open_items, self.session, *asked), show, group="items")

    def action_oldest(self) -> None:
        """Spread the amount over what is open, the oldest due first."""
        row = self.items
        amount: Decimal | None = row.amount[0] if row.amount else None
        found = payment_typing.oldest_first(row.items, amount, row.code)
        if not found:
            self.app.say(_("Nothing is open in that currency."), "warning")
        row.give(found)

    def action_save(self) -> None:
        """Save in the currency that is shown."""
        self.code = self.items.code
        super().action_save()


def _typed_sum(text: str, code: str) -> tuple[Decimal, str] | None:
    try:
        return payment_typing.sum_of(text, code, "amount")
    except InvalidChangeError:
        return None


def _open_items(session: Session, way: str, contact: str) -> Sequence[Item]:
    from boconsole.errors import NotFoundError

    try:
        return payment_typing.open_items(session, way, contact) if contact else []
    except NotFoundError:
        return []


def open_form(screen: ShellScreen, wanted: Wanted, saved: Callable[[PaymentRow], None]) -> None:
    """Read what is open and show the form."""
    session = screen.session

    def show(first: First) -> None:
        screen.app.push_screen(_form(session, wanted, first, saved))
        if set(wanted.numbers) - {item.number for item in first.items}:
            screen.app.say(_("Some of what was marked is settled by now."), "warning")

    work = partial(payment_typing.first, session, wanted.way, wanted.contact, wanted.numbers)
    screen.load(work, show, group="ask")


def _fields(session: Session) -> list[Field]:
    def contacts(start: str) -> list[Suggestion]:
        return [Suggestion(name) for name in payment_typing.contacts(session, start)]

    def accounts(start: str) -> list[Suggestion]:
        return [Suggestion(path) for path in payment_typing.account_paths(session, start)]

    ways = [(name, way.title) for name, way in WAYS.items()]
    return [
        Field("way", N_("Money was"), "choice", required=True, choices=ways),
        Field("contact", N_("Contact"), required=True, suggest=contacts),
        Field("date", N_("Date"), "date", required=True, hint=N_("today, fri, +3d, 31/12 …")),
        Field("account", N_("Account"), suggest=accounts, hint=N_("Bank or cash.")),
        Field("amount", N_("Amount"),
              hint=N_("Such as 40.00 USD; empty takes what the items get.")),
        Field(ITEMS, N_("Open items"), "long",
              hint=N_("= takes all that is open   ^n the oldest due first")),
        Field("reference", N_("Reference"), hint=N_("Such as the text of the bank.")),
        Field("paid", N_("Through the bank"), hint=N_("Only where that was another currency.")),
        Field("rate", N_("Rate"), hint=N_("What one unit is worth; empty looks it up.")),
        Field("write_off", N_("Write off"), hint=N_("A discount or a small difference.")),
        Field("write_off_account", N_("Written off to"), suggest=accounts),
        Field("reason", N_("Reason"), hint=N_("Why it is written off.")),
    ]  # fmt: skip


def _form(
    session: Session, wanted: Wanted, first: First, saved: Callable[[PaymentRow], None]
) -> PaymentFormScreen:
    today = session.now().astimezone(session.zone).date()
    named = [item for item in first.items if item.number in wanted.numbers]
    values: dict[str, object] = {
        "way": wanted.way, "contact": wanted.contact, "date": today, "account": first.account,
        ITEMS: "\n".join(f"{item.number}  {item.text}" for item in named),
    }  # fmt: skip
    made: list[PaymentFormScreen] = []

    def save(given: Mapping[str, object], _version: int) -> PaymentRow:
        return payment_typing.save(session, {**given, "currency": made[0].code})

    def said(row: PaymentRow) -> str:
        waits = _("Payment {number} waits for the approval of a colleague.")
        words = waits if row.state == "draft" else _("Payment {number} is posted.")
        return words.format(number=payment_number(row))

    form = Form(draft_of("payment.new", wanted.way, wanted.contact, *wanted.numbers),
                _("New payment"), _fields(session), save, values, said=said, saved=saved,
                feature=FEATURE)  # fmt: skip
    made.append(PaymentFormScreen(form, first))
    return made[0]
