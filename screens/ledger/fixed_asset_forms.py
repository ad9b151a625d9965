"""The forms of fixed assets: bought, estimated anew, sold or scrapped, taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from boconsole.errors import InvalidChangeError
from boconsole.fixed_assets import booking, classes, typing
from boconsole.fixed_assets.reading import Asset
from boconsole.language import N_, _
from boconsole.ledger.checking import number_of_entry
from boconsole.ledger.entries import JournalEntry
from boconsole.session import Session
from screens.entries import Field, Suggestion
from screens.forms import Form, FormScreen, draft_of
from screens.ledger.fixed_asset_facts import FEATURE, amount
from screens.shell import ShellScreen

DAY_HINT = N_("today, fri, +3d, 31/12 …")


def open_new(screen: ShellScreen, saved: Callable[[Asset], None]) -> None:
    """Read the classes and show the form of a new asset."""
    session = screen.session

    def show(names: Sequence[str]) -> None:
        if names:
            screen.app.push_screen(_new_form(session, names, saved))
        else:
            told = _("There is no class yet; add one with: boconsole ledger assets class --help")
            screen.app.say(told, "warning")

    def read() -> list[str]:
        return [row.name for row in classes.classes(session)]

    screen.load(read, show, group="ask")


def _accounts(session: Session, start: str) -> list[Suggestion]:
    return [Suggestion(path) for path in typing.account_paths(session, start)]


def today(session: Session) -> date:
    """Return the day where the person is."""
    return session.now().astimezone(session.zone).date()


def _new_form(session: Session, names: Sequence[str], saved: Callable[[Asset], None]) -> FormScreen:
    fields = [
        Field("name", N_("Name"), required=True),
        Field("asset_class", N_("Class"), "choice", required=True,
              choices=[(name, name) for name in names]),
        Field("acquired_on", N_("Acquired"), "date", required=True, hint=DAY_HINT),
        Field("cost", N_("Cost"), hint=N_("Such as 4800 USD; empty takes all of the entry.")),
        Field("against", N_("Paid from"), suggest=partial(_accounts, session),
              hint=N_("The account that an entry is posted against.")),
        Field("entry", N_("Or entry"), hint=N_("A posted one that has it, as of a bill.")),
        Field("booked", N_("Or booked"), "switch", hint=N_("The books had it before.")),
        Field("in_use_on", N_("In use"), "date", hint=N_("From when it wears off.")),
        Field("residual", N_("Residual value")),
        Field("months", N_("Life in months"), "number", hint=N_("Empty takes that of the class.")),
        Field("accumulated", N_("Depreciated"), hint=N_("What wore off before the register.")),
        Field("through", N_("Through"), "date", hint=N_("The last day of that.")),
        Field("note", N_("Note")),
    ]  # fmt: skip

    def save(given: Mapping[str, object], _version: int) -> Asset:
        return typing.acquire(session, given)

    def said(asset: Asset) -> str:
        told = _("{number} {name} is in the register.")
        if asset.row.waiting:
            told = _("{number} {name} waits for the approval of its entry by a colleague.")
        return told.format(number=asset.number, name=asset.row.name)

    values: dict[str, object] = {"asset_class": names[0], "acquired_on": today(session)}
    return FormScreen(
        Form("fixed_asset.new", _("New fixed asset"), fields, save, values, said=said, saved=saved,
             feature=FEATURE)
    )  # fmt: skip


def change_form(session: Session, asset: Asset, saved: Callable[[Asset], None]) -> FormScreen:
    """Return the form of new estimates."""
    row = asset.row
    fields = [
        Field("date", N_("Date"), "date", required=True,
              hint=N_("Counts from its month; what came before has to be depreciated.")),
        Field("months", N_("Life in months"), "number", hint=N_("From the first day in use.")),
        Field("residual", N_("Residual value"), hint=N_("Empty leaves it.")),
        Field("write_down", N_("Write down"), hint=N_("What is lost at once.")),
        Field("write_back", N_("Write back"), hint=N_("What of that is there again.")),
        Field("reason", N_("Reason"), required=True),
    ]  # fmt: skip

    def save(given: Mapping[str, object], _version: int) -> Asset:
        return typing.change(session, asset, given)

    def said(done: Asset) -> str:
        told = _("{number} has new estimates.")
        if done.row.waiting:
            told = _("{number} stays as it is until a colleague has approved {entry}.")
        entry = number_of_entry(done.row.waiting) if done.row.waiting else ""
        return told.format(number=done.number, entry=entry)

    values: dict[str, object] = {"date": today(session), "months": row.months}
    return FormScreen(
        Form(draft_of("fixed_asset.edit", asset.row.id),
             _("Estimates of {number}").format(number=asset.number), fields, save, values,
             said=said, saved=saved, feature=FEATURE)
    )  # fmt: skip


def dispose_form(
    session: Session, asset: Asset, saved: Callable[[list[JournalEntry]], None]
) -> FormScreen:
    """Return the form of an asset that goes."""
    fields = [
        Field("date", N_("Date"), "date", required=True,
              hint=N_("It is depreciated up to here first.")),
        Field("proceeds", N_("Price"), hint=N_("Without tax; empty scraps it.")),
        Field("to", N_("Paid to"), suggest=partial(_accounts, session),
              hint=N_("Cash, or a receivable of the class investing.")),
        Field("reason", N_("Reason")),
    ]  # fmt: skip

    def save(given: Mapping[str, object], _version: int) -> list[JournalEntry]:
        return typing.dispose(session, asset, given)

    def said(done: list[JournalEntry]) -> str:
        return told_of(_("{number} is disposed of by {entry}."), asset.number, done)

    title = _("Dispose of {number}, book value {value}").format(
        number=asset.number, value=amount(asset, asset.book)
    )
    values: dict[str, object] = {"date": today(session)}
    return FormScreen(
        Form(draft_of("fixed_asset.dispose", asset.row.id), title, fields, save, values, said=said,
             saved=saved, feature=FEATURE)
    )  # fmt: skip


def reverse_form(
    session: Session, number: str, saved: Callable[[list[JournalEntry]], None]
) -> FormScreen:
    """Return the form that asks for day and reason of taking an entry back."""
    fields = [
        Field("date", N_("Date"), "date", required=True, hint=DAY_HINT),
        Field("reason", N_("Reason"), required=True,
              hint=N_("For every asset of the entry a reversal is posted.")),
    ]  # fmt: skip

    def save(given: Mapping[str, object], _version: int) -> list[JournalEntry]:
        day = given.get("date")
        if not isinstance(day, date):
            raise InvalidChangeError("date", _("is needed"))
        return booking.reverse(session, number, reason=str(given.get("reason")), dated=day)

    def said(done: list[JournalEntry]) -> str:
        return told_of(_("{number} is taken back by {entry}."), number, done)

    values: dict[str, object] = {"date": today(session)}
    return FormScreen(
        Form(draft_of("fixed_asset.reverse", number), _("Take back {number}").format(number=number),
             fields, save, values, said=said, saved=saved, feature=FEATURE)
    )  # fmt: skip


def told_of(sentence: str, number: str, done: Sequence[JournalEntry]) -> str:
    """Return what was done, and which drafts wait for an approval."""
    told = sentence.format(number=number, entry=done[-1].number)
    drafts = ", ".join(entry.number for entry in done if entry.state == "draft")
    waits = _("{entries} wait for the approval of a colleague.")
    return f"{told} {waits.format(entries=drafts)}" if drafts else told
