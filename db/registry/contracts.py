"""Contracts, their terms and obligations: one function for each statement."""

from collections.abc import Collection, Mapping
from datetime import date

from db import connection
from db.fields import number_of
from db.projects import statements
from db.registry.rows import ContractRow, ObligationRow, TermRow

LINES = (
    "a.id, a.version, a.title, a.kind, a.state, a.owner_id, coalesce(u.login, ''), "
    "a.organisation_id, coalesce(o.name, ''), a.contact_id, coalesce(c.name, ''), a.reference, "
    "a.signed_on, a.note, a.term, a.start_on, a.end_on, a.notice_on, a.notice_months, "
    "a.notice_days, a.renewal, a.renewal_months, a.amount, a.commodity_id, coalesce(m.code, ''), "
    "coalesce(m.precision, 0), a.every, a.terminated_on, a.reason, a.created_at, a.updated_at, "
    "(SELECT count(*) FROM obligation b WHERE b.contract_id = a.id AND b.state = 'open')"
)
JOINS = (
    "LEFT JOIN user_account u ON u.id = a.owner_id "
    "LEFT JOIN organisation o ON o.id = a.organisation_id "
    "LEFT JOIN contact c ON c.id = a.contact_id "
    "LEFT JOIN commodity m ON m.id = a.commodity_id"
)
CONTRACT = f"SELECT {LINES} FROM contract a {JOINS}"
TERM = (
    "SELECT t.id, t.contract_id, t.number, t.start_on, t.end_on, t.notice_months, t.notice_days, "
    "t.renewal, t.renewal_months, t.amount, t.commodity_id, coalesce(m.code, ''), "
    "coalesce(m.precision, 0), t.every, t.note, coalesce(u.login, ''), t.at "
    "FROM contract_term t LEFT JOIN commodity m ON m.id = t.commodity_id "
    "LEFT JOIN user_account u ON u.id = t.made_by_id"
)
DUTY_LINES = (
    "b.id, b.version, b.contract_id, c.title, b.title, b.side, b.owner_id, "
    "coalesce(u.login, ''), b.due_on, b.every_months, b.state, b.done_on, b.note"
)
DUTY_JOINS = "JOIN contract c ON c.id = b.contract_id LEFT JOIN user_account u ON u.id = b.owner_id"
OBLIGATION = f"SELECT {DUTY_LINES} FROM obligation b {DUTY_JOINS}"


def find(contract_id: int) -> ContractRow | None:
    """Return a contract."""
    rows = connection.fetch(f"{CONTRACT} WHERE a.id = ?", (contract_id,))
    return statements.row_of(ContractRow, rows[0]) if rows else None


def select(ids: Collection[int]) -> list[ContractRow]:
    """Return some contracts, by id."""
    marks = ", ".join("?" * len(ids)) or "NULL"
    rows = connection.fetch(f"{CONTRACT} WHERE a.id IN ({marks}) ORDER BY a.id", tuple(ids))
    return [statements.row_of(ContractRow, row) for row in rows]


def select_naming(column: str, record_id: int) -> list[ContractRow]:
    """Return the contracts of an `organisation` or a `contact`, the last changed first."""
    rows = connection.fetch(
        f"{CONTRACT} WHERE a.{column}_id = ? ORDER BY a.updated_at DESC, a.id DESC", (record_id,)
    )
    return [statements.row_of(ContractRow, row) for row in rows]


def select_ending(first: date, last: date) -> list[ContractRow]:
    """Return contracts that go on, whose end or last day for a notice lies between two days."""
    rows = connection.fetch(
        f"{CONTRACT} WHERE a.state IN ('active', 'terminated') AND (a.end_on BETWEEN ? AND ? "
        "OR a.notice_on BETWEEN ? AND ?) ORDER BY a.end_on, a.id",
        (number_of(first), number_of(last)) * 2,
    )
    return [statements.row_of(ContractRow, row) for row in rows]


def select_over(before: date) -> list[ContractRow]:
    """Return contracts in force whose last day lies before a day."""
    rows = connection.fetch(
        f"{CONTRACT} WHERE a.state IN ('active', 'terminated') AND a.end_on < ? ORDER BY a.id",
        (number_of(before),),
    )
    return [statements.row_of(ContractRow, row) for row in rows]


def insert(columns: Mapping[str, object]) -> int:
    """Add a contract; returns its id."""
    return statements.insert("contract", {"version": 1, "term": 1, "reason": "", **columns})


def update(contract_id: int, version: int, columns: Mapping[str, object]) -> bool:
    """Change columns of a contract; answers whether it still had that version."""
    return statements.update("contract", contract_id, version, columns)


def select_terms(contract_id: int) -> list[TermRow]:
    """Return the terms of a contract, in order."""
    rows = connection.fetch(f"{TERM} WHERE t.contract_id = ? ORDER BY t.number", (contract_id,))
    return [statements.row_of(TermRow, row) for row in rows]


def insert_term(columns: Mapping[str, object]) -> int:
    """Add a term; returns its id."""
    return statements.insert("contract_term", {"note": "", **columns})


def update_term(contract_id: int, number: int, columns: Mapping[str, object]) -> None:
    """Correct a term."""
    changes = ", ".join(f"{name} = ?" for name in columns)
    connection.execute(
        f"UPDATE contract_term SET {changes} WHERE contract_id = ? AND number = ?",
        (*map(statements.stored, columns.values()), contract_id, number),
    )


def delete_term(contract_id: int, number: int) -> None:
    """Take a term away, as a renewal that is undone."""
    connection.execute(
        "DELETE FROM contract_term WHERE contract_id = ? AND number = ?", (contract_id, number)
    )


# Obligations


def select_obligations(contract_id: int) -> list[ObligationRow]:
    """Return the obligations of a contract; the open ones first, by day."""
    rows = connection.fetch(
        f"{OBLIGATION} WHERE b.contract_id = ? "
        "ORDER BY CASE WHEN b.state = 'open' THEN 0 ELSE 1 END, b.due_on, b.id",
        (contract_id,),
    )
    return [statements.row_of(ObligationRow, row) for row in rows]


def select_obligations_due(first: date, last: date) -> list[ObligationRow]:
    """Return open obligations of contracts in force that are due between two days."""
    rows = connection.fetch(
        f"{OBLIGATION} WHERE b.state = 'open' AND b.due_on BETWEEN ? AND ? "
        "AND c.state IN ('active', 'terminated') ORDER BY b.due_on, b.id",
        (number_of(first), number_of(last)),
    )
    return [statements.row_of(ObligationRow, row) for row in rows]


def find_obligation(obligation_id: int) -> ObligationRow | None:
    """Return an obligation."""
    rows = connection.fetch(f"{OBLIGATION} WHERE b.id = ?", (obligation_id,))
    return statements.row_of(ObligationRow, rows[0]) if rows else None


def insert_obligation(columns: Mapping[str, object]) -> int:
    """Add an obligation; returns its id."""
    return statements.insert("obligation", {"version": 1, "note": "", **columns})


def update_obligation(obligation_id: int, version: int, columns: Mapping[str, object]) -> bool:
    """Change columns of an obligation; answers whether it still had that version."""
    return statements.update("obligation", obligation_id, version, columns)
