"""The forms of the journal: an entry, and a reversal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.timer import Timer
from textual.widgets import Static

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _
from boconsole.ledger import budget_hints, entering, entries, repeating, tagging
from boconsole.ledger.entering import Choices, LineError
from boconsole.ledger.entries import JournalEntry
from boconsole.ledger.tagging import Known
from boconsole.session import Session
from screens.actions import FORMS
from screens.cells import safe
from screens.entries import Field, Suggestion, read, write
from screens.forms import Form, FormScreen, draft_of
from screens.keys import FORM, Action
from screens.ledger.facts import FEATURE
from screens.ledger.lines_row import LinesRow
from screens.prose import block, toned
from screens.widgets.fields import FieldRow

read_choices = entering.read_choices
BUDGET_PAUSE = 0.25
"""Seconds after a key before budgets are looked at."""
LINE = "line"
"""Begins the name of the field of a line's tags."""


def why_not_edited(entry: JournalEntry) -> str:
    """Return why an entry cannot be edited in the form, or nothing."""
    if entry.head.state != "draft":
        return _("{number} is posted and never changes; reverse it and enter it anew.").format(
            number=entry.number
        )
    return repeating.why_not_typed(entry)


class EntryFormScreen(FormScreen):
    """The form of an entry: saved as a draft, or posted at once.

    Args:
        form: What it is about.
        choices: Accounts and commodities, read when it opened.
    """

    CSS_PATH = "../styles/ledger.tcss"
    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("form.post", N_("Save and post"), ("ctrl+t",), FORM, FORMS, rank=2,
               short=N_("post")),
        Action("form.repeat", N_("Repeat the last entry of the payee"), ("ctrl+r",), FORM, FORMS,
               rank=3, short=N_("repeat")),
    )  # fmt: skip

    def __init__(self, form: Form, choices: Choices) -> None:
        super().__init__(form)
        self.choices = choices
        self.posts = False
        self._budget_timer: Timer | None = None

    def body(self) -> ComposeResult:
        """Yield a row for each field, and the lines."""
        zone = self.session.zone
        with VerticalScroll(id="fields", can_focus=False):
            for one in self.form.fields:
                text = write(one, self.form.values.get(one.name), zone)
                if one.name == entering.LINES:
                    yield LinesRow(one, text, self.choices)
                    yield Static(id="over", markup=False)
                else:
                    yield FieldRow(one, text)

    def on_mount(self) -> None:
        """Look at the budgets of a draft that is edited."""
        self._look_at_budgets()

    @on(FieldRow.Edited)
    def _consider_budgets(self) -> None:
        if self._budget_timer is not None:
            self._budget_timer.stop()
        self._budget_timer = self.set_timer(BUDGET_PAUSE, self._look_at_budgets)

    def _look_at_budgets(self) -> None:
        """Tell under the lines which budgets the entry would pass."""
        try:
            day = read(self.rows["date"].field, self.rows["date"].text, self._reader)
        except InvalidChangeError:
            return
        if isinstance(day, date):
            lines = entering.typed_of(self.lines.text)
            work = partial(budget_hints.of_typed, self.session, self.choices, day, lines)
            self.load(work, self._show_budgets, group="budgets")

    def _show_budgets(self, found: Sequence[str]) -> None:
        told = [toned((f"! {safe(sentence)}", "warn")) for sentence in found]
        self.query_one("#over", Static).update(block(told))
        self.query_one("#over").set_class(bool(told), "-over")

    @property
    def lines(self) -> LinesRow:
        """The row of all lines."""
        return self.query_one(LinesRow)

    def action_save(self) -> None:
        """Save as a draft."""
        self.posts = False
        super().action_save()

    def action_post(self) -> None:
        """Save and post in one go."""
        self.posts = True
        super().action_save()

    def action_repeat(self) -> None:
        """Take the lines of the payee's last entry."""
        payee, about = self.rows["payee"].text, self.rows["description"].text
        if not (payee.strip() or about.strip()):
            self.app.say(_("Type a payee or a description first; ctrl+r then repeats its lines."))
            return
        work = partial(repeating.last_of, self.session, payee, about)
        self.load(work, self._take, group="repeat")

    def _take(self, found: JournalEntry | None) -> None:
        if found is None:
            self.app.say(_("No entry of that payee was found."))
            return
        self.lines.take(repeating.lines_of(found))
        if not self.rows["description"].text.strip():
            self.rows["description"].text = found.head.description
        self.app.say(_("The lines of {number} are repeated.").format(number=found.number))

    def refused(self, error: Exception) -> None:
        """Show a refused line at its place."""
        if isinstance(error, LineError) and self.lines.point_at(error):
            self.app.say(_("Line {line}: {reason}").format(line=error.line, reason=error.reason),
                         "error")  # fmt: skip
        else:
            super().refused(error)


def mark_fields(used: Known) -> tuple[Field, Field]:
    """Return the fields of tags and links, completed by those used before."""

    def tags(start: str) -> list[Suggestion]:
        return [Suggestion(one) for one in tagging.offered(used, start)]

    def links(start: str) -> list[Suggestion]:
        return [Suggestion(one) for one in tagging.offered_links(used, start)]

    return (
        Field("tags", N_("Tags"), "tags", hint=N_("project: apollo, trip"), suggest=tags,
              check=tagging.wrong_with),
        Field("links", N_("Links"), "tags", hint=N_("TKT-42, AST-7, PRJ-3, a mail address …"),
              suggest=links),
    )  # fmt: skip


def tags_form(session: Session, used: Known, old: JournalEntry) -> FormScreen:
    """Return the form of the tags and links of a draft, and of the tags of each line."""
    tags, links = mark_fields(used)
    written = old.written
    fields = [tags, links]
    values: dict[str, object] = {
        "tags": tagging.texts(written.tags), "links": written.links,
    }  # fmt: skip
    for place, line in enumerate(written.lines, 1):
        name = f"{LINE}{place}"
        label = f"{place} {line.account.rpartition(':')[2]}"
        fields.append(replace(tags, name=name, label=safe(label), hint=""))
        values[name] = tagging.texts(line.tags)

    def save(changed: Mapping[str, object], version: int) -> JournalEntry:
        wanted = {**values, **changed}
        by_line = {
            place: tagging.typed(wanted[f"{LINE}{place}"], line.tags)
            for place, line in enumerate(written.lines, 1)
            if f"{LINE}{place}" in changed
        }
        return tagging.retag(
            session, old._replace(head=old.head._replace(version=version)),
            tagging.typed(wanted["tags"], written.tags), tagging.links_typed(wanted["links"]),
            by_line,
        )  # fmt: skip

    title = _("Tags of {number}").format(number=old.number)
    said = _("The tags of {number} are changed.").format(number=old.number)
    return FormScreen(
        Form("entry.tags", title, fields, save, values, old.head.id, old.head.version,
             lambda _entry: said, lambda _entry: None, FEATURE)
    )  # fmt: skip


def _fields(session: Session, used: Known) -> list[Field]:
    def payees(start: str) -> list[Suggestion]:
        return [Suggestion(payee) for payee in repeating.payees(session, start)]

    tags, links = mark_fields(used)

    return [
        Field("date", N_("Date"), "date", required=True, hint=N_("today, fri, +3d, 31/12 …")),
        Field("payee", N_("Payee"), suggest=payees),
        Field("description", N_("Description")),
        Field("code", N_("Code"), hint=N_("Such as the number of a voucher.")),
        Field(entering.LINES, N_("Lines"), "long", required=True,
              hint=N_("enter goes on   = what is missing   ; tags   ^d deletes")),
        tags,
        links,
        Field("comment", N_("Note")),
    ]  # fmt: skip


def new_form(
    session: Session, choices: Choices, saved: Callable[[JournalEntry], None]
) -> EntryFormScreen:
    """Return the form of a new entry, dated today."""
    today = session.now().astimezone(session.zone).date()
    return _entry_form(
        session, choices, _("New entry"), {"date": today}, saved=saved, old=None, about="entry.new"
    )


def edit_form(session: Session, choices: Choices, old: JournalEntry) -> EntryFormScreen:
    """Return the form of a draft."""
    head = old.head
    values: dict[str, object] = {
        "date": head.dated, "payee": head.payee, "description": head.description,
        "code": head.code, "comment": head.comment,
        "tags": tagging.texts(old.written.tags), "links": old.written.links,
        entering.LINES: "\n".join(line.text for line in repeating.lines_of(old)),
    }  # fmt: skip
    title = _("Edit {number}").format(number=old.number)
    return _entry_form(session, choices, title, values, old=old, about="entry.edit")


def _entry_form(
    session: Session,
    choices: Choices,
    title: str,
    values: Mapping[str, object],
    *,
    about: str,
    old: JournalEntry | None,
    saved: Callable[[JournalEntry], None] = lambda _entry: None,
) -> EntryFormScreen:
    made: list[EntryFormScreen] = []
    over: list[str] = []

    def save(changed: Mapping[str, object], version: int) -> JournalEntry:
        wanted = {**values, **changed}
        entry = entering.save(session, wanted, old, version, post=made[0].posts)
        over[:] = budget_hints.of(session, [entry])
        return entry

    def said(entry: JournalEntry) -> str:
        words = _("{number} is posted.") if entry.head.state == "posted" else _(
            "{number} is kept as a draft.")  # fmt: skip
        return " ".join([words.format(number=entry.number), *over])

    record, version = (old.head.id, old.head.version) if old else (0, 0)
    form = Form(
        about,
        title,
        _fields(session, choices.used),
        save,
        values,
        record,
        version,
        said,
        saved,
        FEATURE,
    )
    made.append(EntryFormScreen(form, choices))
    return made[0]


def reverse_form(
    session: Session, old: JournalEntry, saved: Callable[[JournalEntry], None]
) -> FormScreen:
    """Return the form that asks for day and reason of a reversal."""
    today = session.now().astimezone(session.zone).date()
    fields = [
        Field("date", N_("Date"), "date", required=True, hint=N_("today, fri, +3d, 31/12 …")),
        Field("reason", N_("Reason"), required=True),
    ]

    def save(given: Mapping[str, object], _version: int) -> JournalEntry:
        day = given["date"]
        if not isinstance(day, date):
            raise InvalidChangeError("date", _("is needed"))
        return entries.reverse(session, old, dated=day, reason=str(given["reason"]))

    def said(entry: JournalEntry) -> str:
        waits = _("{number} would reverse {old}; it waits for an approval.")
        words = waits if entry.state == "draft" else _("{number} reverses {old}.")
        return words.format(number=entry.number, old=old.number)

    title = _("Reverse {number}").format(number=old.number)
    values = {"date": max(today, old.head.dated)}
    return FormScreen(
        Form(draft_of("entry.reverse", old.head.id), title, fields, save, values, said=said,
             saved=saved, feature=FEATURE)
    )  # fmt: skip
