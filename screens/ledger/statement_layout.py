"""How wide the columns of a statement are, and its sentences wrapped to what is left.

Amounts and commodities are never cut; where all do not fit, whole columns are left out and named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.cells import cell_len
from textual.content import Content

from boconsole.language import N_, _
from boconsole.ledger.statements import periods, plans
from boconsole.ledger.statements.asking import CASH
from boconsole.ledger.statements.periods import Period
from screens.cells import Cell, safe
from screens.ledger.statement_lines import STEP, Line, share
from screens.prose import wrapped
from screens.widgets.columns import GUTTER, Column, Columns

if TYPE_CHECKING:
    from boconsole.ledger.statements import shapes
    from boconsole.ledger.statements.shapes import Statement

LEAST, GAP = 18, 1
SENTENCE = 44
"""Cells that names take where there is room, so that sentences are not broken often."""
NAME, CODE = "account", "commodity"
NAMES = {"aged": N_("Contact"), "account": N_("Document")}
"""What stands over the names, where that is no account."""
SHARE = "share"
LEAVES_LAST = {"at": 0, "period": 0, "balance": 0, "closing": 0, "opening": 1, "result": 2,
               "movement": 2, "other": 3, "transfer": 4, "budget": 3, "difference": 4,
               "not-due": 5, "days-30": 4, "days-60": 3, "days-90": 2, "older": 1}  # fmt: skip
"""The order in which columns leave a narrow window, the highest first."""


class Layout(NamedTuple):
    """What is drawn in a width: columns, lines, and the titles of columns without room."""

    columns: Columns[Line]
    lines: Sequence[Line]
    missing: Sequence[str]


def lay_out(
    statement: Statement, found: Sequence[Line], width: int, state: Mapping[str, Any]
) -> Layout:  # Any: what JSON can hold
    """Return what fits into a width; `state` are the reader's changes to the columns."""
    amounts = [_amounts(column, found) for column in statement.columns]
    if plans.is_budgeted(statement):
        amounts.append(_shares(statement, found))
    code = max((cell_len(line.commodity) for line in found), default=0)
    codes: list[Column[Line]] = [Column(CODE, "", code, lambda line: Cell(line.commodity, "muted"),
                    name=N_("Commodity"))]  # fmt: skip
    others = [*amounts, *(codes if code else [])]
    named = NAMES.get(statement.name, N_("Account"))
    placed = _columns(named, LEAST, others, state)
    kept = [each.column.id for each in placed.lay_out(width)]
    room = width - GUTTER - sum(each.width + 1 for each in others if each.id in kept)
    widest = max((cell_len(line.title) for line in found if line.kind != "text"), default=0)
    name = max(LEAST, min(room, max(widest, SENTENCE)))
    lines = [part for line in found for part in _wrapped(statement, line, name)]
    missing = [_(each.title) for each in amounts
               if each.id not in kept and each.id not in placed.hidden]  # fmt: skip
    return Layout(_columns(named, name, others, state), lines, missing)


def _columns(
    title: str, name: int, others: Sequence[Column[Line]], state: Mapping[str, Any]
) -> Columns[Line]:  # Any: what JSON can hold
    """Return the columns as the reader changed them; their order counts for the same ones only."""
    named: Column[Line] = Column(NAME, title, name, lambda line: Cell(line.title, line.tone))
    found: Columns[Line] = Columns([named, *others])
    same = {column.id for column in found.all} == set(state.get("order", ()))
    found.restore(state if same else {**state, "order": ()})
    return found


def _amounts(column: shapes.Column, found: Sequence[Line]) -> Column[Line]:
    title, key = heading(column), column.key
    widest = max((cell_len(line.amount(key)) for line in found), default=0)
    return Column(
        key, title, max(cell_len(title), widest) + GAP,
        lambda line: Cell(line.amount(key), line.tone), align="right",
        priority=LEAVES_LAST.get(key, 1),
    )  # fmt: skip


def _shares(statement: Statement, found: Sequence[Line]) -> Column[Line]:
    widest = max((cell_len(share(statement, line)) for line in found), default=0)
    return Column(
        SHARE, N_("Per cent"), max(cell_len(_("Per cent")), widest) + GAP,
        lambda line: Cell(share(statement, line), line.tone), align="right", priority=2,
    )  # fmt: skip


def heading(column: shapes.Column) -> str:
    """Return what stands over a column: its days as short as they are typed, or its title."""
    if column.starts is not None and column.title == f"{column.starts} - {column.ends}":
        return periods.name(Period(column.starts, column.ends))
    return column.title


def _wrapped(statement: Statement, line: Line, room: int) -> list[Line]:
    """Return a sentence as the lines of a width; a path that stands alone loses its beginning."""
    if line.kind == "text" and cell_len(line.title) > room:
        indent = line.title[: len(line.title) - len(line.title.lstrip())]
        parts = wrapped(Content(line.title.strip()), room, indent, indent)
        return [line._replace(place=(*line.place, str(place)), title=part.plain)
                for place, part in enumerate(parts)]  # fmt: skip
    if statement.name == CASH and line.path and cell_len(line.title) > room:
        tail = safe(line.path)[len(STEP * 2) + 1 - room :]
        return [line._replace(title=f"{STEP * 2}…{tail}")]
    return [line]
