"""Handing assets out and taking them back: who has what, since when, until when.

An asset is with at most one holder: a person, a place or another asset, never itself and nothing
that it holds. Only what is in stock is handed out.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from boconsole import audit
from boconsole.assets.errors import (
    HeldError,
    HolderError,
    NotHeldError,
    NotLendableError,
    PastReturnError,
)
from boconsole.assets.fields import EMPTY, Changes, day_of, place_id
from boconsole.assets.words import CONDITIONS, HOLDERS, one_of, tag, tag_number
from boconsole.assets.writing import (
    NOBODY,
    Done,
    Step,
    Versioned,
    end_holding,
    write,
)
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _
from boconsole.session import Session
from boconsole.text import LINE_LIMIT, clean_line
from boconsole.tickets.requesters import contact_for
from db.assets import choices, holdings, records
from db.assets.holdings import HoldingLoad
from db.assets.rows import AssetRecord

DEPTH = 100
"""How many assets may be within each other."""


class Holder(NamedTuple):
    """Who or what has an asset."""

    kind: str
    id: int

    @property
    def columns(self) -> dict[str, object]:
        """The columns of an asset that it has."""
        places = {"person": "holder_contact_id", "place": "holder_place_id",
                  "asset": "holder_asset_id"}  # fmt: skip
        return {**NOBODY, "holder_kind": self.kind, places[self.kind]: self.id}


class Terms(NamedTuple):
    """How an asset is handed out, as typed.

    Attributes:
        expected: When it is to come back; empty for no day.
        condition: In which it goes; empty as it is.
        acceptance: Whether the holder is asked to say that it arrived.
    """

    expected: str = ""
    condition: str = ""
    acceptance: bool = False
    note: str = ""


def find_holder(session: Session, text: str) -> Holder:
    """Return the holder that a text means: a mail address or name, a place, or a tag.

    `person:`, `place:` and `asset:` before it say which. A new mail address makes a person.

    Raises:
        NotFoundError: Nobody and nothing is called so.
        HolderError: Several are.
    """
    word = clean_line(text, field="to", limit=LINE_LIMIT)
    kind, colon, rest = word.partition(":")
    kind = kind.lower() if colon and kind.lower() in HOLDERS else ""
    word = rest.strip() if kind else word
    found = _candidates(word, kind)
    if not found and "@" in word and kind in ("", "person"):
        return Holder("person", contact_for(session, word)[0])
    if not found:
        raise NotFoundError(_("person, place or asset {word!r}").format(word=word[:60]))
    if len(found) > 1:
        raise HolderError(
            _("{word!r} may mean several; type the mail address, the whole place or the tag.")
            .format(word=word[:60])
        )  # fmt: skip
    return found[0]


def _candidates(word: str, kind: str) -> list[Holder]:
    if word.lower() in EMPTY:
        return []
    number = tag_number(word)
    found = []
    for each in choices.find_holders(word if number is None else tag(number)):
        holder, _colon, key = each.partition(":")
        if kind in ("", holder):
            found.append(Holder(holder, int(key)))
    if not found and kind in ("", "place") and (place := place_id(word)) is not None:
        found.append(Holder("place", place))
    exact = [each for each in found if each.kind == "person"] if "@" in word else []
    return exact or found


def check_out(session: Session, seen: Sequence[Versioned], to: str, terms: Terms) -> Done:
    """Hand assets out to one holder.

    Raises:
        NotAllowedError, NotFoundError, HolderError, HeldError, NotLendableError,
        PastReturnError, StaleRecordError: Nothing was changed.
    """
    session.require("asset.lend")
    with audit.writing():
        holder = find_holder(session, to)
        expected = _expected(session, terms.expected)
        condition = _condition(terms.condition)
        note = clean_line(terms.note, field="note", limit=LINE_LIMIT)
        if terms.acceptance and holder.kind != "person":
            raise InvalidChangeError("acceptance", _("only people can accept"))

        def step(old: AssetRecord) -> Step:
            _check(old, holder)
            load = HoldingLoad(
                old.id, holder.kind, *_ids(holder), session.now(), expected,
                condition or old.condition, "asked" if terms.acceptance else "",
                session.user.id or None, note,
            )  # fmt: skip
            holding = holdings.insert(load)
            told = holdings.find(holding)
            columns = {**holder.columns, "held_since": session.now(), "expected_on": expected,
                       "state": "deployed"}  # fmt: skip
            if condition:
                columns["condition"] = condition
            who = told.holder if told else ""
            return Step(Changes(columns), {"holder": (None, who), "holding": (None, holding)})

        return write(session, "asset.check-out", seen, step)


def _ids(holder: Holder) -> tuple[int | None, int | None, int | None]:
    ids = [holder.id if holder.kind == kind else None for kind in HOLDERS]
    return ids[0], ids[1], ids[2]


def _expected(session: Session, text: str) -> date | None:
    if text.strip().lower() in EMPTY:
        return None
    day = day_of(session, text, "expected")
    if day < session.now().astimezone(session.zone).date():
        raise PastReturnError(day)
    return day


def _condition(text: str) -> str:
    return one_of("condition", text, CONDITIONS) if text.strip() else ""


def _check(old: AssetRecord, holder: Holder) -> None:
    if old.holder_kind:
        held = holdings.select_open([old.id]).get(old.id)
        raise HeldError(old.tag, held.holder if held else old.holder_kind)
    if old.state != "in_stock":
        raise NotLendableError(old.tag, old.state)
    if holder.kind != "asset":
        return
    target = records.select_records([holder.id])[holder.id]
    if not target.active:
        raise HolderError(
            _("{tag} is not in use any more, so it can hold nothing.").format(tag=target.tag)
        )
    above: int | None = holder.id
    for _level in range(DEPTH):
        if above == old.id:
            raise HolderError(
                _("{tag} cannot be within itself.").format(tag=old.tag)
                if holder.id == old.id
                else _("{other} is within {tag} already; that would be a circle.").format(
                    other=target.tag, tag=old.tag
                )
            )
        if above is None:
            return
        above = records.select_holder_asset(above)
    raise HolderError(_("Too many assets are within each other here."))


def check_in(
    session: Session,
    seen: Sequence[Versioned],
    *,
    condition: str = "",
    place: str = "",
    note: str = "",
) -> Done:
    """Take assets back: into stock, or into repair where they were there.

    The expected day and an acceptance that was never given are dropped.

    Raises:
        NotHeldError: Nobody has one of them; nothing was changed.
    """
    session.require("asset.lend")
    condition = _condition(condition)
    note = clean_line(note, field="note", limit=LINE_LIMIT)
    where = None
    if place.strip():
        where = place_id(clean_line(place, field="place"))
        if where is None:
            raise NotFoundError(_("{what} {name!r}").format(what=_("place"), name=place[:60]))

    def step(old: AssetRecord) -> Step:
        if not old.holder_kind:
            raise NotHeldError(old.tag)
        told = end_holding(session, old, condition)
        columns = dict(NOBODY)
        if old.state == "deployed":
            columns["state"] = "in_stock"
        if condition:
            columns["condition"] = condition
        if where is not None:
            columns["place_id"] = where
        if note:
            told["said"] = (None, note)
        return Step(Changes(columns), told)

    with audit.writing():
        return write(session, "asset.check-in", seen, step)


def extend(session: Session, seen: Sequence[Versioned], expected: str) -> Done:
    """Say anew when assets are to come back; nothing takes the day away.

    Raises:
        NotHeldError: Nobody has one of them.
        PastReturnError: The day is over.
    """
    session.require("asset.lend")
    day = _expected(session, expected)

    def step(old: AssetRecord) -> Step:
        held = holdings.select_open([old.id]).get(old.id)
        if held is None:
            raise NotHeldError(old.tag)
        holdings.set_expected(held.id, day)
        return Step(Changes({"expected_on": day}))

    with audit.writing():
        return write(session, "asset.extend", seen, step)


def accept(session: Session, seen: Sequence[Versioned], *, accepted: bool = True) -> Done:
    """Note that holders took their assets over, or refused to.

    Raises:
        NotHeldError: No person has one of them.
    """
    session.require("asset.lend")
    word = "accepted" if accepted else "refused"

    def step(old: AssetRecord) -> Step:
        held = holdings.select_open([old.id]).get(old.id)
        if held is None or held.kind != "person":
            raise NotHeldError(old.tag)
        holdings.set_acceptance(held.id, word, session.now())
        return Step(Changes(), {"acceptance": (held.acceptance or None, word)})

    with audit.writing():
        return write(session, "asset.accept", seen, step)
