"""A statement as lines for a file: headings, accounts below others, sums, proofs, remarks.

A line has one commodity; an account that holds several takes several lines.
"""

from collections.abc import Iterable, Iterator, Sequence

from boconsole.language import _
from boconsole.ledger.statements import plans
from boconsole.ledger.statements.asking import CASH
from boconsole.ledger.statements.exporting import Told
from boconsole.ledger.statements.shapes import Cell, Money, Proof, Row, Section, Statement

LISTED = ("journal", "general-ledger")
"""Statements whose sections are entries or accounts with their lines."""
SUMS = ("sides", "net-income", "cash")
"""Sections that are sums themselves."""


def lines(statement: Statement, notes: Iterable[str] = ()) -> list[Told]:
    """Return the lines of a statement, with sentences below it."""
    found: list[Told] = []
    for section in statement.sections:
        found += _section(statement, section)
    found += _proofs(statement)
    found += [Told("", text, "", 0, {}, text, kind="text") for text in notes]
    return found


def _section(statement: Statement, section: Section) -> Iterator[Told]:
    title = section.title
    yield Told(title, title, "", 0, {}, title, kind="heading")
    parents = _parents(statement, section.rows)
    root = _root(section, parents)
    for row in section.rows:
        if row is root or not _holds(row):
            continue
        depth = row.depth - (1 if root and row.path else 0)
        name = row.path or row.title
        short = row.title
        if statement.name == "general-ledger" and row.entry_id:
            name = short = f"{row.dated} {row.number} {row.title}"
        kind = "account" if row.path else "sum"
        more = plans.welcome(statement, section.key, row.kind)
        like = Told(title, name, "", 0, {}, short or name, depth + 1, kind, more)
        above = row.path in parents
        yield from _spread(statement, like, row.total if above else row.own)
        if above and any(_shown(statement, row.own)):
            own = _("on the account itself")
            alone = like._replace(title=f"{name} ({own})", short=own, indent=depth + 2)
            yield from _spread(statement, alone, row.own)
    if section.rows and statement.name not in LISTED and section.key not in SUMS:
        told = _("Total {section}").format(section=title)
        yield from _spread(
            statement,
            Told(
                title,
                told,
                "",
                0,
                {},
                told,
                kind="total",
                more=plans.welcome(statement, section.key),
            ),
            section.totals,
        )


def _parents(statement: Statement, rows: Sequence[Row]) -> set[str]:
    """Return the accounts that stand above others; a cash flow has each one by itself."""
    if statement.name == CASH or statement.name in LISTED:
        return set()
    return {row.path.rpartition(":")[0] for row in rows if ":" in row.path}


def _root(section: Section, parents: set[str]) -> Row | None:
    """Return the account that a section is all about, for its heading stands for it."""
    tops = [row for row in section.rows if row.path and not row.depth]
    if section.key in SUMS or len(tops) != 1 or tops[0].path not in parents:
        return None
    return None if any(cell.amounts or cell.values for cell in tops[0].own) else tops[0]


def _holds(row: Row) -> bool:
    cells = (*row.own, *row.total)
    return any(cell.amounts or cell.values for cell in cells) or row.kind == "sum"


def _shown(statement: Statement, cells: Sequence[Cell]) -> list[Money]:
    values = statement.measure == "values"
    return [cell.values if values else cell.amounts for cell in cells]


def _spread(statement: Statement, like: Told, cells: Sequence[Cell]) -> Iterator[Told]:
    told = list(_by_commodity(statement, like, _shown(statement, cells)))
    yield from told or [like]


def _by_commodity(statement: Statement, like: Told, sides: Sequence[Money]) -> Iterator[Told]:
    """Yield one line for each commodity, the short title on the first."""
    for place, code in enumerate(sorted({code for side in sides for code in side})):
        yield like._replace(
            commodity=code, precision=statement.precisions[code],
            short=like.short if place == 0 else "",
            amounts={column.key: side[code]
                     for column, side in zip(statement.columns, sides, strict=True)
                     if code in side},
        )  # fmt: skip


def _is_told(proof: Proof, statement: Statement) -> bool:
    """Return whether a proof that holds is shown: not those of single accounts and months."""
    doubled = statement.currency and any(
        other.key == f"{proof.key}-converted" for other in statement.proofs
    )
    return statement.name not in LISTED and not doubled and not proof.key.endswith("-month")


def _proofs(statement: Statement) -> Iterator[Told]:
    """Yield each sentence with both sides, and what does not hold."""
    keys = [column.key for column in statement.columns]
    told: dict[tuple[str, str], dict[str, Proof]] = {}
    for proof in statement.proofs:
        if not proof.holds or _is_told(proof, statement):
            told.setdefault((proof.key, proof.sentence), {})[proof.column] = proof
    if not statement.proofs:
        return
    holds = all(proof.holds for proof in statement.proofs)
    heading = _("Proof: holds") if holds else _("Proof: DOES NOT HOLD")
    yield Told("", heading, "", 0, {}, heading, kind="heading")
    for (_key, sentence), found in told.items():
        yield Told("", sentence, "", 0, {}, sentence, 1, "text")
        for title, part in ((_("One side"), "left"), (_("The other"), "right")):
            for months in (None, *(name for name in found if name not in keys)):
                sides: list[Money] = [
                    getattr(found[key], part) if key in found else {} for key in keys
                ]
                if months is not None:
                    sides = [getattr(found[months], part), *({} for _more in keys[1:])]
                more = f" {months}" if months else ""
                like = Told("", f"{title}{more}", "", 0, {}, f"{title}{more}", 2, "proof")
                yield from _by_commodity(statement, like, sides)
