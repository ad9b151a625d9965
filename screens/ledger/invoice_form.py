"""The form of a document, and that of what documents print of a contact."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from boconsole.errors import REFUSALS, InvalidChangeError
from boconsole.invoices import entering, partners, typed_lines
from boconsole.invoices.partners import PartnerFacts
from boconsole.invoices.reading import Document
from boconsole.invoices.typed_lines import Choices, Typed
from boconsole.invoices.words import KINDS, SIDES, Side
from boconsole.language import DAYS, N_, _
from boconsole.ledger.entering import LINES, LineError
from boconsole.session import Session
from screens.actions import FORMS
from screens.entries import Field, Suggestion, read, write
from screens.forms import Form, FormScreen
from screens.keys import FORM, Action
from screens.ledger.invoice_facts import FEATURE, today
from screens.ledger.invoice_lines import Basis, DocumentLinesRow
from screens.widgets.fields import FieldRow

read_choices, why_not_typed = typed_lines.read_choices, entering.why_not_typed


class DocumentFormScreen(FormScreen):
    """The form of a document: saved as a draft, or issued at once.

    Args:
        form: What it is about.
        choices: Accounts, taxes and currencies, read when it opened.
        kind: Of the document.
        taxed_on: The day whose rates count, where that is not its own.
    """

    CSS_PATH = "../styles/invoices.tcss"
    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("form.post", N_("Save and issue"), ("ctrl+t",), FORM, FORMS, rank=2,
               short=N_("issue")),
    )  # fmt: skip

    def __init__(self, form: Form, choices: Choices, kind: str, taxed_on: date | None) -> None:
        super().__init__(form)
        self.choices = choices
        self.kind = kind
        self.taxed_on = taxed_on
        self.issues = False

    def body(self) -> ComposeResult:
        """Yield a row for each field, and the lines."""
        zone = self.session.zone
        with VerticalScroll(id="fields", can_focus=False):
            for one in self.form.fields:
                text = write(one, self.form.values.get(one.name), zone)
                if one.name == LINES:
                    yield DocumentLinesRow(one, text, self.choices, self.add_up)
                else:
                    yield FieldRow(one, text)

    @property
    def lines(self) -> DocumentLinesRow:
        """The row of all lines."""
        return self.query_one(DocumentLinesRow)

    def on_mount(self) -> None:
        """Say on which day it is due."""
        self._show_due()

    @on(FieldRow.Edited)
    def _adds_up(self, event: FieldRow.Edited) -> None:
        if event.row.field.name in ("date", "due"):
            self.call_after_refresh(self._show_due)
        if event.row.field.name in ("date", "currency"):
            self.lines.add_up_soon()

    def _dated(self) -> date:
        """Return the day that is typed, today while it cannot be read."""
        row = self.rows["date"]
        try:
            day = read(row.field, row.text, self._reader)
        except InvalidChangeError:
            day = None
        return day if isinstance(day, date) else today(self.session)

    def _show_due(self) -> None:
        row = self.rows["due"]
        if not _wrong_due(self.session, row.text):
            day = entering.due_of(self.session, row.text, self._dated())
            row.show_hint(f"{_(DAYS[day.weekday()])} {day}")

    def add_up(self, lines: Sequence[Typed]) -> Basis:
        """Return what the lines sum to, by the day and the currency that are typed."""
        named = [typed_lines.currency_named(line.price) for line in lines]
        code = next(filter(None, named), "") or self.rows["currency"].text.strip().upper()
        code = code or self.choices.default
        if not code:
            return Basis(None, "", _("Type a currency to see the total."))
        day = self.taxed_on or self._dated()
        try:
            return Basis(typed_lines.totals(self.choices, self.kind, day, code, lines), code)
        except REFUSALS as refusal:
            return Basis(None, code, str(refusal))

    def action_save(self) -> None:
        """Save as a draft."""
        self.issues = False
        super().action_save()

    def action_post(self) -> None:
        """Save and issue in one go."""
        self.issues = True
        if self.form.record_id and not self.dirty:
            self.change(partial(self.form.save, {}, self.version), said=self.form.said,
                        feature=FEATURE, done=self._saved)  # fmt: skip
        else:
            super().action_save()

    def _saved(self, answer: object) -> None:
        super()._saved(answer)
        if self.issues:
            # What a credit note takes from is another document.
            self.app.following.spread(FEATURE, frozenset())

    def refused(self, error: Exception) -> None:
        """Show a refused line at its place."""
        if isinstance(error, LineError) and self.lines.point_at(error):
            self.app.say(_("Line {line}: {reason}").format(line=error.line, reason=error.reason),
                         "error")  # fmt: skip
        else:
            super().refused(error)


def _wrong_due(session: Session, text: str) -> str:
    try:
        entering.due_of(session, text, today(session))
    except InvalidChangeError as error:
        return error.reason
    return ""


def _fields(session: Session, choices: Choices) -> list[Field]:
    def contacts(start: str) -> list[Suggestion]:
        return [Suggestion(name) for name in partners.suggest(session, start)]

    def currencies(start: str) -> list[Suggestion]:
        low = start.strip().upper()
        return [Suggestion(code) for code in choices.currencies if code.upper().startswith(low)]

    return [
        Field("contact", N_("Contact"), "lookup", required=True, suggest=contacts),
        Field("date", N_("Date"), "date", required=True, hint=N_("today, fri, +3d, 31/12 …")),
        Field("due", N_("Due"), hint=N_("Days after the date, or a day."),
              check=partial(_wrong_due, session)),
        Field("currency", N_("Currency"), "lookup", suggest=currencies,
              hint=N_("By default that of a price, or the reporting currency.")),
        Field("reference", N_("Reference"), hint=N_("Number of the other side.")),
        Field(LINES, N_("Lines"), "long", required=True,
              hint=N_("enter goes on   ^d deletes the line")),
        Field("note", N_("Note"), "long"),
        Field("rate", N_("Exchange rate"),
              hint=N_("Worth of one unit of the currency; empty looks it up.")),
    ]  # fmt: skip


def new_form(
    session: Session, choices: Choices, side: Side, saved: Callable[[Document], None]
) -> DocumentFormScreen:
    """Return the form of a new document, dated today."""
    kind = SIDES[side][0]
    title = {"invoice": _("New invoice"), "bill": _("New bill")}[kind]
    values: dict[str, object] = {
        "date": today(session), "due": entering.TERMS, "currency": choices.default,
    }  # fmt: skip

    def save(given: Mapping[str, object], _version: int, *, issue: bool) -> Document:
        return entering.save(session, given, None, 0, kind=kind, issue=issue)

    form = (f"{kind}.new", title, values, 0, 0)
    return _form(session, choices, kind, None, form, save, saved)


def edit_form(session: Session, choices: Choices, old: Document) -> DocumentFormScreen:
    """Return the form of a draft."""
    head = old.head
    kind = _(KINDS[head.kind].title)
    title = _("Edit {kind} {number}").format(kind=kind, number=old.number)

    def save(given: Mapping[str, object], version: int, *, issue: bool) -> Document:
        return entering.save(session, given, old, version, kind=head.kind, issue=issue)

    form = ("document.edit", title, entering.values_of(old), head.id, head.version)
    taxed_on = head.taxed_on if head.origin_id else None
    return _form(session, choices, head.kind, taxed_on, form, save, lambda _made: None)


def _form(
    session: Session,
    choices: Choices,
    kind: str,
    taxed_on: date | None,
    about: tuple[str, str, Mapping[str, object], int, int],
    save: Callable[..., Document],
    saved: Callable[[Document], None],
) -> DocumentFormScreen:
    made: list[DocumentFormScreen] = []
    form_id, title, values, record, version = about

    def said(document: Document) -> str:
        words = _("{number} is issued.") if document.head.state == "issued" else _(
            "{number} is kept as a draft.")  # fmt: skip
        return words.format(number=document.number)

    form = Form(
        form_id, title, _fields(session, choices),
        lambda given, version: save(given, version, issue=made[0].issues), values, record,
        version, said, saved, FEATURE,
    )  # fmt: skip
    made.append(DocumentFormScreen(form, choices, kind, taxed_on))
    return made[0]


def address_form(
    session: Session, found: PartnerFacts, saved: Callable[[PartnerFacts], None]
) -> FormScreen:
    """Return the form of what documents print of a contact."""

    def save(given: Mapping[str, object], version: int) -> PartnerFacts:
        now = partners.read(session, found.name)
        return partners.put(
            session, now._replace(version=version),
            address=str(given.get("address", now.address)),
            tax_number=str(given.get("tax_number", now.tax_number)),
        )  # fmt: skip

    fields = [
        Field("address", N_("Address"), "long"),
        Field("tax_number", N_("Tax number")),
    ]
    title = _("On documents: {name}").format(name=found.name)
    values = {"address": found.address, "tax_number": found.tax_number}
    said = _("Documents issued from now on print this.")
    return FormScreen(
        Form("contact.address", title, fields, save, values, found.id, found.version, said, saved,
             "organisation")
    )  # fmt: skip
