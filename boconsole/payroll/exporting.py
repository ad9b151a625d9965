"""Runs and slips as programs read them; amounts are text."""

from boconsole.money import plain
from boconsole.payroll.computing import facts_of, lines_of
from boconsole.staff import words as staff_words
from db.payroll.rows import ItemRow, RunRow, SlipRow


def run_record(row: RunRow) -> dict[str, object]:
    """Return the head of a run."""
    return {
        "number": row.number, "month": row.title, "group": row.pay_group, "kind": row.kind,
        "corrects": f"PYR-{row.corrects_id:04}" if row.corrects_id else None,
        "reason": row.reason, "state": row.state, "currency": row.currency, "pay_on": row.pay_on,
        "people": row.people,
        **{name: plain(getattr(row, name), row.digits)
           for name in ("earned", "tax", "net", "cost")},
        "prepared_by": row.preparer, "approved_by": row.approver or None, "paid_on": row.paid_on,
        "seal": row.seal,
    }  # fmt: skip


def slip_record(run: RunRow, row: SlipRow) -> dict[str, object]:
    """Return a slip with its lines."""

    def money(amount: int) -> str:
        return plain(amount, run.digits)

    return {
        "employee": staff_words.number(row.employee_id), "name": row.name, "title": row.title,
        "department": row.department, "rules": row.rules, "status": row.status,
        "category": row.category, "rate": row.rate or None,
        **{name: money(getattr(row, name))
           for name in ("earned", "gross", "tax", "borne", "pension", "zakat", "net", "cost")},
        "facts": facts_of(row),
        "lines": [
            {"kind": line.kind, "code": line.code, "name": line.name, "base": money(line.base),
             "rate": line.rate, "amount": money(line.amount), "rule": row.rules,
             "source": line.source}
            for line in lines_of(row)
        ],
    }  # fmt: skip


def item_record(row: ItemRow) -> dict[str, object]:
    """Return a pay item."""
    return {
        "id": row.id, "employee": staff_words.number(row.employee_id) if row.employee_id else None,
        "group": row.pay_group, "code": row.code, "name": row.name, "kind": row.kind,
        "amount": plain(row.amount, row.digits), "percent": row.percent or None,
        "hours": row.hours, "day": row.day_kind, "taxable": row.taxable,
        "irregular": row.irregular, "fixed": row.fixed, "prorated": row.prorated,
        "from": row.starts_on, "to": row.ends_on, "note": row.note,
    }  # fmt: skip
