"""What happens to tickets by itself or by one key: macros, templates, recurrences, triggers."""

from __future__ import annotations

from datetime import date

from boconsole.language import N_, _
from boconsole.session import Session
from boconsole.tickets import macros, overview, templates, triggering
from boconsole.tickets.triggering import EVENTS
from screens.admin.parts import (
    CHANGES,
    NAME,
    Item,
    Part,
    Values,
    people,
    read_pairs,
    retire,
    told,
    write_pairs,
)
from screens.entries import Field

EVENT_WORDS = {"create": N_("made"), "update": N_("changed")}
"""Of `boconsole.tickets.triggering.EVENTS`."""


def _macros(session: Session) -> list[Item]:
    return [
        Item(
            one.name,
            " · ".join(filter(None, (one.reply.replace("\n", " ")[:60], told(one.changes)))),
            {**one._asdict(), "changes": write_pairs(one.changes)},
        )
        for one in macros.list_all(session)
    ]


def _macro_fields(_session: Session) -> list[Field]:
    hint = _("Placeholders: {words}").format(words=" ".join(macros.PLACEHOLDERS))
    return [
        NAME,
        Field("reply", N_("Text"), "long", hint=hint),
        Field("internal", N_("Internal note"), "switch"),
        CHANGES,
    ]


def _save_macro(session: Session, values: Values) -> object:
    return macros.save(
        session, str(values["name"]), str(values["reply"]), read_pairs(values["changes"]),
        internal=bool(values["internal"]),
    )  # fmt: skip


def _triggers(session: Session) -> list[Item]:
    return [
        Item(
            one.name,
            _("when {event}: {condition} → {changes}").format(
                event=_(EVENT_WORDS[one.event]), condition=one.condition or _("every ticket"),
                changes=" · ".join(filter(None, (
                    told(one.changes), one.notify and _("tell {who}").format(who=one.notify)))),
            ),
            {**one._asdict(), "changes": write_pairs(one.changes)},
        )
        for one in overview.triggers(session)
    ]  # fmt: skip


def _trigger_fields(session: Session) -> list[Field]:
    return [
        NAME,
        Field("event", N_("When a ticket is"), "choice",
              choices=tuple(EVENT_WORDS.items())),
        Field("condition", N_("And matches"), hint=N_("A query; empty for every ticket.")),
        CHANGES,
        Field("notify", N_("Tell"), "lookup", suggest=people(session),
              hint=N_("assignee, watchers, queue or a login; empty for nobody.")),
        Field("position", N_("Place"), "number", hint=N_("The lowest comes first.")),
    ]  # fmt: skip


def _save_trigger(session: Session, values: Values) -> object:
    return triggering.save(
        session, str(values["name"]), str(values["event"] or EVENTS[0]),
        str(values["condition"] or ""), read_pairs(values["changes"]),
        str(values["notify"] or ""), int(str(values["position"] or 0)),
    )  # fmt: skip


def _templates(session: Session) -> list[Item]:
    found = []
    for one in templates.list_all(session):
        rest = {key: value for key, value in one.fields.items() if key not in ("subject", "body")}
        values = {
            "name": one.name,
            "subject": one.fields.get("subject", ""),
            "body": one.fields.get("body", ""),
            "changes": write_pairs(rest),
        }
        found.append(Item(one.name, f"{values['subject']} · {told(rest)}", values))
    return found


def _template_fields(_session: Session) -> list[Field]:
    values = Field("changes", N_("Other values"), "long",
                   hint=N_("One on each line: kind = change, queue = Network …"))  # fmt: skip
    return [NAME, Field("subject", N_("Subject")), Field("body", N_("Text"), "long"), values]


def _save_template(session: Session, values: Values) -> object:
    texts = {key: values[key] for key in ("subject", "body") if values[key]}
    return templates.save(session, str(values["name"]), {**texts, **read_pairs(values["changes"])})


def _recurrences(session: Session) -> list[Item]:
    return [
        Item(
            one.name,
            _("{template}, every {every}: {days} …").format(
                template=one.template, every=one.every, days=", ".join(map(str, one.days))
            ),
            {**one._asdict(), "start": one.days[0]},
        )
        for one in overview.recurrences(session)
    ]


def _recurrence_fields(session: Session) -> list[Field]:
    names = [one.name for one in templates.list_all(session)]
    return [
        NAME,
        Field("template", N_("Template"), "choice", True, choices=[(name, name) for name in names]),
        Field("every", N_("Every"), required=True, hint=N_("1d, 2w, 3mo or 1y")),
        Field("start", N_("Next on"), "date", required=True, hint=N_("+1d, mon, 31/12 …")),
    ]


def _save_recurrence(session: Session, values: Values) -> object:
    name, template, every = (str(values[key]) for key in ("name", "template", "every"))
    start = values["start"]
    assert isinstance(start, date)
    return templates.recur(session, name, template, every, start)


PARTS = (
    Part("macro", N_("Macros"), N_("Canned replies with changes."),
         _macros, _macro_fields, _save_macro, macros.remove),
    Part("template", N_("Templates"), N_("What a new ticket begins with."),
         _templates, _template_fields, _save_template, retire("template")),
    Part("recurrence", N_("Recurring tickets"), N_("Tickets that come back by the calendar."),
         _recurrences, _recurrence_fields, _save_recurrence, retire("recurrence")),
    Part("trigger", N_("Triggers"), N_("What happens by itself."),
         _triggers, _trigger_fields, _save_trigger, triggering.remove),
)  # fmt: skip
