"""The forms of tickets: a new one, an edit of one or of many, a reply or a note.

Field names are those of `boconsole.tickets.fields`, so a refused field finds its row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from textual import on

from boconsole.language import N_, _
from boconsole.session import Session
from boconsole.tickets import changing, choosing, creating, templates
from boconsole.tickets.choosing import Choosable, CustomField
from boconsole.tickets.fields import FIELDS as KNOWN
from boconsole.tickets.rows import Done, NewTicket, Ref, TicketRow, Versioned
from boconsole.tickets.templates import Template
from boconsole.tickets.words import LEVELS, PRIORITIES, priority_of
from screens.cells import PRIORITIES as LOOKS
from screens.cells import priority_word
from screens.entries import Field, Kind, Suggestion
from screens.forms import Form, FormScreen, draft_of
from screens.ticket_facts import FEATURE, KINDS, number, told_of
from screens.ticket_facts import LEVELS as LEVEL_WORDS
from screens.widgets.fields import FieldRow

PUBLIC, INTERNAL = "public", "internal"
TYPES: Mapping[str, Kind] = {"number": "number", "date": "date", "choice": "choice"}
ABOUT = 60


class Choices(NamedTuple):
    """What the forms offer, read once when one opens."""

    queues: Sequence[str]
    custom: Sequence[CustomField]
    templates: Sequence[Template]


def read_choices(session: Session) -> Choices:
    """Return what the forms offer; blocks."""
    return Choices(
        choosing.queues(session), choosing.custom_fields(session), templates.list_all(session)
    )


def _suggest(
    find: Callable[[Session, str], Sequence[Choosable]], session: Session
) -> Callable[[str], list[Suggestion]]:
    return lambda start: [Suggestion(*one) for one in find(session, start)]


def _fields(session: Session, choices: Choices) -> dict[str, Field]:
    """Return every field that more than one form has, by name."""
    levels = [(word, LEVEL_WORDS[word]) for word in LEVELS]
    ranks = [(word, LOOKS[place].word) for place, word in enumerate(PRIORITIES, 1)]
    people = _suggest(choosing.accounts, session)
    every = (
        Field("subject", N_("Subject"), required=True),
        Field("requester", N_("Requester"), "lookup",
              hint=N_("Name or mail address; a new address makes a contact."),
              suggest=_suggest(choosing.contacts, session)),
        Field("organisation", N_("Organisation"), "lookup",
              suggest=_suggest(choosing.organisations, session)),
        Field("kind", N_("Kind"), "choice", choices=tuple(KINDS.items())),
        Field("impact", N_("Impact"), "choice", choices=levels),
        Field("urgency", N_("Urgency"), "choice", choices=levels),
        Field("priority", N_("Priority"), "choice",
              choices=(("", N_("from impact and urgency")), *ranks)),
        Field("priority_reason", N_("Why this priority"),
              hint=N_("Needed when it differs from impact and urgency.")),
        Field("queue", N_("Queue"), "choice",
              choices=(("", N_("none")), *((name, name) for name in choices.queues))),
        Field("assignee", N_("Assignee"), "lookup", suggest=people,
              hint=N_("A login, or me; empty for nobody.")),
        Field("category", N_("Category"), "lookup",
              suggest=_suggest(choosing.categories, session)),
        Field("tags", N_("Tags"), "tags", suggest=_suggest(choosing.tags, session),
              hint=N_("Words with commas between them.")),
        Field("due", N_("Due"), "moment", hint=N_("+3d, fri 14:00, 31/12, 2026-05-31 …")),
        Field("watchers", N_("Watchers"), "tags", suggest=people,
              hint=N_("Logins with commas between them.")),
        Field("wake", N_("Opens again"), "moment", hint=N_("When a pending one opens by itself.")),
        Field("minutes_spent", N_("Time spent"), "duration", hint=N_("45m, 1h 30m or 1:30")),
        Field("resolution", N_("Result")),
        Field("rating", N_("Rating"), "choice",
              choices=(("", N_("none")), *((str(mark), str(mark)) for mark in range(1, 6)))),
    )  # fmt: skip
    return {field.name: field for field in every}


def _custom(custom: CustomField) -> Field:
    options = tuple((option, option) for option in custom.choices)
    choices = (("", N_("none")), *options) if custom.type == "choice" else ()
    return Field(f"cf.{custom.name}", custom.label, TYPES.get(custom.type, "text"), choices=choices)


class TicketFormScreen(FormScreen):
    """A form of a ticket: shows what priority impact and urgency make, and the kind's fields.

    Args:
        form: What it is about.
        custom: The organisation's own fields, of which those of the chosen kind are shown.
    """

    def __init__(self, form: Form, custom: Sequence[CustomField] = ()) -> None:
        super().__init__(form)
        self._kinds = {f"cf.{one.name}": one.kind for one in custom}

    def on_mount(self) -> None:
        """Show what follows from the values at first."""
        self.call_after_refresh(self._follow)

    @on(FieldRow.Edited)
    def _follow_edits(self, event: FieldRow.Edited) -> None:
        if event.row.field.name in ("kind", "impact", "urgency", "priority"):
            self.call_later(self._follow)

    def _follow(self) -> None:
        rows = self.rows
        if "kind" in rows:
            for name, kind in self._kinds.items():
                rows[name].display = kind in ("", rows["kind"].text)
        if not {"impact", "urgency", "priority"} <= rows.keys():
            return
        levels = rows["impact"].text, rows["urgency"].text
        if not all(level in LEVELS for level in levels):
            return
        rank = priority_of(*(LEVELS.index(level) + 1 for level in levels))
        result = _("priority {word}").format(word=priority_word(rank).text)
        for name in ("impact", "urgency"):
            rows[name].show_hint(result)
        if not rows["priority"].text:
            rows["priority"].show_hint(result)
        differs = rows["priority"].text not in ("", PRIORITIES[rank - 1])
        rows["priority_reason"].display = differs or bool(rows["priority_reason"].text)


def new_form(
    session: Session,
    choices: Choices,
    template: Template | None = None,
    saved: Callable[[TicketRow], None] = lambda _row: None,
    about: Sequence[int] = (),
) -> TicketFormScreen:
    """Return the form of a new ticket.

    Args:
        session: Who makes it.
        choices: What its fields can be.
        template: Whose values it begins with.
        saved: Called with the ticket.
        about: The assets that it is about.
    """
    from screens.ticket_new import NewTicketScreen

    linked: list[int] = []
    known = _fields(session, choices)
    names = (
        "subject", "requester", "kind", "impact", "urgency", "priority", "priority_reason",
        "queue", "assignee", "category", "tags", "due",
    )  # fmt: skip
    fields = [known[name] for name in names]
    fields.append(Field("body", N_("Text"), "long", hint=N_("Markdown; ctrl+e opens the editor.")))
    fields += [_custom(custom) for custom in choices.custom]
    values: dict[str, object] = {"kind": "incident", "impact": "medium", "urgency": "medium"}
    values |= dict(template.fields) if template else {}
    make = partial(_create, session, choices.custom, linked)

    def make_about(given: Mapping[str, object], version: int) -> TicketRow:
        from boconsole.assets import ticketing

        return ticketing.make_about(session, lambda: make(given, version), about)

    form = Form(
        draft_of("ticket.new", *about),
        _("New ticket"),
        fields,
        make_about if about else make,
        values,
        said=lambda row: _("{number} made.").format(number=number(row.id)),
        saved=saved,
        feature=FEATURE,
    )
    return NewTicketScreen(form, choices.custom, linked)


def _create(
    session: Session,
    custom: Sequence[CustomField],
    linked: Sequence[int],
    values: Mapping[str, object],
    _version: int,
) -> TicketRow:
    others = {f"cf.{one.name}" for one in custom if one.kind not in ("", values["kind"])}
    given = {
        name: value
        for name, value in values.items()
        if value not in (None, "", ()) and name not in others
    }
    subject, body = str(given.pop("subject", "")), str(given.pop("body", ""))
    if not linked:
        return creating.create(session, NewTicket(subject, body, given))
    from boconsole.knowledge import using

    return using.create_ticket(session, NewTicket(subject, body, given), linked)


def edit_form(session: Session, choices: Choices, row: TicketRow) -> TicketFormScreen:
    """Return the form of every field of a ticket."""
    fields = [*_fields(session, choices).values(), *(_custom(one) for one in choices.custom)]
    values: dict[str, object] = {
        **{name: getattr(row, name) for name in KNOWN if name in TicketRow._fields},
        **{f"cf.{name}": value for name, value in row.custom.items()},
        "due": row.due_at,
        "wake": row.wake_at,
        "priority": row.priority if row.priority_reason else "",
        "rating": row.rating or "",
    }
    form = Form(
        "ticket.edit",
        _("Edit {number}").format(number=number(row.id)),
        fields,
        lambda changed, version: changing.edit(session, [Ref(row.id, version)], changed),
        values,
        row.id,
        row.version,
        said=_("{number} saved.").format(number=number(row.id)),
        feature=FEATURE,
    )
    return TicketFormScreen(form, choices.custom)


def bulk_form(
    session: Session, choices: Choices, seen: Sequence[Versioned], done: Callable[[Any], None]
) -> FormScreen:
    """Return a form that changes what is typed in it on all of some tickets, as one operation."""
    known = _fields(session, choices)
    names = ("kind", "impact", "urgency", "queue", "assignee", "category", "tags", "due")
    fields = [_optional(known[name]) for name in names]
    fields.append(Field("note", N_("Note"), "long", hint=N_("An internal note for each of them.")))

    def save(values: Mapping[str, object], _version: int) -> Done:
        given = {name: value for name, value in values.items() if value not in (None, "", ())}
        return changing.edit(session, seen, given)

    return FormScreen(
        Form(draft_of("ticket.bulk", *(one.id for one in seen)),
             _("Edit {count} tickets").format(count=len(seen)), fields, save,
             said=partial(told_of, seen), saved=done, feature=FEATURE)
    )  # fmt: skip


def _optional(field: Field) -> Field:
    hint = N_("+word adds, -word takes away.") if field.name == "tags" else field.hint
    choices = field.choices and (("", N_("unchanged")), *(one for one in field.choices if one[0]))
    return Field(field.name, field.label, field.kind, hint=hint, choices=choices,
                 suggest=field.suggest)  # fmt: skip
