"""What the sides of a contract have to do, and when; what recurs comes again when it is done."""

from collections.abc import Mapping

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.language import _
from boconsole.moments import add_months
from boconsole.projects.fields import day_of, known, person_id
from boconsole.registry import contracts, reading, words
from boconsole.session import Session
from boconsole.text import clean, required_line
from boconsole.tickets.rows import Versioned
from boconsole.tickets.words import one_of
from db.registry import contracts as stored
from db.registry.rows import ObligationRow as ObligationRow  # screens know it from here

FIELDS = ("title", "side", "owner", "due_on", "every", "note")
OPEN, DONE, DROPPED = "open", "done", "dropped"


def add(session: Session, contract_id: int, given: Mapping[str, object]) -> ObligationRow:
    """Add an obligation to a contract; raises InvalidChangeError, NotFoundError."""
    session.require("contract.edit")
    with audit.writing():
        row = contracts.again(contract_id)
        columns = _columns({"title": "", "side": "ours", "owner": row.owner, "due_on": "",
                            "every": "", "note": "", **given})  # fmt: skip
        return again(_insert(session, row.id, columns))


def edit(session: Session, seen: Versioned, given: Mapping[str, object]) -> ObligationRow:
    """Change an obligation; raises StaleRecordError, and as `add`."""
    session.require("contract.edit")
    with audit.writing():
        old = again(seen.id)
        columns = _columns(given)
        changed = {name: value for name, value in columns.items() if getattr(old, name) != value}
        return _write(session, "edit", old, seen, changed) if changed else old


def close(session: Session, seen: Versioned, *, dropped: bool = False) -> ObligationRow:
    """Say that an obligation is met, or that it is dropped; one that recurs comes again.

    Raises:
        InvalidChangeError: It is closed already.
        StaleRecordError: Somebody else changed it in the meantime.
    """
    session.require("contract.edit")
    with audit.writing():
        old = again(seen.id)
        if old.state != OPEN:
            raise InvalidChangeError("state", _("is closed already"))
        columns = {"state": DROPPED if dropped else DONE, "done_on": reading.today(session)}
        done = _write(session, "drop" if dropped else "meet", old, seen, columns)
        if old.every_months and not dropped:
            _insert(session, old.contract_id, {
                "title": old.title, "side": old.side, "owner_id": old.owner_id,
                "due_on": add_months(old.due_on, old.every_months),
                "every_months": old.every_months, "note": old.note,
            })  # fmt: skip
        return done


def of(session: Session, contract_id: int) -> list[ObligationRow]:
    """Return the obligations of a contract, the open ones first, by day."""
    session.require("contract.read")
    return stored.select_obligations(contract_id)


def again(obligation_id: int) -> ObligationRow:
    """Return an obligation that is there; raises NotFoundError."""
    row = stored.find_obligation(obligation_id)
    if row is None:
        raise NotFoundError(_("obligation {number}").format(number=obligation_id))
    return row


def _insert(session: Session, contract_id: int, columns: Mapping[str, object]) -> int:
    added = stored.insert_obligation({**columns, "contract_id": contract_id, "state": OPEN})
    told = {"obligation": (None, columns["title"]), "due_on": (None, columns["due_on"])}
    contracts.record(session, "add_obligation", contracts.again(contract_id), told)
    return added


def _write(
    session: Session, verb: str, old: ObligationRow, seen: Versioned, columns: Mapping[str, object]
) -> ObligationRow:
    wanted = seen.version or old.version
    if old.version != wanted or not stored.update_obligation(old.id, wanted, columns):
        raise StaleRecordError(old.title, old.id, old.version)
    told: dict[str, tuple[object, object]] = {"obligation": (old.title, old.title)}
    told |= {name: (getattr(old, name), value) for name, value in columns.items()}
    row = contracts.again(old.contract_id)
    contracts.record(session, f"{verb}_obligation", row, told)
    return again(old.id)


def _columns(given: Mapping[str, object]) -> dict[str, object]:
    known(given, FIELDS)
    found: dict[str, object] = {}
    if "title" in given:
        found["title"] = required_line(str(given["title"] or ""), field="title", limit=200)
    if "side" in given:
        found["side"] = one_of("side", str(given["side"] or ""), tuple(words.SIDES))
    if "owner" in given:
        found["owner_id"] = person_id(given["owner"])
    if "due_on" in given:
        found["due_on"] = day_of(given["due_on"], "due_on")
        if found["due_on"] is None:
            raise InvalidChangeError("due_on", _("is needed"))
    if "every" in given:
        found["every_months"] = words.parse_months(str(given["every"] or "0"), "every")
    if "note" in given:
        found["note"] = clean(str(given["note"] or ""), field="note")
    return found
