"""What queries may say about tickets."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from boconsole.filters.area import Area, Field, Flag, Names, Present
from boconsole.filters.remembering import remembered
from boconsole.session import Session
from boconsole.tickets.words import ACTIVE, FINISHED, KINDS, LEVELS, PRIORITIES, STATES
from db.conditions import AnyOf, Compare, Condition, Not, both
from db.tickets import choices, names

IS_ACTIVE = Compare("active", "=", True)
PRESENT_SECONDS = 60
"""How long somebody counts as being at a ticket after the last sign."""


def _ranks(words: tuple[str, ...]) -> dict[str, object]:
    return {word: place for place, word in enumerate(words, 1)}


def _digits(words: tuple[str, ...]) -> dict[str, str]:
    return {str(place): word for place, word in enumerate(words, 1)}


def _words(words: tuple[str, ...]) -> dict[str, object]:
    return {word: word for word in words}


ASSET_STATES = (
    "ordered", "in_stock", "deployed", "in_repair", "lost", "retired", "disposed",
)  # fmt: skip
"""As `boconsole.assets` has them, which stands above tickets; a test compares both."""
SLA_STATES = ("none", "running", "paused", "met", "breached")
CHANNELS = (
    "console", "cli", "mail", "phone", "chat", "social", "web", "ssh", "import", "recurring",
    "system",
)  # fmt: skip
FIELDS = (
    Field("number", "record", "number, TKT-42", ("id",), lifts=True),
    Field(
        "state", "choice", "where it stands", ("status",), _words(STATES),
        {"hold": "on_hold", "onhold": "on_hold", "solved": "resolved"},
        {
            "active": tuple(state for state in STATES if state in ACTIVE),
            "inactive": tuple(state for state in STATES if state in FINISHED),
        },
        guessed=True, lifts=True, history="state",
    ),
    Field("queue", "name", "team", ("team",), source="queues", optional=True, guessed=True,
          history="queue"),
    Field("kind", "choice", "incident, request …", ("type",), _words(KINDS),
          {"service_request": "request"}, guessed=True, history="kind"),
    Field("priority", "ranked", "critical is highest", ("prio",), _ranks(PRIORITIES),
          _digits(PRIORITIES), guessed=True, history="priority"),
    Field("impact", "ranked", "how much it hurts", (), _ranks(LEVELS), _digits(LEVELS),
          history="impact"),
    Field("urgency", "ranked", "how soon it hurts", (), _ranks(LEVELS), _digits(LEVELS),
          history="urgency"),
    Field("subject", "words", "words of the subject", ("title", "subj"), sortable=False),
    Field("assignee", "name", "who works on it", ("owner",), source="users", optional=True,
          person=True, history="assignee"),
    Field("requester", "name", "who asks", ("from",), source="contacts", optional=True,
          loose=True, like="requester.name", sortable=False, history="requester"),
    Field("requester.name", "line", "the requester's name", sortable=False),
    Field("requester.email", "mail", "the requester's address", ("requester.mail",),
          sortable=False),
    Field("requester.phone", "line", "the requester's telephone", sortable=False),
    Field("requester.org", "name", "where the requester belongs now",
          ("requester.organisation",), source="organisations", loose=True, sortable=False),
    Field("requester.vip", "flag", "yes or no", sortable=False),
    Field("organisation", "name", "customer, partner", ("org",), source="organisations", loose=True,
          optional=True, history="organisation"),
    Field("category", "name", "a branch of the tree", ("cat",), source="categories",
          optional=True, history="category"),
    Field("tag", "name", "tags; +x for one more", ("tags",), source="tags", optional=True,
          many=True, unknown_is_nothing=True, sortable=False),
    Field("watcher", "name", "who hears of changes", ("watchers",), source="users",
          optional=True, many=True, person=True, sortable=False),
    Field("created", "instant", "when it came in"),
    Field("updated", "instant", "the last change"),
    Field("due", "instant", "date promised by hand", optional=True, history="due"),
    Field("sla", "instant", "earliest running target", ("sla.due", "left"), optional=True),
    Field("sla.warn", "instant", "when that target warns", optional=True, sortable=False),
    Field("sla.state", "choice", "the worst target", (), _words(SLA_STATES), sortable=False),
    Field("response.due", "instant", "first response is due", optional=True),
    Field("response.state", "choice", "first response", (), _words(SLA_STATES), sortable=False),
    Field("reply.due", "instant", "next reply is due", optional=True),
    Field("reply.state", "choice", "next reply", (), _words(SLA_STATES), sortable=False),
    Field("resolution.due", "instant", "resolution is due", optional=True),
    Field("resolution.state", "choice", "resolution target", (), _words(SLA_STATES),
          sortable=False),
    Field("wake", "instant", "when a pending one opens", optional=True, history="wake"),
    Field("responded", "instant", "first reply by an agent", optional=True),
    Field("unanswered", "instant", "oldest message without answer", ("waiting_since",),
          column="waiting", optional=True),
    Field("resolved", "instant", "when it was resolved", optional=True, lifts=True),
    Field("closed", "instant", "when it was closed", optional=True, lifts=True),
    Field("resolution", "line", "resolution code", sortable=False, lifts=True,
          history="resolution"),
    Field("rating", "number", "satisfaction, 1 to 5", optional=True, lifts=True,
          history="rating"),
    Field("spent", "length", "time spent", ("minutes_spent",), unit=60),
    Field("channel", "choice", "how it came in", (), _words(CHANNELS), sortable=False),
    Field("policy", "name", "service level policy", source="policies", optional=True,
          sortable=False),
    Field("key", "line", "key of an import", ("external_key",), optional=True, sortable=False,
          lifts=True),
    Field("merged", "record", "merged into", ("merged_into",), optional=True, sortable=False,
          lifts=True),
    Field("asset", "name", "what it is about: tag, serial or host", source="assets",
          optional=True, many=True, unknown_is_nothing=True, sortable=False),
    Field("asset.state", "choice", "where that stands", (), _words(ASSET_STATES), sortable=False),
    Field("asset.category", "name", "such as laptops", source="asset categories",
          sortable=False),
    Field("asset.place", "name", "where it belongs", source="asset places", sortable=False),
    Field("asset.warranty", "day", "the last day of its warranty", sortable=False),
    Field("asset.end", "day", "its end of life", sortable=False),
    Field("parent", "record", "the ticket above", optional=True, sortable=False),
    Field("child", "record", "a ticket below", optional=True, sortable=False),
    Field("link", "record", "linked from this one to", ("links",), optional=True,
          sortable=False),
    Field("linked", "record", "linked to this one from", optional=True, sortable=False),
    Field("blocker", "record", "an active ticket that blocks it", ("blocked_by",),
          optional=True, sortable=False),
)  # fmt: skip


def _late(present: Present) -> Condition:
    return both(
        IS_ACTIVE, AnyOf((Compare("due", "<", present.now), Compare("sla", "<", present.now)))
    )


def _breached(present: Present) -> Condition:
    return AnyOf((Compare("sla.state", "=", "breached"), Compare("sla", "<", present.now)))


def _warned(present: Present) -> Condition:
    return both(
        IS_ACTIVE,
        Compare("sla.warn", "<=", present.now),
        Compare("sla", ">=", present.now),
    )


FLAGS = (
    Flag("overdue", "past its date or target", _late),
    Flag("breached", "a target was missed", _breached),
    Flag("warned", "a target is near", _warned),
    Flag("mine", "assigned to me", lambda present: Compare("assignee", "=", present.user_id)),
    Flag("unassigned", "assigned to nobody", lambda _: Compare("assignee", "empty")),
    Flag(
        "waiting",
        "for the requester or a third party",
        lambda _: both(IS_ACTIVE, Compare("state", "in", ("pending", "on_hold"))),
    ),
    Flag("unanswered", "the requester waits", lambda _: Not(Compare("waiting", "empty"))),
    Flag(
        "locked",
        "open at somebody else",
        lambda present: Compare(f"others.{present.user_id}", ">=", present.now - PRESENT_SECONDS),
    ),
    Flag("unread", "news for me", lambda present: Compare("unread", "=", present.user_id)),
    Flag("blocked", "by an active ticket", lambda _: Not(Compare("blocker", "empty"))),
    Flag("watched", "by me", lambda present: Compare("watcher", "=", present.user_id)),
    Flag("vip", "the requester is one", lambda _: Compare("requester.vip", "=", True)),
    Flag("reopened", "was solved and opened again", lambda _: Compare("reopened", "=", True)),
    Flag("active", "not resolved, closed or merged", lambda _: IS_ACTIVE, lifts=True),
    Flag("merged", "merged into another", lambda _: Compare("state", "=", "merged"), lifts=True),
)
COLUMNS = ("tags", "channel", "version")
CUSTOM_KINDS = {"number": ("number", "number"), "date": ("date", "text")}


RULE_FIELDS = tuple(
    replace(each, unknown_is_nothing=True) if each.source else each for each in FIELDS
)
"""The fields for standing rules: a queue may be named that comes later, or is gone."""


def ticket_area(session: Session, *, rule: bool = False) -> Area:  # noqa: ARG001  # areas may depend on who asks
    """Return what queries may say about tickets; names are looked up when they are used.

    Args:
        session: Who asks.
        rule: A name that does not exist matches nothing instead of being refused.
    """
    return Area(
        "tickets", RULE_FIELDS if rule else FIELDS, FLAGS, _sources(), IS_ACTIVE, "TKT",
        "number", "assignee", "requester.email", _custom_fields,
        {"state": (frozenset[object](ACTIVE), IS_ACTIVE)}, COLUMNS,
    )  # fmt: skip


def _sources() -> dict[str, Names]:
    pairs = {
        "queues": (choices.find_queues, choices.list_queues),
        "users": (choices.find_users, choices.list_users),
        "contacts": (choices.find_contacts, choices.list_contacts),
        "organisations": (choices.find_organisations, choices.list_organisations),
        "categories": (choices.find_categories, choices.list_categories),
        "tags": (choices.find_tags, choices.list_tags),
        "policies": (choices.find_policies, choices.list_policies),
        "assets": (choices.find_assets, choices.list_assets),
        "asset categories": (choices.find_asset_categories, choices.list_asset_categories),
        "asset places": (choices.find_asset_places, choices.list_asset_places),
    }
    return {
        name: Names(lru_cache(256)(find), lru_cache(64)(suggest))
        for name, (find, suggest) in pairs.items()
    }


class Custom(Protocol):
    """A field that the organisation added; `choices` is a JSON list."""

    @property
    def id(self) -> int: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def label(self) -> str: ...  # noqa: D102
    @property
    def type(self) -> str: ...  # noqa: D102
    @property
    def choices(self) -> str: ...  # noqa: D102


def _custom_fields() -> tuple[Field, ...]:
    """Return the fields that the organisation added, as `cf.name`."""
    return custom_fields(names.select_fields())


def custom_fields(rows: Iterable[Custom]) -> tuple[Field, ...]:
    """Return what queries call `cf.name`."""
    import json

    found = []
    for row in rows:
        kind, part = CUSTOM_KINDS.get(row.type, ("line", "text"))
        options = json.loads(row.choices) if row.type == "choice" else []
        found.append(
            Field(
                f"cf.{row.name}",
                "choice" if options else kind,  # type: ignore[arg-type]  # one of CUSTOM_KINDS
                row.label,
                choices={option: option for option in options},
                column=f"cf.{row.id}.{part}",
                optional=True,
                sortable=False,
            )
        )
    return tuple(found)


def remembered_area(session: Session) -> Area:
    """Return the area with its names read once; see `filters.remembering`."""
    return remembered(ticket_area(session))
