"""Queues, categories, views, custom fields and service levels in the administration."""

from __future__ import annotations

from boconsole import views
from boconsole.language import N_, _
from boconsole.session import Session
from boconsole.tickets import choosing, overview, setting_up
from boconsole.tickets.matching import check_query
from boconsole.tickets.setting_up import TYPES
from boconsole.tickets.words import KINDS
from screens.admin.parts import NAME, Item, Part, Values, people, retire, words
from screens.cells import worked
from screens.entries import Field

METHOD_WORDS = {"round_robin": N_("round robin"), "least_loaded": N_("least loaded")}
"""Of `boconsole.tickets.assigning.METHODS`."""


def _queues(session: Session) -> list[Item]:
    return [
        Item(
            line.name,
            _("{members} · {method}").format(
                members=", ".join(line.members) or _("no members"),
                method=_(METHOD_WORDS[line.method]) if line.method else _("given out by hand"),
            ),
            line._asdict(),
        )
        for line in overview.queues(session)
    ]


def _queue_fields(session: Session) -> list[Field]:
    methods = (("", N_("by hand")), *METHOD_WORDS.items())
    return [
        NAME,
        Field("members", N_("Members"), "tags", suggest=people(session),
              hint=N_("Logins with commas between them.")),
        Field("method", N_("New tickets go"), "choice", choices=methods),
    ]  # fmt: skip


def _save_queue(session: Session, values: Values) -> None:
    name, method = str(values["name"]), str(values["method"] or "")
    overview.put_queue(session, name, words(values["members"]), method)


def _category_fields(_session: Session) -> list[Field]:
    hint = N_("Hardware / Printer; what is missing above it is made too.")
    return [Field("name", N_("Path"), required=True, hint=hint)]


def _custom(session: Session) -> list[Item]:
    every = _("every kind")
    return [
        Item(one.name, f"{one.label} · {one.type} · {one.kind or every}"
             + (f" · {', '.join(one.choices)}" if one.choices else ""))
        for one in choosing.custom_fields(session)
    ]  # fmt: skip


def _custom_fields(_session: Session) -> list[Field]:
    return [
        Field("name", N_("Name"), required=True, hint=N_("Small letters; queries call it cf.name")),
        Field("label", N_("Label"), required=True),
        Field("type", N_("Type"), "choice", choices=[(word, word) for word in TYPES]),
        Field("kind", N_("For tickets of"), "choice",
              choices=(("", N_("every kind")), *((word, word) for word in KINDS))),
        Field("choices", N_("Choices"), "tags", hint=N_("For a choice: words with commas.")),
    ]  # fmt: skip


def _save_custom(session: Session, values: Values) -> object:
    name, label, kind = (str(values[key] or "") for key in ("name", "label", "kind"))
    return setting_up.add_field(
        session, name, label, str(values["type"] or "text"), kind=kind,
        choices=words(values["choices"]),
    )  # fmt: skip


def _views(session: Session) -> list[Item]:
    whose = {True: _("shared"), False: _("mine")}
    return [
        Item(one.name, f"{one.query} · {whose[one.shared]}", one._asdict())
        for one in views.list_all(session, "ticket")
    ]


def _view_fields(_session: Session) -> list[Field]:
    return [
        NAME,
        Field("query", N_("Query"), hint=N_("As in the filter line: is:mine prio>=high sort:sla")),
        Field("shared", N_("For everybody"), "switch"),
    ]


def _save_view(session: Session, values: Values) -> object:
    query = str(values["query"] or "")
    check_query(session, query)
    shared = bool(values["shared"])
    return views.save(session, "ticket", str(values["name"]), query, shared=shared)


def _policies(session: Session) -> list[Item]:
    def minutes(value: int) -> str:
        return worked(value) if value else "-"

    return [
        Item(one.name, _("{match} · response {first}, reply {reply}, resolution {last} · {zone}")
             .format(match=one.match or _("every ticket"), first=minutes(one.first_response),
                     reply=minutes(one.next_reply), last=minutes(one.resolution), zone=one.zone))
        for one in overview.policies(session)
    ]  # fmt: skip


PARTS = (
    Part("queue", N_("Queues"), N_("Teams, who works on them, who gets new tickets."),
         _queues, _queue_fields, _save_queue, retire("queue")),
    Part("category", N_("Categories"), N_("The tree that tickets are sorted into."),
         lambda session: [Item(path, "") for path in overview.categories(session)],
         _category_fields,
         lambda session, values: setting_up.add_category(session, str(values["name"])), fixed=True),
    Part("view", N_("Views"), N_("Saved queries, your own and those of everybody."),
         _views, _view_fields, _save_view,
         lambda session, name: views.remove(session, "ticket", name), "ticket.read"),
    Part("field", N_("Custom fields"), N_("Fields of your own on tickets."),
         _custom, _custom_fields, _save_custom, retire("field"), fixed=True),
    Part("policy", N_("Service levels"),
         N_("Policies in their order; `boconsole sla load FILE.toml` replaces them."), _policies),
)  # fmt: skip
