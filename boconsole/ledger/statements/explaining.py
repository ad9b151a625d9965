"""How a number of a statement came to be: the rule, its parts, and their lines.

The sum is read from the lines by statements of its own, never from what is shown and never from
the page of lines that a reader looks at.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from boconsole.errors import BoconsoleError
from boconsole.language import _
from boconsole.ledger.budgets import month_name
from boconsole.ledger.statements import asking, ruling, terms
from boconsole.ledger.statements.asking import Asked
from boconsole.ledger.statements.shapes import Money, Proof, Row, Section, Statement
from boconsole.ledger.statements.terms import PLAN, VALUES, Group, Part, Term
from boconsole.ledger.statements.tracing import LEFT, RIGHT, Tracer
from boconsole.ledger.statements.tracing_cash import CashTracer
from boconsole.ledger.words import entry_number, repeats
from boconsole.session import Session
from db.ledger import budgets, charts, explanations
from db.ledger.rows import AccountRow

TOTAL, OWN = "total", "own"
BOOKED = ("direct", "indirect", "direct-month", "indirect-month")
"""Proofs of a cash flow that are told in book value, whatever the statement is converted to."""
NAMED = 5


class Spot(NamedTuple):
    """A line of a statement.

    Attributes:
        section: Key of the section; empty for a proof.
        row: Place of the row in it; -1 for its total.
        part: `own` for the account of a row alone.
        proof: Key of the proof.
        month: What the proof is about where it is no column.
        side: `left` or `right`.
    """

    section: str
    row: int = -1
    part: str = TOTAL
    proof: str = ""
    month: str = ""
    side: str = ""


class NoLineError(BoconsoleError):
    """A statement has no such line, or several."""

    def __init__(self, name: str, similar: Sequence[str]) -> None:
        text = _("No single line of the statement is called {name!r}; such are: {similar}.")
        super().__init__(text.format(name=name[:60], similar=", ".join(similar)))


class Explained(NamedTuple):
    """A number and what it is made of, in smallest units.

    Attributes:
        name: Of the line, as `find` takes it.
        title: Of the line, for people.
        column: Title of the column.
        commodity: Of the number.
        precision: Digits behind its point.
        shown: The number.
        rule: One sentence.
        groups: What was converted together; without a currency, one for each account.
        total: What the groups sum to, read from the lines.
        without_rate: Commodities that are in no sum.
    """

    name: str
    title: str
    column: str
    commodity: str
    precision: int
    shown: int
    rule: str
    groups: tuple[Group, ...]
    total: int
    without_rate: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the parts sum to the number."""
        return self.shown == self.total


class Posting(NamedTuple):
    """A line behind a part, with the sign of the part; a month of a plan has no entry."""

    id: int
    entry_id: int
    dated: date
    number: str
    about: str
    amount: int


# Lines of a statement


def spots(statement: Statement) -> Iterator[tuple[str, Spot]]:
    """Yield the name of each line that has numbers, and where it is."""
    for section in statement.sections:
        for place, row in enumerate(section.rows):
            name = f"{section.key}/{row.path or row.title}"
            yield name, Spot(section.key, place)
            if row.own != row.total and any(cell.amounts or cell.values for cell in row.own):
                yield f"{name}/{OWN}", Spot(section.key, place, OWN)
        yield section.key, Spot(section.key)
    seen = set()
    for proof in statement.proofs:
        month = "" if _is_column(statement, proof.column) else proof.column
        for side in (LEFT, RIGHT):
            spot = Spot("", proof=proof.key, month=month, side=side)
            if spot not in seen:
                seen.add(spot)
                yield "/".join(filter(None, ("proof", proof.key, month, side))), spot


def find(statement: Statement, name: str) -> tuple[str, Spot]:
    """Return the line of a name such as `assets/Assets:Bank`, or of its end.

    Raises:
        NoLineError: There is none, or there are several.
    """
    known = list(spots(statement))
    low = name.strip().casefold()
    for same in (
        lambda text: text == low,
        lambda text: text.partition("/")[2] == low,
        lambda text: text.endswith((f"/{low}", f":{low}")),
        lambda text: low in text,
    ):
        found = [each for each in known if same(each[0].casefold())]
        if len(found) == 1 and low:
            return found[0]
        if found:
            raise NoLineError(name, [each[0] for each in found[:NAMED]])
    raise NoLineError(name, [section.key for section in statement.sections])


def _is_column(statement: Statement, key: str) -> bool:
    return any(column.key == key for column in statement.columns)


def _place(statement: Statement, spot: Spot) -> tuple[Section, Row | None]:
    section = next(each for each in statement.sections if each.key == spot.section)
    return section, section.rows[spot.row] if spot.row >= 0 else None


def amounts(statement: Statement, spot: Spot) -> dict[str, Money]:
    """Return what a line shows, by key of the column."""
    keys = [column.key for column in statement.columns]
    if spot.proof:
        return {_column(proof, spot): getattr(proof, spot.side)
                for proof in statement.proofs if proof.key == spot.proof
                and spot.month in ("", proof.column)}  # fmt: skip
    section, row = _place(statement, spot)
    cells = section.totals if row is None else row.own if spot.part == OWN else row.total
    return {key: getattr(cell, statement.measure)
            for key, cell in zip(keys, cells, strict=True)}  # fmt: skip


def _column(proof: Proof, spot: Spot) -> str:
    return spot.month or proof.column


# Explaining


def explain(
    session: Session, asked: Asked, statement: Statement, spot: Spot, column: str, code: str
) -> Explained:
    """Return how a number came to be.

    Args:
        session: Who asks.
        asked: What the statement was made from.
        statement: As it is shown.
        spot: The line.
        column: Key of the column, or the month of a proof.
        code: Commodity of the number.

    Raises:
        NotAllowedError: The reader may not see the books.
    """
    session.require("ledger.read")
    rows = charts.select_accounts()
    found = _terms(session, asked, statement, spot, column, rows)
    currency = "" if spot.proof in BOOKED else statement.currency
    known = {row.id: row for row in rows}
    read = terms.read(found, known, statement.precisions, code, currency)
    name = next(name for name, each in spots(statement) if each == spot)
    titles = {each.key: each.title for each in statement.columns}
    return Explained(
        name, _title(statement, spot), titles.get(column, column), code,
        statement.precisions[code], amounts(statement, spot).get(column, {}).get(code, 0),
        ruling.rule(statement, _subject(statement, spot), found, currency), read.groups,
        read.total, read.without_rate,
    )  # fmt: skip


def _terms(
    session: Session,
    asked: Asked,
    statement: Statement,
    spot: Spot,
    column: str,
    rows: Sequence[AccountRow],
) -> list[Term]:
    tracer: Tracer | CashTracer
    if statement.name == asking.CASH:
        tracer = CashTracer(statement, asked.method, rows)
    else:
        tracer = Tracer(session, statement, rows)
    if spot.proof:
        return tracer.side(spot.proof, column, spot.side)
    place = [each.key for each in statement.columns].index(column)
    section, row = _place(statement, spot)
    if row is None:
        return tracer.total(section, place, statement.measure)
    return tracer.row(section, row, place, statement.measure, spot.part)


def _title(statement: Statement, spot: Spot) -> str:
    if spot.proof:
        proof = next(each for each in statement.proofs if each.key == spot.proof)
        side = _("One side") if spot.side == LEFT else _("The other")
        return f"{proof.sentence} {side}"
    section, row = _place(statement, spot)
    if row is None:
        return _("Total {section}").format(section=section.title)
    return row.path or row.title


def _subject(statement: Statement, spot: Spot) -> str:
    """Return which accounts a line is about."""
    if spot.proof:
        return _("One side of a proof") if spot.side == LEFT else _("The other side of a proof")
    section, row = _place(statement, spot)
    if row is None:
        return _("Every row of {section}").format(section=section.title)
    if not row.path:
        return ruling.subject_of(statement, section, row)
    below = any(each.path.startswith(f"{row.path}:") for each in section.rows)
    if below and spot.part != OWN:
        return _("{account} and the accounts below it").format(account=row.path)
    return row.path


def rate_text(rate: Fraction) -> str:
    """Return a rate as a decimal, exact where it ends within twelve digits."""
    number = Decimal(rate.numerator) / Decimal(rate.denominator)
    return f"{number:.12g}" if number < 10**12 else str(number)


# Lines


def postings(
    session: Session,
    part: Part,
    after: str = "",
    limit: int = 100,
    *,
    backwards: bool = False,
) -> list[Posting]:
    """Return a page of the lines behind a part, in order of day and id.

    Args:
        session: Who asks.
        part: As `explain` returned it.
        after: The place of the line before the page (behind it, backwards): `20260504 17`.
        limit: At most so many.
        backwards: Read towards the start.
    """
    session.require("ledger.read")
    term = part.term
    if term.lines == PLAN:
        found = _planned(part)
        here = tuple(map(int, after.split())) if after else ()
        kept = [each for each in found if not here
                or ((_at(each) < here) if backwards else (_at(each) > here))]  # fmt: skip
        return kept[-limit:] if backwards else kept[:limit]
    place = after.split()
    rows = explanations.page(
        term.wanted, term.half, part.commodity,
        (int(place[0]), int(place[1])) if place else None, limit, backwards=backwards,
    )  # fmt: skip
    return [
        Posting(
            row.id, row.entry_id, row.dated,
            entry_number(row.entry_id, row.series, row.year, row.number),
            " ".join(filter(None, ("" if repeats(row.payee, row.description) else row.payee,
                                   row.description, row.label))),
            term.sign * (row.value if term.half == VALUES else row.amount),
        )
        for row in rows
    ]  # fmt: skip


def cursor(posting: Posting) -> str:
    """Return the place of a line, for `postings`."""
    day, line_id = _at(posting)
    return f"{day} {line_id}"


def _at(posting: Posting) -> tuple[int, int]:
    day = posting.dated
    return day.year * 10_000 + day.month * 100 + day.day, posting.id


def _planned(part: Part) -> list[Posting]:
    term, codes = part.term, {row.id: row.code for row in charts.select_commodities()}
    first, last = (day.year * 100 + day.month for day in (term.starts or term.ends, term.ends))
    return [
        Posting(row.month, 0, date(row.month // 100, row.month % 100, 1), "",
                _("Budget for {month}").format(month=month_name(row.month)),
                term.sign * row.amount)
        for row in budgets.select_plans(first, last, [term.account_id])
        if codes[row.commodity_id] == part.commodity
    ]  # fmt: skip
