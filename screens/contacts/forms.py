"""The forms of people and organisations, and of what belongs to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from boconsole.contacts import changing, reading, words
from boconsole.contacts.changing import Ref
from boconsole.contacts.fields import FIELDS, Row, values_of
from boconsole.contacts.reading import Card
from boconsole.contacts.words import Kind
from boconsole.language import N_, _
from boconsole.session import Session
from screens.contacts.facts import FIELD_TITLES
from screens.entries import Field, Suggestion
from screens.forms import Form, FormScreen, draft_of

HINTS = {
    "email": N_("The key by which who asks is found; more addresses: + on the page."),
    "phone": N_("With its country code, or of the organisation's country."),
    "support_note": N_("Shown when a ticket of theirs is opened."),
    "domain": N_("Mails from there belong to it; such as example.com."),
    "country": N_("Two letters, such as ID; numbers without a code are of there."),
    "address": N_("As documents print it; \\n begins a line."),
    "payment_days": N_("Agreed with them; invoices do not take it by themselves."),
    "manager": N_("The account that looks after it."),
    "tags": N_("With commas between."),
}  # fmt: skip

FIRST = {"name": 0, "kind": 1, "email": 2, "phone": 3}
"""What is typed first: the name, and how whoever it is will be found."""


def _fields(session: Session, kind: Kind) -> list[Field]:
    """Return the fields of a kind."""
    suggestions: dict[str, Callable[[str], list[Suggestion]]] = {
        "organisation": partial(_names, session), "parent": partial(_names, session),
        "manager": partial(_logins, session), "tags": partial(_tags, session),
    }  # fmt: skip
    kinds = {"organisation": "lookup", "parent": "lookup", "manager": "lookup", "vip": "switch",
             "tags": "tags", "support_note": "long", "kind": "choice"}  # fmt: skip
    return [
        Field(
            name, FIELD_TITLES[name], kinds.get(name, "text"),  # type: ignore[arg-type]  # of these
            required=name in ("name", "kind"), hint=HINTS.get(name, ""),
            choices=list(words.KINDS.items()) if name == "kind" else (),
            suggest=suggestions.get(name),
        )
        for name in sorted(FIELDS[kind], key=lambda each: FIRST.get(each, len(FIRST)))
    ]  # fmt: skip


def _names(session: Session, start: str) -> list[Suggestion]:
    return [Suggestion(name) for name in reading.names_from(session, "organisation", start)]


def _logins(session: Session, start: str) -> list[Suggestion]:
    return [Suggestion(login) for login in reading.logins_from(session, start)]


def _tags(session: Session, start: str) -> list[Suggestion]:
    return [Suggestion(name) for name in reading.tags_from(session, start)]


def new_form(
    session: Session, kind: Kind, saved: Callable[[Row], None], values: Mapping[str, object] = {}
) -> FormScreen:
    """Return the form of a new person or organisation."""

    def save(given: Mapping[str, object], _version: int) -> Row:
        return changing.add(session, kind, given)

    title = _("New person") if kind == "contact" else _("New organisation")
    first = {"kind": "customer"} if kind == "organisation" else {}
    return FormScreen(
        Form(draft_of(f"{kind}.new", *values.values()), title, _fields(session, kind), save,
             {**first, **values},
             said=lambda row: _("{number} {name} is added.").format(
                 number=words.number(kind, row.id), name=row.name),
             saved=saved, feature=kind)
    )  # fmt: skip


def edit_form(session: Session, card: Card, saved: Callable[[object], None]) -> FormScreen:
    """Return the form of one that is there."""
    kind, row = card.kind, card.row

    def save(given: Mapping[str, object], version: int) -> Row:
        return changing.edit(session, kind, Ref(row.id, version), given)

    return FormScreen(
        Form(f"{kind}.edit", f"{card.number} {row.name}", _fields(session, kind), save,
             values_of(row, card.tags), row.id, row.version,
             _("{number} changed; u undoes it.").format(number=card.number), saved, kind)
    )  # fmt: skip


def channel_form(session: Session, card: Card, saved: Callable[[object], None]) -> FormScreen:
    """Return the form of a further way to reach somebody."""
    choices = [each for each in words.CHANNELS.items()
               if each[0] != "domain" or card.kind == "organisation"]  # fmt: skip
    fields = [
        Field("kind", N_("Way"), "choice", required=True, choices=choices),
        Field("value", N_("Value"), required=True),
        Field("label", N_("What it is for"), hint=N_("Such as: switchboard, on call.")),
    ]

    def save(given: Mapping[str, object], _version: int) -> int:
        return changing.add_channel(
            session, card.kind, Ref(card.row.id), str(given["kind"]), str(given["value"]),
            str(given.get("label") or ""),
        )  # fmt: skip

    title = _("Reach {name}").format(name=card.row.name)
    return _part_form(card, "channel", title, fields, save, {"kind": "mail"}, saved)


def address_form(session: Session, card: Card, saved: Callable[[object], None]) -> FormScreen:
    """Return the form of a postal address."""
    fields = [
        Field("purpose", N_("Purpose"), "choice", required=True,
              choices=list(words.PURPOSES.items())),
        Field("address", N_("Address"), "long", required=True),
    ]  # fmt: skip

    def save(given: Mapping[str, object], _version: int) -> int:
        return changing.add_address(
            session, card.kind, Ref(card.row.id), str(given["purpose"]), str(given["address"])
        )

    title = _("Address of {name}").format(name=card.row.name)
    return _part_form(card, "address", title, fields, save, {"purpose": "billing"}, saved)


def note_form(session: Session, card: Card, saved: Callable[[object], None]) -> FormScreen:
    """Return the form of a note."""
    fields = [Field("note", N_("Note"), "long", required=True)]

    def save(given: Mapping[str, object], _version: int) -> int:
        return changing.add_note(session, card.kind, Ref(card.row.id), str(given["note"]))

    title = _("Note about {name}").format(name=card.row.name)
    return _part_form(card, "note", title, fields, save, {}, saved)


def _part_form(
    card: Card, part: str, title: str, fields: list[Field],
    save: Callable[[Mapping[str, object], int], int], values: Mapping[str, object],
    saved: Callable[[object], None],
) -> FormScreen:  # fmt: skip
    return FormScreen(
        Form(draft_of(f"{card.kind}.{part}", card.row.id), title, fields, save, values,
             said=_("{number} changed.").format(number=card.number), saved=saved,
             feature=card.kind)
    )  # fmt: skip
