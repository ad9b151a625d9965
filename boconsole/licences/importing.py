"""Bringing licences in from a table, by a map; who has a seat comes along."""

import hashlib
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import BoconsoleError, InvalidChangeError
from boconsole.holders import Holder
from boconsole.importing import chunks, facts, values
from boconsole.importing.chunks import Arrival
from boconsole.importing.maps import find_map, read_map
from boconsole.importing.report import Progress, Report
from boconsole.importing.rows import FieldType, RowReader, RowRefusedError
from boconsole.importing.rules import ImportMap
from boconsole.language import _
from boconsole.ledger import commodities
from boconsole.licences import changing, seats, secrets, words
from boconsole.licences.changing import MOST_DAYS, MOST_SEATS, Terms
from boconsole.money import to_minor
from boconsole.session import Session
from boconsole.tickets.requesters import contact_for
from db.licences import register


class Draft(NamedTuple):
    """The cells of a row, converted; days are instants."""

    product: str
    seats: int
    kind: str
    maker: str
    category: str
    reassignable: bool
    licensed_to: str
    licensed_email: str
    company: str
    supplier: str
    purchase_order: str
    order_number: str
    bought: int | None
    cost: Decimal | None
    currency: str
    ends: int | None
    maintained: bool
    maintained_until: int | None
    warn_days: int
    note: str
    key: str
    person: str
    person_name: str


def fields() -> dict[str, FieldType]:
    """Return what each field takes."""
    line = FieldType(values.line(), "")
    return {
        "product": FieldType(values.line(), "", required=True),
        "seats": FieldType(values.whole(1, MOST_SEATS), 1),
        "kind": FieldType(values.choice({kind: kind for kind in words.KIND_TITLES}), "perpetual"),
        "maker": line, "category": line,
        "reassignable": FieldType(facts.YES_NO, True),
        "licensed_to": line, "licensed_email": FieldType(values.email, ""),
        "company": line, "supplier": line, "purchase_order": line, "order_number": line,
        "bought": FieldType(None), "cost": FieldType(facts.price),
        "currency": FieldType(values.line(10), ""), "ends": FieldType(None),
        "maintained": FieldType(facts.YES_NO, False), "maintained_until": FieldType(None),
        "warn_days": FieldType(values.whole(0, MOST_DAYS), 30),
        "note": FieldType(values.text(), "", varied=True),
        "key": FieldType(values.line(secrets.KEY_LIMIT), "", varied=True),
        "person": FieldType(values.email, "", varied=True),
        "person_name": FieldType(values.line(200), "", varied=True),
    }  # fmt: skip


def import_licences(
    session: Session,
    path: Path,
    map_path: Path,
    *,
    dry_run: bool = False,
    refused_path: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Import the rows of a file as licences, all good ones in one transaction.

    Raises:
        NotAllowedError, ImportFileError, MapError: Nothing was imported.
    """
    session.require("licence.import")
    plan = read_map(find_map(map_path), Draft._fields)
    return chunks.run(
        path, plan, lambda header: _Writer(session, plan, header), transaction=audit.writing,
        dry_run=dry_run, refused_path=refused_path, progress=progress,
    )  # fmt: skip


class _Writer:
    """Checks rows and writes them as licences."""

    def __init__(self, session: Session, plan: ImportMap, header: Sequence[str]) -> None:
        self._session = session
        self._reader = RowReader(Draft, fields(), plan, header)
        self._known = commodities.by_code()

    def known(self, external_keys: Sequence[str]) -> set[str]:
        """Return those keys that licences have."""
        hidden = {_hidden(key): key for key in external_keys}
        return {hidden[found] for found in register.select_keys(list(hidden))}

    def check(self, cells: Sequence[str]) -> Draft:
        """Return a row in agreement with itself."""
        draft = self._reader.read(cells)
        terms = _terms(draft)
        try:
            changing.check_terms(terms)
            if draft.cost is not None:
                known = self._known.get(draft.currency)
                digits = known.precision if known else commodities.iso_precision(draft.currency)
                if digits is None:
                    raise InvalidChangeError("currency", _("{code!r} is no currency").format(
                        code=draft.currency))  # fmt: skip
                to_minor(draft.cost, draft.currency, digits)
        except InvalidChangeError as error:
            raise RowRefusedError([(error.field, error.reason)]) from error
        except BoconsoleError as error:
            raise RowRefusedError([("cost", str(error))]) from error
        return draft

    def write(self, arrivals: Sequence[Arrival[Draft]]) -> None:
        """Write a chunk of licences and who has a seat."""
        for key, draft in arrivals:
            made = changing.new(
                self._session, _terms(draft), external_key=_hidden(key), by_import=True
            )
            if draft.key:
                made = secrets.keep_first(self._session, made, draft.key)
            if draft.person:
                name = draft.person_name
                text = f"{name} <{draft.person}>" if name.isprintable() and name else draft.person
                contact_id, _organisation = contact_for(self._session, _quoted(text, draft))
                told = f"{name or draft.person} <{draft.person}>"
                seats.give(self._session, made, Holder(contact_id, None, told))


def _hidden(external_key: str) -> str:
    """Return what tells a row apart without telling it: it may be the licence key itself."""
    source, _colon, key = external_key.partition(":")
    return f"{source}:{hashlib.sha256(key.encode()).hexdigest()}"


def _quoted(text: str, draft: Draft) -> str:
    """Return an address whose name has nothing in it that addresses mean something by."""
    plain = all(letter.isalnum() or letter in " .'-" for letter in draft.person_name)
    return text if plain else draft.person


def _terms(draft: Draft) -> Terms:
    return Terms(
        draft.product, draft.seats, draft.kind, draft.maker, draft.category, draft.reassignable,
        draft.licensed_to, draft.licensed_email, draft.company, draft.supplier,
        draft.purchase_order, draft.order_number, facts.day_of(draft.bought), draft.cost,
        draft.currency, facts.day_of(draft.ends), draft.maintained,
        facts.day_of(draft.maintained_until), draft.warn_days, draft.note,
    )  # fmt: skip
