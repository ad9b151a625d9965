"""What queries may say about assets."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from boconsole.assets.errors import AddressError
from boconsole.assets.network import key_of, read_address, read_mac, read_network
from boconsole.assets.words import ACTIVE, CONDITIONS, FINISHED, KINDS, STATES, tag_number
from boconsole.errors import InvalidChangeError
from boconsole.filters.area import Area, Field, Flag, Names
from boconsole.filters.remembering import remembered
from boconsole.fixed_assets.words import parse_asset_number
from boconsole.session import Session
from boconsole.tickets.area import custom_fields
from boconsole.tickets.words import parse_number
from db.assets import catalogue, choices, records
from db.assets.columns import IS_ACTIVE
from db.conditions import AnyOf, Compare, Condition, Not, both
from db.fields import number_of
from db.tickets import choices as shared

AHEAD = 30 * 86_400
"""How long before its end a warranty is warned of, in seconds."""


def _words(words: tuple[str, ...]) -> dict[str, object]:
    return {word: word for word in words}


FIELDS = (
    Field("asset", "name", "tag, serial, host or address", column="id", source="idents",
          guessed=True, unknown_is_nothing=True, sortable=False, lifts=True),
    Field("tag", "name", "AST-0007, or a part of it", column="id", source="tags", loose=True,
          like="tag"),
    Field("name", "words", "words of the name"),
    Field("state", "choice", "where it stands", ("status",), _words(STATES),
          {"stock": "in_stock", "repair": "in_repair", "lent": "deployed"},
          {"active": tuple(word for word in STATES if word in ACTIVE),
           "inactive": tuple(word for word in STATES if word in FINISHED)},
          guessed=True, lifts=True, history="state"),
    Field("category", "name", "such as laptops", ("cat",), source="categories", optional=True,
          guessed=True, history="category"),
    Field("kind", "choice", "computer, network …", (), _words(KINDS), sortable=False),
    Field("model", "name", "name or number of a model", source="models", optional=True,
          loose=True, like="model.name", sortable=False, history="model"),
    Field("maker", "line", "who makes it", ("manufacturer",), sortable=False),
    Field("serial", "name", "serial number, or a part", ("sn",), column="id", source="serials",
          loose=True, like="serial", sortable=False),
    Field("host", "name", "name on the network, or a part", ("hostname",), column="id",
          source="hosts", loose=True, like="host", sortable=False),
    Field("ip", "name", "address, or a subnet as 10.1.0.0/24", ("address",), source="ips",
          optional=True, many=True, unknown_is_nothing=True, sortable=False),
    Field("mac", "name", "hardware address", source="macs", optional=True, many=True,
          unknown_is_nothing=True, sortable=False),
    Field("place", "name", "where it belongs, and below", ("location",), source="places",
          optional=True, history="place"),
    Field("holder", "name", "who or what has it", ("with",), source="holders", optional=True,
          loose=True, like="holder.name", sortable=False, history="holder"),
    Field("holder.name", "line", "the name of the person", sortable=False),
    Field("holder.email", "mail", "the mail address of the person", sortable=False),
    Field("holder.org", "name", "where the person belongs", source="organisations", loose=True,
          sortable=False),
    Field("had", "name", "a person who has or had it", column="past", source="people",
          sortable=False, unknown_is_nothing=True),
    Field("held", "instant", "since when", ("since",), optional=True),
    Field("expected", "day", "when it is to come back", ("due",), optional=True),
    Field("condition", "choice", "new, good, worn, broken", (), _words(CONDITIONS),
          history="condition"),
    Field("warranty", "day", "its last day", optional=True, history="warranty"),
    Field("end", "day", "end of life", ("eol", "end_of_life"), optional=True,
          history="end_of_life"),
    Field("bought", "day", "when", ("purchased",), optional=True, history="bought"),
    Field("supplier", "name", "where it was bought", source="organisations", optional=True,
          history="supplier", sortable=False),
    Field("order", "line", "number of the order", ("order_number",)),
    Field("organisation", "name", "whose it is", ("org",), source="organisations",
          optional=True, history="organisation", sortable=False),
    Field("fixed", "name", "fixed asset of the books", ("fixed_asset",), source="fixed",
          optional=True, unknown_is_nothing=True, sortable=False),
    Field("ticket", "name", "TKT-42", source="tickets", optional=True, many=True,
          unknown_is_nothing=True, sortable=False),
    Field("acceptance", "choice", "asked, accepted or refused", (),
          _words(("asked", "accepted", "refused")), sortable=False),
    Field("created", "instant", "when it came in"),
    Field("updated", "instant", "the last change"),
)  # fmt: skip
COLUMNS = ("serial", "version")


def asset_area(session: Session) -> Area:
    """Return what queries may say about assets; names are looked up when they are used."""
    today = number_of(session.now().astimezone(session.zone).date())
    late = both(IS_ACTIVE, Compare("expected", "<", today))
    mail = session.user.email.lower()
    flags = (
        Flag("overdue", "to be back before today", lambda _: late),
        Flag("held", "somebody has it", lambda _: Not(Compare("holder", "empty"))),
        Flag("free", "in stock", lambda _: both(IS_ACTIVE, Compare("state", "=", "in_stock"))),
        Flag("mine", "with me", lambda _: Compare("holder.email", "=", mail) if mail else AnyOf()),
        Flag("expired", "out of warranty", lambda _: both(
            IS_ACTIVE, Compare("warranty", "<", today))),
        Flag("expiring", "its warranty ends within 30 days", lambda present: _soon(
            session, present.now, today)),
        Flag("old", "past its end of life", lambda _: both(IS_ACTIVE, Compare("end", "<", today))),
        Flag("unaccepted", "the holder was asked", lambda _: Compare("acceptance", "=", "asked")),
        Flag("active", "not lost, retired or disposed", lambda _: IS_ACTIVE, lifts=True),
    )  # fmt: skip
    return Area(
        "assets", FIELDS, flags, _sources(), IS_ACTIVE, "AST", mail="holder.email",
        custom=_custom_fields, columns=COLUMNS,
        implied={"state": (frozenset[object](ACTIVE), IS_ACTIVE)},
    )  # fmt: skip


def _soon(session: Session, now: int, today: int) -> Condition:
    from datetime import UTC, datetime

    end = datetime.fromtimestamp(now + AHEAD, UTC).astimezone(session.zone).date()
    return both(
        IS_ACTIVE, Compare("warranty", ">=", today), Compare("warranty", "<=", number_of(end))
    )


def _sources() -> dict[str, Names]:
    pairs: dict[str, tuple[Callable[[str], tuple[object, ...]], Callable[[str, int], list[str]]]]
    pairs = {
        "idents": (find_idents, _nothing),
        "tags": (_find_tag, choices.list_tags),
        "serials": (choices.find_serial, _nothing),
        "hosts": (choices.find_host, choices.list_hosts),
        "ips": (_find_addresses, _nothing),
        "macs": (_find_mac, _nothing),
        "categories": (choices.find_categories, choices.list_categories),
        "models": (choices.find_models, choices.list_models),
        "places": (choices.find_places, choices.list_places),
        "holders": (choices.find_holders, choices.list_holders),
        "people": (shared.find_contacts, shared.list_contacts),
        "organisations": (shared.find_organisations, shared.list_organisations),
        "fixed": (_find_fixed, _nothing),
        "tickets": (_find_ticket, _nothing),
    }
    return {name: Names(lru_cache(64)(find), suggest) for name, (find, suggest) in pairs.items()}


def find_idents(word: str) -> tuple[int, ...]:
    """Return the assets that a whole tag, serial number, host name or address names."""
    if len(word) < 3:
        return ()
    found = _find_tag(word) or choices.find_serial(word) or choices.find_host(word)
    return found or _find_by_address(word)


def _find_tag(word: str) -> tuple[int, ...]:
    number = tag_number(word)
    if number is not None and (own := records.find_numbered(number)) is not None:
        return (own,)
    return choices.find_tag(word)


def _find_by_address(word: str) -> tuple[int, ...]:
    from db.assets import network

    for key in _find_addresses(word) if "/" not in word else ():
        address = network.find_address(str(key))
        return (address.asset_id,) if address else ()
    for mac in _find_mac(word):
        interface = network.find_mac(str(mac))
        return (interface.asset_id,) if interface else ()
    return ()


def _find_addresses(word: str) -> tuple[object, ...]:
    try:
        if "/" in word:
            network = read_network(word)
            return choices.find_between(key_of(network[0]), key_of(network[-1]))
        return (key_of(read_address(word)),)
    except AddressError:
        return ()


def _find_mac(word: str) -> tuple[object, ...]:
    try:
        return (read_mac(word),)
    except AddressError:
        return ()


def _find_fixed(word: str) -> tuple[object, ...]:
    try:
        return (parse_asset_number(word),)
    except InvalidChangeError:
        return ()


def _find_ticket(word: str) -> tuple[object, ...]:
    try:
        return (parse_number(word),)
    except InvalidChangeError:
        return ()


def _nothing(_start: str, _limit: int) -> list[str]:
    return []


def _custom_fields() -> tuple[Field, ...]:
    """Return the fields that the organisation added, as `cf.name`."""
    return custom_fields(catalogue.select_fields())


def remembered_area(session: Session) -> Area:
    """Return the area with its names read once; numbers and addresses are found by the list."""
    known = remembered(asset_area(session))
    passing = {
        name: Names(lambda _word: (0,), _nothing)
        for name in ("tags", "serials", "hosts", "ips", "macs", "holders", "fixed", "tickets",
                     "people")
    }  # fmt: skip
    passing["idents"] = Names(lambda _word: (), _nothing)
    kept = {
        name: source._replace(suggest=known.names[name].suggest) for name, source in passing.items()
    }
    return replace(known, names={**known.names, **kept})
