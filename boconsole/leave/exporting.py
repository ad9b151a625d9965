"""Leave, attendance and overtime as programs read them; amounts are text, days ISO."""

from boconsole.leave import explaining, quantities, worktime
from boconsole.leave.attending import Attended
from boconsole.leave.counting import Counted
from boconsole.leave.overtime import Overtime
from boconsole.leave.reading import Balance, Request
from boconsole.leave.rules import Rule
from boconsole.leave.team import Member, Month
from boconsole.staff import words as staff_words
from db.leave.rows import TypeRow


def request(found: Request, *, days: bool = False) -> dict[str, object]:
    """Return a request."""
    row = found.row
    value: dict[str, object] = {
        "number": found.number, "person": staff_words.number(row.employee_id),
        "name": row.employee, "type": row.code, "title": row.title, "first": str(row.first),
        "last": str(row.last), "from_noon": row.from_noon, "to_noon": row.to_noon,
        "minutes": row.minutes, "amount": quantities.plain(found.quantity), "unit": found.unit,
        "state": found.state, "note": row.note, "reason": row.reason,
        "asked_at": row.asked_at.isoformat(), "asked_by": row.asked_by,
        "decided_at": row.decided_at.isoformat() if row.decided_at else None,
        "decided_by": row.decided_by or None, "replaces": row.replaces, "version": row.version,
    }  # fmt: skip
    return {**value, "days": [counted(each) for each in found.days]} if days else value


def counted(each: Counted) -> dict[str, object]:
    """Return a day with what it takes."""
    return {"day": str(each.day), "amount": quantities.plain(each.quantity),
            "holiday": each.off or None, "rest": each.rest}  # fmt: skip


def balance(found: Balance) -> dict[str, object]:
    """Return what is left of a type with every line of its ledger."""
    return {
        "type": found.kind.code, "title": found.kind.title, "unit": found.rule.unit,
        "left": quantities.plain(found.left), "planned": quantities.plain(found.planned),
        "asked": quantities.plain(found.asked), "free": quantities.plain(found.free),
        "taken": quantities.plain(found.taken),
        "lines": [
            {"day": str(line.on), "kind": line.kind, "change": quantities.plain(line.change),
             "balance": quantities.plain(line.balance),
             "until": str(line.until) if line.until else None,
             "about": explaining.sentence(line, found.rule.unit)}
            for line in found.lines
        ],
    }  # fmt: skip


def kind(row: TypeRow, rule: Rule | None) -> dict[str, object]:
    """Return a type with the rule that holds."""
    return {"code": row.code, "title": row.title, "letter": row.letter, "closed": row.closed,
            "rule": rule.to_table() if rule else None}  # fmt: skip


def month(found: Month) -> dict[str, object]:
    """Return the calendar of a month: of each person only the days that are not plain."""
    return {
        "month": f"{found.first:%Y-%m}",
        "holidays": {str(day): name for day, name in found.holidays.items()},
        "people": [_member(found, member) for member in found.members],
    }  # fmt: skip


def _member(found: Month, member: Member) -> dict[str, object]:
    days = {
        str(found.first.replace(day=number)): {
            "letter": cell.letter, "asked": cell.asked, "half": cell.half,
        }
        for number, cell in enumerate(member.cells, 1)
        if cell.letter
    }  # fmt: skip
    return {"person": staff_words.number(member.employee_id), "name": member.name, "days": days}


def attended(found: Attended) -> dict[str, object]:
    """Return a day of a person with its stays."""
    day = found.day
    return {
        "day": str(found.on), "person": staff_words.number(found.employee_id),
        "name": found.name, "state": day.state, "planned": day.planned, "worked": day.worked,
        "late": day.late, "early": day.early, "leave": found.leave or None,
        "holiday": found.holiday or None,
        "stays": [
            {"id": row.id, "in": row.in_at.isoformat(), "breaks": row.breaks,
             "out": row.out_at.isoformat() if row.out_at else None, "entered": row.entered,
             "note": row.note}
            for row in found.stays
        ],
    }  # fmt: skip


def overtime(found: Overtime) -> dict[str, object]:
    """Return overtime."""
    row = found.row
    return {
        "number": found.number, "person": staff_words.number(row.employee_id),
        "name": row.employee, "day": str(row.day), "kind": found.kind, "minutes": row.minutes,
        "state": row.state, "note": row.note, "reason": row.reason,
        "decided_by": row.decided_by or None, "version": row.version,
    }  # fmt: skip


def overtime_day(employee_id: int, each: worktime.OvertimeDay) -> dict[str, object]:
    """Return approved overtime of a day as pay reads it."""
    return {"person": staff_words.number(employee_id), "day": str(each.day), "kind": each.kind,
            "minutes": each.minutes, "days_a_week": each.days_a_week,
            "shortest": each.shortest}  # fmt: skip
