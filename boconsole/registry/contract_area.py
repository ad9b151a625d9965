"""What queries may say of contracts and of duties."""

from collections.abc import Callable
from functools import lru_cache

from boconsole.filters.area import Area, Field, Flag, Names
from boconsole.registry import words
from boconsole.session import Session
from db.conditions import Compare, Not
from db.fields import number_of
from db.tickets import choices

OPEN = "open"


def _words(known: dict[str, str]) -> dict[str, object]:
    return {word: word for word in known}


OWNER = Field("owner", "name", "who answers for it", (), source="users", optional=True,
              person=True, sortable=False)  # fmt: skip
CONTRACTS = (
    Field("number", "record", "number, CTR-0012", ("id",), lifts=True),
    Field("state", "choice", "draft, active, terminated, ended", ("status",),
          _words(words.CONTRACT_STATES), guessed=True, lifts=True),
    Field("title", "line", "a part of its title", like="title"),
    Field("kind", "choice", "service, lease, insurance and the like", (), _words(words.KINDS),
          sortable=False),
    Field("renewal", "choice", "none, automatic or decision", (), _words(words.RENEWALS),
          sortable=False),
    Field("organisation", "name", "the other side", ("org", "with", "counterpart"),
          source="organisations", optional=True, sortable=False),
    Field("contact", "name", "the person of the other side", source="contacts", optional=True,
          sortable=False),
    OWNER,
    Field("reference", "line", "what others call it", like="reference", sortable=False),
    Field("signed", "day", "when it was signed", optional=True),
    Field("start", "day", "the first day of its term"),
    Field("end", "day", "its last day", ("ends",), optional=True),
    Field("notice", "day", "the last day for a notice", optional=True),
    Field("term", "number", "how many terms it had"),
    Field("updated", "instant", "the last change"),
)  # fmt: skip
DUTIES = (
    Field("title", "line", "a part of its title", like="title"),
    Field("state", "choice", "open, done or dropped", ("status",),
          _words(words.OBLIGATION_STATES), guessed=True, lifts=True, sortable=False),
    Field("side", "choice", "ours or theirs", (), _words(words.SIDES), sortable=False),
    OWNER,
    Field("contract", "name", "number of its contract", source="contracts"),
    Field("due", "day", "its day"),
    Field("done", "day", "when it was met", optional=True),
)  # fmt: skip


def area(session: Session) -> Area:
    """Return what queries may say of contracts; those that are over are left out."""
    me = session.user.id
    flags = (
        Flag("mine", "mine to answer for", lambda _: Compare("owner", "=", me)),
        Flag("owed", "with an open duty", lambda _: Not(Compare("open", "empty"))),
        Flag("over", "ended", lambda _: Compare("state", "=", words.ENDED), lifts=True),
    )
    usual = Not(Compare("state", "=", words.ENDED))
    return Area("contract", CONTRACTS, flags, _names(), usual, "CTR", "number", "owner")


def duty_area(session: Session) -> Area:
    """Return what queries may say of duties; closed ones are left out."""
    today, me = number_of(session.now().astimezone(session.zone).date()), session.user.id
    flags = (
        Flag("mine", "mine to answer for", lambda _: Compare("owner", "=", me)),
        Flag("late", "open past its day", lambda _: Compare("due", "<", today)),
    )
    return Area("obligation", DUTIES, flags, _names(), Compare("state", "=", OPEN), "", "number",
                "owner")  # fmt: skip


def _names() -> dict[str, Names]:
    def none(_start: str, _limit: int) -> list[str]:
        return []

    kinds: dict[str, tuple[Callable[[str], tuple[object, ...]], Callable[[str, int], list[str]]]]
    kinds = {
        "users": (choices.find_users, choices.list_users),
        "organisations": (choices.find_organisations, choices.list_organisations),
        "contacts": (choices.find_contacts, choices.list_contacts),
        "contracts": (find_contract, none),
    }
    return {name: Names(lru_cache(64)(find), lru_cache(64)(suggest))
            for name, (find, suggest) in kinds.items()}  # fmt: skip


def find_contract(word: str) -> tuple[object, ...]:
    """Return the id of CTR-0001 or of its digits; nothing where it is no number."""
    digits = word.upper().removeprefix("CTR-").lstrip("0")
    return (int(digits),) if digits.isdecimal() and len(digits) < 10 else ()
