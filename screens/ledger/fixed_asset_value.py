"""The form of a revaluation: what it would book is shown while it is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from boconsole.errors import REFUSALS
from boconsole.fixed_assets import typing, valuing
from boconsole.fixed_assets.reading import Asset
from boconsole.fixed_assets.valuing import Plan
from boconsole.language import N_, _
from boconsole.ledger.entries import JournalEntry
from boconsole.money import to_minor
from boconsole.session import Session
from screens.cells import fit, safe
from screens.entries import Field, read
from screens.forms import Form, FormScreen, draft_of
from screens.ledger.fixed_asset_facts import FEATURE, amount
from screens.ledger.fixed_asset_forms import today, told_of
from screens.prose import block, toned, wrapped
from screens.widgets.fields import FieldRow

PAUSE = 0.15
ACCOUNT, FIGURE = 40, 22


def value_form(session: Session, asset: Asset, saved: Callable[[JournalEntry], None]) -> FormScreen:
    """Return the form of a revaluation."""
    fields = [
        Field("date", N_("Date"), "date", required=True,
              hint=N_("The last day of a month is its end, else the month counts.")),
        Field("amount", N_("Value"), required=True, hint=N_("What it is worth on that day.")),
        Field("by", N_("Valued by"), hint=N_("Who valued it, or why.")),
        Field("months", N_("Life in months"), "number", hint=N_("From the first day in use.")),
        Field("residual", N_("Residual value"), hint=N_("Empty leaves it.")),
    ]  # fmt: skip

    def save(given: Mapping[str, object], _version: int) -> JournalEntry:
        return typing.revalue(session, asset, given)

    def said(entry: JournalEntry) -> str:
        return told_of(_("{number} is revalued by {entry}."), asset.number, [entry])

    title = _("Revalue {number}, book value {value}").format(
        number=asset.number, value=amount(asset, asset.book)
    )
    values: dict[str, object] = {"date": today(session), "months": asset.row.months or ""}
    form = Form(draft_of("fixed_asset.revalue", asset.row.id), title, fields, save, values,
                said=said, saved=saved, feature=FEATURE)  # fmt: skip
    return ValueFormScreen(form, asset)


class ValueFormScreen(FormScreen):
    """A revaluation whose entry is shown while it is typed.

    Args:
        form: As of every form.
        asset: That is revalued.
    """

    CSS = "ValueFormScreen #entry { height: auto; width: 100%; padding: 0 1; margin-top: 1; }"

    def __init__(self, form: Form, asset: Asset) -> None:
        super().__init__(form)
        self._asset = asset
        self._timer: Timer | None = None

    def body(self) -> ComposeResult:
        """Yield the fields, and below them the entry."""
        yield from super().body()
        yield Static(id="entry", markup=False)

    def on_mount(self) -> None:
        """Say what will stand there."""
        self._show(_("Type the value; the entry that it makes is shown here."))

    @on(FieldRow.Edited)
    def _soon(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE, self._look)

    def _look(self) -> None:
        if not self.rows["amount"].text.strip():
            return
        typed = [(row.field, row.text) for row in self.rows.values()]

        def work() -> Plan | str:
            try:
                given = {field.name: read(field, text, self._reader) for field, text in typed}
                return typing.value_plan(self.session, self._asset, given)
            except REFUSALS as error:
                return str(error)

        self.load(work, self._show, group="entry")

    def _show(self, found: Plan | str) -> None:
        room = max(self.size.width - 2, 30)
        lines = [toned((safe(found), "muted"))] if isinstance(found, str) else planned(found)
        told = [part for line in lines for part in wrapped(line, room)]
        self.query_one("#entry", Static).update(block(told))


def planned(plan: Plan) -> list[Content]:
    """Return the entry of a revaluation, and what else is to be known."""
    row = plan.asset.row
    lines = []
    for line in plan.lines:
        minor = to_minor(line.number, row.commodity, row.precision)
        figure = amount(plan.asset, minor).rjust(FIGURE)
        lines.append(toned((fit(safe(line.account), ACCOUNT), ""), (figure, "strong")))
    if plan.others:
        told = _(
            "IAS 16.36 wants the whole class {name} revalued; still at other values: {others}."
        )
        lines.append(toned((told.format(name=safe(plan.group.name),
                                        others=valuing.names(plan.others)), "warn")))  # fmt: skip
    return lines
