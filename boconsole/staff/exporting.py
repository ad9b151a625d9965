"""People as records for programs and as a file; private fields only where they were opened."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from boconsole.money import plain
from boconsole.record_files import write
from boconsole.session import Session
from boconsole.staff import finding, privacy, typed, words
from boconsole.staff.asking import Person
from boconsole.staff.card import Card
from boconsole.staff.dated import Standing
from db.staff import facts
from db.staff.rows import PartRow


def record(one: Standing) -> dict[str, object]:
    """Return a person for programs, with nothing private."""
    row, position, contract, schedule = one.employee, one.position, one.contract, one.schedule
    return {
        "number": row.number, "name": row.name, "state": one.state,
        "title": position.title if position else "",
        "department": position.department if position else "",
        "manager": words.number(position.manager_id) if position and position.manager_id else "",
        "manager_name": position.manager if position else "",
        "place": position.place if position else "", "grade": position.grade if position else "",
        "cost_centre": position.cost_centre if position else "",
        "email": row.email, "phone": row.phone, "language": row.language, "user": row.login,
        "since": one.first, "until": one.last,
        "contract": contract.kind if contract else "",
        "contract_until": contract.head.ends_on if contract else None,
        "country": schedule.country if schedule else "",
        "region": schedule.region if schedule else "",
        "week": typed.hours_of(schedule.week) if schedule else "",
    }  # fmt: skip


def card_record(one: Card, day: date) -> dict[str, object]:
    """Return a whole person for programs; closed groups are not in it."""
    found: dict[str, object] = {**record(one.standing), "at": day}
    private: dict[str, object] = {}
    for kind, rows in one.facts.items():
        held = one.at(kind, day)
        target = private if words.FACTS[kind] else found
        if words.FACTS[kind]:
            target[kind] = fact_record(held, words.NOTES in one.opened) if held else None
        target[f"{kind}_history"] = [fact_record(row, words.NOTES in one.opened) for row in rows]
    for kind, parts in one.parts.items():
        target = private if words.PARTS[kind].group else found
        target[kind] = [fact_record(part) for part in parts]
    if one.files is not None:
        private["documents"] = [
            {"id": row.id, "name": row.name, "size": row.size} for row in one.files
        ]
    reports = [{"number": number, "name": name, "title": title}
               for number, name, title in one.reports]  # fmt: skip
    return {**found, "reports": reports, "opened": list(one.opened), "closed": list(one.closed),
            **({"private": private} if one.opened else {})}  # fmt: skip


def fact_record(row: Any, notes: bool = False) -> dict[str, object]:  # Any: a row of any kind
    """Return a fact for programs; why an employment ended only with notes."""
    values = typed.values_of(row)
    if not notes:
        values.pop("end_reason", None)
    if values.get("amount") is not None:
        values["amount"] = plain(row.amount, row.precision)
    if isinstance(row, PartRow):
        values = {_name(row, column): value for column, value in values.items()}
    kept = {"id": row.head.id, "from": row.head.starts_on, "until": row.head.ends_on, **values}
    return {**kept, "reason": row.head.reason} if row.head.reason else kept


def _name(row: PartRow, column: str) -> str:
    label = words.PARTS[row.kind].labels.get(column, column)
    return column if column in ("name", "note", "currency") else label.lower().replace(" ", "_")


PRIVATE = ("salary", "currency", "per", "pay_group", "rule_set", "tax_status", "bank", "account",
           "account_holder", "born", "gender", "identity")  # fmt: skip


def export(session: Session, path: Path, found: Sequence[Person], *, private: bool = False) -> int:
    """Write people to a file, as its name ends; returns how many.

    Args:
        session: Who writes.
        path: Ends in `.csv` or `.json`.
        found: As they were selected.
        private: With pay, bank, identity and personal facts, those groups that may be seen of
            everyone; who took them is written down.

    Raises:
        NotAllowedError: No private group may be seen, though they were asked for.
        InvalidChangeError, UnwrittenError: The file cannot be.
    """
    rows = [record(one.standing) for one in found]
    if private:
        groups = [group for group in (words.PAY, words.BANK, words.PERSONAL, words.IDENTITY)
                  if privacy.may_see_all(session, group)]  # fmt: skip
        if not groups:
            privacy.require_all(session, words.PAY)
        values = _private([one.id for one in found], finding.today_of(session), groups)
        rows = [{**row, **values[one.id]} for row, one in zip(rows, found, strict=True)]
        privacy.looked(session, groups, [one.id for one in found], f"export {path.name}")
    return write(path, rows, private=private)


def _private(ids: Sequence[int], day: date, groups: Sequence[str]) -> dict[int, dict[str, object]]:
    blank: dict[str, object] = {}
    by_group = {words.PAY: PRIVATE[:6], words.BANK: PRIVATE[6:9], words.PERSONAL: PRIVATE[9:11],
                words.IDENTITY: PRIVATE[11:]}  # fmt: skip
    for group in groups:
        blank.update(dict.fromkeys(by_group[group], ""))
    found = {one: dict(blank) for one in ids}
    if words.PAY in groups:
        for one, row in facts.select_at("salary", day, ids).items():
            found[one].update(salary=plain(row.amount, row.precision), currency=row.commodity,
                              per=row.per)  # fmt: skip
        for one, row in facts.select_at("terms", day, ids).items():
            found[one].update(pay_group=row.pay_group, rule_set=row.rule_set,
                              tax_status=row.tax_status)  # fmt: skip
    if words.BANK in groups:
        for one, row in facts.select_at("bank", day, ids).items():
            found[one].update(bank=row.bank, account=row.account, account_holder=row.holder)
    for part in facts.select_all("part", ids):
        values = found[part.head.employee_id]
        if part.kind == "person" and words.PERSONAL in groups:
            values.update(born=part.head.starts_on or "", gender=part.detail)
        if part.kind == "identity" and words.IDENTITY in groups:
            told = f"{part.name} {part.country} {part.value}".replace("  ", " ")
            values["identity"] = f"{values['identity']}; {told}".strip("; ")
    return found
