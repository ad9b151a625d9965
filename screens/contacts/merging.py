"""Merging two people or organisations: which one stays, then field by field what stays of both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from boconsole.contacts import merging, reading, words
from boconsole.contacts.changing import Ref
from boconsole.contacts.errors import ContactMergeError
from boconsole.contacts.merging import Preview, Side
from boconsole.contacts.reading import Card
from boconsole.contacts.words import Kind
from boconsole.language import N_, _, ngettext
from boconsole.session import Session
from screens.cells import fit, safe
from screens.contacts.facts import FIELD_TITLES
from screens.dialogs import ConfirmDialog
from screens.entries import Field, Suggestion
from screens.forms import Form, FormScreen, draft_of
from screens.shell import ShellScreen

STAYS, GOES = "stays", "goes"
WIDEST = 22


def ask_target(screen: ShellScreen, card: Card, saved: Callable[[object], None]) -> None:
    """Ask which one stays."""
    session = screen.session

    def suggest(start: str) -> list[Suggestion]:
        return [
            Suggestion(words.number(card.kind, row.id), _about(row))
            for row in reading.list_page(session, card.kind, _query(start), limit=6).rows
            if row.id != card.row.id
        ]

    def find(given: Mapping[str, object], _version: int) -> Preview:
        stays = reading.find(session, card.kind, str(given["into"]))
        return merging.preview(session, card.kind, card.row.id, stays)

    fields = [Field("into", N_("Merge into"), "lookup", required=True, suggest=suggest,
                    hint=N_("A number, mail address or name: that one stays."))]  # fmt: skip
    title = _("Merge {number} {name}").format(number=card.number, name=card.row.name)
    form = Form(
        draft_of(f"{card.kind}.merge", card.row.id), title, fields, find,
        saved=lambda found: show(screen, card.kind, found, saved), feature=card.kind,
    )  # fmt: skip
    screen.app.push_screen(FormScreen(form))


def _query(start: str) -> str:
    """Return the words of what was typed, so that no mark of it is taken for a term."""
    plain = "".join(char if char.isalnum() else " " for char in start)
    return " ".join(plain.split())


def _about(row: reading.PersonLine | reading.OrganisationLine) -> str:
    more = row.email or (row.domain if isinstance(row, reading.OrganisationLine) else "")
    return f"{row.name}  {more}".strip()


def open_preview(
    screen: ShellScreen, kind: Kind, goes: int, stays: int, saved: Callable[[object], None]
) -> None:
    """Read what a merge would do and show it."""
    screen.load(
        partial(merging.preview, screen.session, kind, goes, stays),
        lambda found: show(screen, kind, found, saved), group="merge",
    )  # fmt: skip


def show(screen: ShellScreen, kind: Kind, found: Preview, saved: Callable[[object], None]) -> None:
    """Show field by field what stays, and merge once that is saved."""
    session = screen.session
    goes, stays = (words.number(kind, row.id) for row in (found.goes, found.stays))

    def merge(take: list[str]) -> int:
        return merging.merge(
            session, kind, Ref(found.goes.id, found.goes.version),
            Ref(found.stays.id, found.stays.version), take,
        )  # fmt: skip

    said = _("{goes} is part of {stays} now; u undoes it.").format(goes=goes, stays=stays)
    if not found.sides:
        question = _("Merge {goes} {name} into {stays}? {moved}").format(
            goes=goes, name=found.goes.name, stays=stays, moved=moved(found)
        )
        screen.app.push_screen(
            ConfirmDialog(question),
            lambda sure: screen.change(partial(merge, []), said=said, feature=kind, done=saved)
            if sure else None,
        )  # fmt: skip
        return

    def save(given: Mapping[str, object], _version: int) -> int:
        refused = [each.field for each in found.sides
                   if each.from_goes and given[each.field] == STAYS]  # fmt: skip
        if refused:
            raise ContactMergeError(
                _("{field} of {stays} is empty; the other one fills it.").format(
                    field=_(FIELD_TITLES[refused[0]]), stays=stays
                )
            )
        return merge([field for field, value in given.items() if value == GOES])

    title = _("{goes} into {stays}: {moved}").format(goes=goes, stays=stays, moved=moved(found))
    form = Form(
        draft_of(f"{kind}.merge", found.goes.id, found.stays.id, found.stays.version), title,
        [_choice(each, goes, stays) for each in found.sides], save,
        {each.field: GOES if each.from_goes else STAYS for each in found.sides},
        said=said, saved=saved, feature=kind,
    )  # fmt: skip
    screen.app.push_screen(FormScreen(form))


def _choice(side: Side, goes: str, stays: str) -> Field:
    """Return the field that asks which of two values stays."""
    choices = [(STAYS, _shown(side.stays, stays, side.goes)),
               (GOES, _shown(side.goes, goes, side.stays))]  # fmt: skip
    if side.from_goes:
        choices = choices[1:]
    return Field(side.field, FIELD_TITLES[side.field], "choice", required=True, choices=choices)


def _shown(text: str, number: str, other: str) -> str:
    """Return a value with its owner, and the value that it is taken for."""
    taken, left = (
        fit(safe(each.replace("\n", ", ")), WIDEST).rstrip() for each in (text, other)
    )  # fmt: skip
    return _("{taken} ({number}), not {other}").format(
        taken=taken or _("nothing"), number=number, other=left or _("nothing")
    )


def moved(found: Preview) -> str:
    """Return how much goes along: `3 records of tickets …`."""
    counts: dict[str, int] = {}
    for name, number in found.moved:
        table = name.partition(".")[0]
        counts[table] = counts.get(table, 0) + number
    total = sum(counts.values())
    if not total:
        return _("nothing names it")
    told = ngettext("{n} record goes along", "{n} records go along", total).format(n=total)
    return f"{told} ({', '.join(sorted(counts))})".replace("_", " ")


def part(session: Session, card: Card) -> int:
    """Part a merged one again."""
    return merging.unmerge(session, card.kind, Ref(card.row.id, card.row.version))
