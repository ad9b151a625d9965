"""What people look like: states, dates, a person to read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from textual.content import Content

from boconsole.language import N_, _
from boconsole.staff import typed, words
from boconsole.staff.asking import Person
from boconsole.staff.card import Card
from boconsole.staff.dated import COMING, EMPLOYED, LEFT, NONE, Standing
from boconsole.staff.finding import EmployeeRow
from screens.cells import Cell, Look, fit, safe
from screens.ledger.facts import LABEL as LABEL  # the card lays papers out by it
from screens.ledger.facts import money
from screens.prose import toned, wrapped

FEATURE = "staff"
STATES = {
    EMPLOYED: Look("E", N_("employed"), ""),
    COMING: Look("C", N_("coming"), "info"),
    LEFT: Look("L", N_("left"), "muted"),
    NONE: Look("-", N_("not employed"), "muted"),
}
FIELD_TITLES = {
    "title": N_("Title"), "department": N_("Department"), "manager": N_("Manager"),
    "place": N_("Place"), "grade": N_("Grade"), "kind": N_("Kind"), "renews": N_("Renews"),
    "warn_days": N_("Warn days ahead"), "note": N_("Note"), "country": N_("Country"),
    "region": N_("Region"), "week": N_("Hours of a week"), "amount": N_("Amount"),
    "currency": N_("Currency"), "per": N_("Per"), "pay_group": N_("Pay group"),
    "rule_set": N_("Rule set"), "tax_status": N_("Tax status"), "tax_method": N_("Tax method"),
    "details": N_("Details"), "holder": N_("Holder"), "account": N_("Account"),
    "bank": N_("Bank"), "bic": N_("BIC"), "end_reason": N_("Why it ended"),
    "counted_from": N_("Service counts from"), "starts_on": N_("From"),
    "ends_on": N_("Until"), "reason": N_("Reason"), "name": N_("Name"),
    "sort_as": N_("Sorted as"), "email": N_("Work mail"), "phone": N_("Work telephone"),
    "language": N_("Language"), "user": N_("Account"), "contact": N_("Contact"),
}  # fmt: skip


def state_word(one: Standing) -> Cell:
    """Return letter and word of how somebody stands: `E employed`."""
    look = STATES[one.state]
    return Cell(f"{look.letter} {_(look.word)}", look.tone)


def day(value: date | None, tone: str = "") -> Cell:
    """Return a day, or a dash."""
    return Cell(str(value), tone) if value else Cell("-", "muted")


def contract_end(row: Person) -> Cell:
    """Return when the contract ends, told ahead where it is not renewed."""
    return day(row.contract_ends, "warn" if row.private.get("ending") else "")


def beside(row: Person, room: int, today: date) -> list[Content]:
    """Return a person beside the list."""
    lines = wrapped(toned((f"{row.number} {safe(row.row.name)}", "strong")), room)
    facts = list(standing_facts(row.standing, row.path, today))
    if row.skills:
        facts.append((N_("Skills"), Cell(safe(row.skills))))
    return lines + labelled(facts, room)


def labelled(facts: list[tuple[str, Cell]], room: int) -> list[Content]:
    """Return a line for each fact that is filled."""
    lines: list[Content] = []
    for label, cell in facts:
        if cell.text:
            first = toned((fit(_(label), LABEL), "muted"))
            lines += wrapped(toned(cell), room, first, " " * LABEL)
    return lines


def standing_facts(one: Standing, path: str, today: date) -> Iterator[tuple[str, Cell]]:
    """Yield what is true of somebody on a day."""
    row, position, contract, schedule = one.employee, one.position, one.contract, one.schedule
    yield N_("State"), state_word(one)
    if position:
        yield N_("Title"), Cell(safe(position.title))
        yield N_("Department"), Cell(safe(path or position.department))
        if position.manager_id:
            told = f"{words.number(position.manager_id)} {safe(position.manager)}"
            yield N_("Manager"), Cell(told)
        yield N_("Place"), Cell(safe(position.place))
        yield N_("Grade"), Cell(safe(position.grade))
        yield N_("Cost centre"), Cell(safe(position.cost_centre))
    yield N_("Employed"), Cell(span(one.first, one.last))
    if contract:
        ends = contract.head.ends_on
        near = ends is not None and (ends - today).days <= contract.warn_days
        kind = _(words.CONTRACTS[contract.kind])
        yield N_("Contract"), Cell(f"{kind}, {span(contract.head.starts_on, ends)}",
                                   "warn" if near else "")  # fmt: skip
    yield N_("Mail"), Cell(safe(row.email))
    yield N_("Telephone"), Cell(safe(row.phone))
    yield N_("Account"), Cell(safe(row.login))
    if schedule:
        where = "-".join(filter(None, (schedule.country, schedule.region)))
        yield N_("Works"), Cell(f"{week(schedule.week)} {where}".strip())


def span(first: date | None, last: date | None) -> str:
    """Return from when until when."""
    if first is None:
        return ""
    if last is None:
        return _("from {day}").format(day=first)
    return _("{first} to {last}").format(first=first, last=last)


def week(minutes: str) -> str:
    """Return the hours of a week: `Mon-Fri 8`, or of each day where they differ."""
    hours = typed.hours_of(minutes).split()
    worked = [at for at, each in enumerate(hours) if each != "0"]
    if not worked:
        return "-"
    whole = worked == list(range(worked[0], worked[-1] + 1))
    if whole and len({hours[at] for at in worked}) == 1:
        days = _(words.DAYS[worked[0]])
        if len(worked) > 1:
            days = f"{days}-{_(words.DAYS[worked[-1]])}"
        return _("{days} {hours} h").format(days=days, hours=hours[worked[0]])
    return "  ".join(f"{_(words.DAYS[at])} {hours[at]}" for at in worked)


def picture(card: Card, room: int, today: date) -> list[Content]:
    """Return a person to read: what holds on the day, then what is private of them."""
    row: EmployeeRow = card.standing.employee
    lines = wrapped(toned((f"{card.number} {safe(row.name)}", "strong")), room)
    lines += labelled(list(standing_facts(card.standing, card.path, today)), room)
    for kind in ("person", "address", "channel", "identity", "health"):
        for part in card.parts.get(kind, ()):
            lines += labelled([(words.PARTS[kind].title, Cell(part_text(part)))], room)
    skills = [part_text(one) for kind in ("skill",) for one in card.parts.get(kind, ())]
    lines += labelled([(N_("Skills"), Cell(", ".join(skills)))], room)
    if card.closed:
        names = ", ".join(_(words.GROUP_TITLES[group]) for group in card.closed)
        told = _("closed: {names}; O opens them, and the look is written down.").format(names=names)
        lines += [Content(), *wrapped(toned((told, "muted")), room)]
    return lines


def part_text(part: Any, *, days: bool = True) -> str:  # Any: a row of parts
    """Return a part in one line, with its last day unless that stands beside it."""
    values = [str(getattr(part, column)) for column in words.PARTS[part.kind].labels
              if column not in ("starts_on", "ends_on", "amount")
              and getattr(part, column)]  # fmt: skip
    if part.amount is not None:
        values.append(sum_of(part))
    if part.head.starts_on and part.kind == "person":
        values.insert(0, _("born {day}").format(day=part.head.starts_on))
    elif part.head.ends_on and days:
        values.append(_("until {day}").format(day=part.head.ends_on))
    return safe(" · ".join(values))


def sum_of(row: Any) -> str:  # Any: a salary or a part
    """Return an amount with its currency."""
    return f"{money(row.amount, row.precision)} {safe(row.commodity)}"


def fact_text(row: Any) -> str:  # Any: a fact of any kind
    """Return a fact in one line, without its days."""
    name = type(row).__name__
    if name == "SalaryRow":
        return f"{sum_of(row)} {_(words.PERIODS[row.per])}"
    if name == "ContractRow":
        return " · ".join(filter(None, (_(words.CONTRACTS[row.kind]), safe(row.note))))
    if name == "ScheduleRow":
        return f"{week(row.week)} {row.country} {safe(row.region)}".strip()
    values = typed.values_of(row)
    values.pop("end_reason", None)
    if name == "EmploymentRow":
        since = values["counted_from"]
        return _("service counts from {day}").format(day=since) if since else _("employed")
    if values.get("details") == "{}":
        values.pop("details")
    return safe(" · ".join(str(each) for each in values.values() if each not in (None, "")))
