"""Repairs: an asset is sent away, comes back where it was, and what it cost is kept.

An asset is away for one repair at a time. What a repair cost stays an expense, as its bill posted
it, unless the register of fixed assets takes it over.
"""

from collections.abc import Mapping
from datetime import date

from boconsole import audit
from boconsole.assets.errors import RepairError
from boconsole.assets.fields import Changes, parse_changes
from boconsole.assets.service.doing import ticket_of
from boconsole.assets.service.plans import today
from boconsole.assets.service.words import RESULTS
from boconsole.assets.words import CONDITIONS, one_of
from boconsole.assets.writing import Done, Ref, Step, Versioned, set_state_step, write
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.fixed_assets import acquiring
from boconsole.fixed_assets import reading as register
from boconsole.fixed_assets.acquiring import NewAsset, Source
from boconsole.fixed_assets.depreciation import last_day
from boconsole.fixed_assets.reading import Asset
from boconsole.fixed_assets.words import WITHDRAWN
from boconsole.invoices.words import invoice_number
from boconsole.language import _
from boconsole.ledger.words import entry_number
from boconsole.moments import parse_past_day
from boconsole.money import from_minor, plain
from boconsole.session import Session
from boconsole.text import clean, required_line
from boconsole.tickets.words import number
from db.assets import records, relations
from db.assets import repairs as stored
from db.assets.columns import FEATURE
from db.assets.repairs import RepairRow as RepairRow  # screens know it from here
from db.assets.rows import AssetRecord
from db.invoices import documents

FIELDS = ("sent", "supplier", "description", "warranty", "cost", "invoice", "ticket", "note")
BACK = ("returned", "result", "cost", "invoice", "note", "condition")
BORROWED = ("supplier", "cost", "invoice")
"""Fields that are read as those of an asset."""
YES = ("yes", "true", "1", "on")
Told = dict[str, tuple[object, object]]


def send(session: Session, seen: Versioned, given: Mapping[str, object]) -> RepairRow:
    """Send an asset to be repaired, given as words; see `FIELDS`.

    Raises:
        RepairError: It is away already.
        AssetTransitionError: It cannot go from where it is.
        NotAllowedError, InvalidChangeError, NotFoundError, StaleRecordError: Nothing was changed.
    """
    session.require("asset.service")
    with audit.writing():
        columns = _columns(session, {"sent": "", "description": "", **given}, FIELDS)
        repair_id = 0

        def step(old: AssetRecord) -> Step:
            nonlocal repair_id
            if stored.find_open(old.id) is not None:
                raise RepairError(
                    _("{tag} is away already; take it back first.").format(tag=old.tag)
                )
            moved = set_state_step(session, old, "in_repair", "")
            repair_id = stored.insert(old.id, columns)
            return moved._replace(told={**moved.told, **_told(None, again(repair_id))})

        write(session, "asset.repair-send", [seen], step)
        _name_ticket(again(repair_id))
        return again(repair_id)


def take_back(session: Session, seen: RepairRow, given: Mapping[str, object]) -> RepairRow:
    """Take an asset back: into stock, or to whoever has it; see `BACK`.

    Raises:
        RepairError: It is back already.
        StaleRecordError: Somebody changed the repair in the meantime.
        InvalidChangeError: It would come back before it went.
    """
    session.require("asset.service")
    with audit.writing():
        if seen.returned_on is not None:
            raise RepairError(_("{tag} is back already.").format(tag=seen.tag))
        columns = _columns(session, {"returned": "", "result": "repaired", **given}, BACK)
        condition = str(columns.pop("condition", ""))
        back_on = columns["returned_on"]
        if isinstance(back_on, date) and back_on < seen.sent_on:
            raise InvalidChangeError("returned", _("cannot come before it was sent"))
        _update(seen, columns)

        def step(old: AssetRecord) -> Step:
            state = "deployed" if old.holder_kind else "in_stock"
            moved = Step(Changes({"condition": condition} if condition else {}))
            if old.state == "in_repair":
                moved = set_state_step(session, old, state, condition)
            return moved._replace(told={**moved.told, **_told(seen, again(seen.id))})

        write(session, "asset.repair-back", [Ref(seen.asset_id)], step)
        return again(seen.id)


def edit(session: Session, seen: RepairRow, given: Mapping[str, object]) -> RepairRow:
    """Change what was written of a repair.

    Raises:
        RepairError: Its cost is in the register of fixed assets.
        StaleRecordError: Somebody changed it in the meantime.
    """
    session.require("asset.service")
    fields = (*FIELDS, *BACK) if seen.returned_on is not None else FIELDS
    with audit.writing():
        columns = _columns(session, given, fields)
        columns.pop("condition", None)
        changed = {"cost": seen.cost, **columns}["cost"] != seen.cost
        if changed:
            _require_not_taken(seen)
        _update(seen, columns)
        new = again(seen.id)
        if new.returned_on is not None and new.returned_on < new.sent_on:
            raise InvalidChangeError("returned", _("cannot come before it was sent"))
        _name_ticket(new)
        audit.record(session, "asset.repair-edit", FEATURE,
                     [audit.Line(seen.asset_id, _told(seen, new))])  # fmt: skip
        return new


def withdraw(session: Session, seen: RepairRow) -> Done:
    """Take a repair away that was noted wrongly; an asset that is away for it comes back.

    Raises:
        RepairError: Its cost is in the register of fixed assets.
        StaleRecordError: Somebody changed it in the meantime.
    """
    session.require("asset.service")
    with audit.writing():
        _require_not_taken(seen)
        if not stored.delete(seen.id, seen.version):
            raise StaleRecordError(seen.tag, seen.asset_id)

        def step(old: AssetRecord) -> Step:
            state = "deployed" if old.holder_kind else "in_stock"
            moved = Step(Changes())
            if seen.returned_on is None and old.state == "in_repair":
                moved = set_state_step(session, old, state, "")
            return moved._replace(told={**moved.told, "repair": (seen.description, None)})

        return write(session, "asset.repair-withdraw", [Ref(seen.asset_id)], step)


def capitalise(
    session: Session, seen: RepairRow, *, asset_class: str = "", months: int | None = None,
    against: str = "",
) -> RepairRow:  # fmt: skip
    """Let the register of fixed assets take the cost of a repair over, as a part of its own.

    Args:
        session: Who acts.
        seen: A repair that is over.
        asset_class: Of the part; by default that of the asset's fixed asset.
        months: Its life; by default what is left of that asset's.
        against: The account of expenses that it was posted on; without it the bill is to have it
            on the account of the class.

    Raises:
        RepairError: It has no cost, is not over, or is in the register already.
        BoconsoleError: As `acquiring.acquire`.
    """
    session.require("asset.service")
    session.require("fixed_asset.edit")
    with audit.writing():
        seen = again(seen.id)
        if why := why_not_capitalised(seen):
            raise RepairError(why)
        _require_not_taken(seen)
        day = seen.returned_on or seen.sent_on
        whole = _whole_of(seen)
        if not asset_class and whole is None:
            raise InvalidChangeError("class", _("say the class; the asset is no fixed asset"))
        new = NewAsset(
            f"{seen.tag}: {seen.description}"[:200],
            asset_class or (whole.row.class_name if whole else ""), day,
            from_minor(seen.cost or 0, seen.precision), seen.code,
            months=months if months is not None else _months_left(whole, day),
            note=_("Repair of {tag}").format(tag=seen.tag),
        )  # fmt: skip
        source = Source(against=against) if against else Source(entry=_bill(seen))
        part = acquiring.acquire(session, new, source)
        _update(seen, {"fixed_asset_id": part.row.id})
        told: Told = {"capitalised": (None, part.number)}
        audit.record(session, "asset.repair-capitalise", FEATURE,
                     [audit.Line(seen.asset_id, told)])  # fmt: skip
        return again(seen.id)


def why_not_capitalised(seen: RepairRow) -> str:
    """Return why the register cannot take a cost over now, "" where it may."""
    if seen.returned_on is None:
        return _("{tag} is still away; take it back first.").format(tag=seen.tag)
    if not seen.cost:
        return _("The repair has no cost; type it first.")
    return ""


def _require_not_taken(seen: RepairRow) -> None:
    """Raise RepairError where the register has the cost; not where that was withdrawn again."""
    if seen.fixed_asset_id is None:
        return
    if register.again(seen.fixed_asset_id).state != WITHDRAWN:
        raise RepairError(_("Its cost is in the register of fixed assets and stays so."))


def _whole_of(seen: RepairRow) -> Asset | None:
    record = records.select_records([seen.asset_id])[seen.asset_id]
    return register.again(record.fixed_asset_id) if record.fixed_asset_id else None


def _months_left(whole: Asset | None, day: date) -> int | None:
    if whole is None or whole.row.method == "none":
        return None
    ends = last_day(register.terms_of(whole.row, register.first_month()))
    return max(1, (ends.year - day.year) * 12 + ends.month - day.month + 1)


def _bill(seen: RepairRow) -> str:
    head = documents.find(seen.invoice_id) if seen.invoice_id else None
    if head is None or head.number is None:
        raise InvalidChangeError(
            "invoice", _("name the posted bill, or the account that the cost was posted on")
        )
    return entry_number(head.id, head.series, head.year, head.number)


def again(repair_id: int) -> RepairRow:
    """Return a repair as it is now; raises NotFoundError."""
    found = stored.find(repair_id)
    if found is None:
        raise NotFoundError(_("repair {number}").format(number=repair_id))
    return found


def find_open(session: Session, asset_id: int) -> RepairRow | None:
    """Return the repair that an asset is away for, if any."""
    session.require("asset.read")
    found = stored.find_open(asset_id)
    return again(found) if found is not None else None


def open_of(session: Session, asset_id: int) -> RepairRow:
    """Return the repair that an asset is away for; raises RepairError."""
    found = find_open(session, asset_id)
    if found is None:
        tag = records.select_tags([asset_id])[asset_id][0]
        raise RepairError(_("{tag} is not away to be repaired.").format(tag=tag))
    return found


def cost_of(row: RepairRow) -> str:
    """Return what a repair cost as an exact text: `120.00 USD`; empty where nobody said."""
    return "" if row.cost is None else f"{plain(row.cost, row.precision)} {row.code}"


def bill_of(row: RepairRow) -> str:
    """Return the number of the bill, or nothing."""
    head = documents.find(row.invoice_id) if row.invoice_id else None
    return invoice_number(head) if head else ""


def _update(seen: RepairRow, columns: Mapping[str, object]) -> None:
    if not stored.update(seen.id, seen.version, columns):
        raise StaleRecordError(seen.tag, seen.asset_id)


def _name_ticket(row: RepairRow) -> None:
    if row.ticket_id is not None:
        relations.add_ticket(row.ticket_id, row.asset_id)


# Words


def words_of(row: RepairRow) -> dict[str, object]:
    """Return a repair as forms and the audit trail show it."""
    return {
        "sent": str(row.sent_on), "supplier": row.supplier, "description": row.description,
        "warranty": "yes" if row.warranty else "", "cost": cost_of(row), "invoice": bill_of(row),
        "ticket": number(row.ticket_id) if row.ticket_id else "",
        "returned": str(row.returned_on or ""), "result": row.result, "note": row.note,
    }  # fmt: skip


def _told(old: RepairRow | None, new: RepairRow) -> Told:
    before = words_of(old) if old else {}
    told: Told = {"repair": (None, new.description)} if old is None else {}
    for field, word in words_of(new).items():
        if before.get(field, "") != word and (old is not None or field != "description"):
            told[f"repair.{field}"] = (before.get(field) or None, word or None)
    return told


def _columns(
    session: Session, given: Mapping[str, object], fields: tuple[str, ...]
) -> dict[str, object]:
    """Return the columns behind words; raises InvalidChangeError for a field that is none."""
    columns: dict[str, object] = {}
    for key, value in given.items():
        field, text = key.strip().lower(), "" if value is None else str(value).strip()
        if field not in fields:
            raise InvalidChangeError(
                key[:40], _("is not a field; use one of {fields}").format(fields=", ".join(fields))
            )
        if field in BORROWED:
            columns.update(parse_changes(session, {field: value}).columns)
        elif field in ("sent", "returned"):
            columns[f"{field}_on"] = _day(session, text, field)
        elif field == "warranty":
            columns["warranty"] = value is True or text.lower() in YES
        elif field == "ticket":
            columns["ticket_id"] = ticket_of(text)
        elif field == "result":
            columns["result"] = one_of("result", text, RESULTS)
        elif field == "condition":
            columns["condition"] = one_of("condition", text, CONDITIONS) if text else ""
        elif field == "description":
            columns["description"] = required_line(text, field="description", limit=200)
        else:
            columns["note"] = clean(text, field="note")
    return columns


def _day(session: Session, text: str, field: str) -> date:
    day = parse_past_day(text, session.now(), session.zone, field=field) if text else None
    day = day or today(session)
    if day > today(session):
        raise InvalidChangeError(field, _("{day} is to come").format(day=day))
    return day
