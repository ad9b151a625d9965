"""What people and organisations look like: kinds, ways to reach them, a card to read."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from boconsole.contacts import reaching, words
from boconsole.contacts.reading import (
    Card,
    OrganisationLine,
    OrganisationRow,
    PersonLine,
    PersonRow,
)
from boconsole.language import N_, _
from boconsole.session import Session
from screens.cells import Cell, fit, moment, safe, safe_block
from screens.prose import markdown, toned, wrapped

LABEL, SHOWN_NOTES = 16, 3
KIND_LETTERS = {"customer": "C", "partner": "P", "supplier": "S", "own": "O"}
FIELD_TITLES = {
    "name": N_("Name"), "organisation": N_("Organisation"), "title": N_("Position"),
    "email": N_("Mail"), "phone": N_("Telephone"), "vip": N_("VIP"), "tags": N_("Tags"),
    "language": N_("Language"), "support_note": N_("Support note"), "kind": N_("Kind"),
    "domain": N_("Mail domain"), "website": N_("Website"), "country": N_("Country"),
    "address": N_("Billing address"), "tax_number": N_("Tax number"),
    "parent": N_("Belongs to"), "manager": N_("Account manager"), "currency": N_("Currency"),
    "payment_days": N_("Payment days"),
}  # fmt: skip
"""What the fields are called, in forms and on cards."""


def mark(line: PersonLine | OrganisationLine) -> Cell:
    """Return `V` for somebody very important, `A` for an archived one."""
    if line.archived:
        return Cell("A", "muted")
    return Cell("V", "warn") if line.vip else Cell("")


def kind(line: OrganisationLine) -> Cell:
    """Return letter and word of a kind: `S supplier`."""
    return Cell(f"{KIND_LETTERS[line.kind]} {_(words.KINDS[line.kind])}")


def state(card: Card) -> Cell:
    """Return what is to be known before all else; empty where there is nothing."""
    row = card.row
    if card.into:
        return Cell(_("merged into {into}").format(into=safe(card.into)), "warn")
    if isinstance(row, PersonRow) and row.forgotten_at:
        return Cell(_("forgotten for good"), "muted")
    if row.archived_at:
        return Cell(_("archived"), "muted")
    return Cell(_("VIP"), "warn") if row.vip else Cell("")


def picture(card: Card, room: int, session: Session) -> list[Content]:
    """Return a card to read: what is known, then addresses and the newest note."""
    lines = wrapped(toned((f"{card.number} {safe(card.row.name)}", "strong")), room)
    for label, cell in _facts(card, session):
        if cell.text:
            first = toned((fit(_(label), LABEL), "muted"))
            for part in cell.text.split("\n"):
                lines += wrapped(toned(Cell(part, cell.tone)), room, first, " " * LABEL)
                first = Content(" " * LABEL)
    return lines


def beside(card: Card, room: int, session: Session) -> list[Content]:
    """Return a card beside a list: what is known, and the newest notes."""
    lines = picture(card, room, session)
    if card.notes:
        newest = card._replace(notes=card.notes[:SHOWN_NOTES])
        lines += [Content(""), *notes(newest, room, session)]
    return lines


def _facts(card: Card, session: Session) -> Iterator[tuple[str, Cell]]:
    row = card.row
    yield N_("State"), state(card)
    if isinstance(row, PersonRow):
        yield FIELD_TITLES["organisation"], Cell(safe(row.organisation))
        yield FIELD_TITLES["title"], Cell(safe(row.title))
    else:
        yield FIELD_TITLES["kind"], Cell(_(words.KINDS[row.kind]))
        yield FIELD_TITLES["parent"], Cell(safe(row.parent))
        below = ", ".join(name for _id, name in card.below)
        yield N_("Has below it"), Cell(safe(below))
        yield FIELD_TITLES["manager"], Cell(safe(row.manager))
    yield FIELD_TITLES["support_note"], Cell(safe_block(row.support_note), "info")
    yield FIELD_TITLES["email"], Cell(safe(row.email))
    yield FIELD_TITLES["phone"], Cell(_number(row.phone, row.words))
    for each in card.channels:
        text = _number(each.value, each.words) if each.kind in words.NUMBERED else safe(each.value)
        label = f" ({safe(each.label)})" if each.label else ""
        yield _(words.CHANNELS[each.kind]).capitalize(), Cell(f"{text}{label}")
    if isinstance(row, OrganisationRow):
        yield from _of_organisation(row)
    for address in card.addresses:
        yield _(words.PURPOSES[address.purpose]).capitalize(), Cell(safe_block(address.text))
    yield FIELD_TITLES["tags"], Cell(safe(", ".join(card.tags)))
    yield FIELD_TITLES["language"], Cell(safe(row.language))
    added = moment(row.created_at.astimezone(session.zone))
    yield N_("Added"), Cell(added, "muted")


def _of_organisation(row: OrganisationRow) -> Iterator[tuple[str, Cell]]:
    yield FIELD_TITLES["domain"], Cell(safe(row.domain))
    yield FIELD_TITLES["website"], Cell(safe(row.website))
    yield FIELD_TITLES["address"], Cell(safe_block(row.address))
    yield FIELD_TITLES["country"], Cell(safe(row.country))
    yield FIELD_TITLES["tax_number"], Cell(safe(row.tax_number))
    yield FIELD_TITLES["currency"], Cell(safe(row.currency))
    days = "" if row.payment_days is None else str(row.payment_days)
    yield FIELD_TITLES["payment_days"], Cell(days)


def _number(stored: str, spelled: str) -> str:
    """Return a number as it is written abroad, and in its country."""
    national = reaching.national(spelled)
    shown = safe(reaching.international(stored, spelled))
    at_home = _("at home")
    return f"{shown}   {at_home} {safe(national)}" if national else shown


def notes(card: Card, room: int, session: Session) -> list[Content]:
    """Return the notes of a card, the newest first."""
    lines: list[Content] = []
    for note in card.notes:
        at = moment(note.at.astimezone(session.zone))
        lines += [toned((f"{at}  {safe(note.user)}", "muted")), *markdown(note.body, room, "  ")]
        lines.append(Content(""))
    return lines or [toned((_("Nothing is noted yet; c writes a note."), "muted"))]
