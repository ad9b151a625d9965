"""A statement as the lines of a list: headings, accounts with those below them, sums, proofs.

A line has one commodity, so that its amounts stand under one another; what holds several takes
several lines. Nothing is cut but the names of accounts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from boconsole.language import _
from boconsole.ledger.statements import plans
from boconsole.ledger.statements.asking import CASH
from boconsole.ledger.statements.explaining import OWN, Spot
from boconsole.ledger.statements.shapes import Cell, Proof, minus, plus
from boconsole.ledger.statements.tracing import LEFT, RIGHT
from screens.cells import safe
from screens.ledger.facts import money

if TYPE_CHECKING:
    from boconsole.ledger.statements.shapes import Money, Row, Section, Statement

SUMS = ("sides", "net-income", "cash")
"""Sections that are sums themselves."""
STEP = "  "
NIL = "-"


class Line(NamedTuple):
    """One line.

    Attributes:
        place: What it is, the same after other choices: section, account, part, commodity.
        title: Indented.
        kind: `heading`, `account`, `sum`, `total`, `proof`, `text` or `blank`.
        tone: Of the whole line.
        depth: Of the account, 0 for the first level.
        fold: `+` while what is below is hidden, `-` while it is shown, "" when nothing is.
        key: What is folded: the path of the account, or the section.
        path: Of the account; empty for none.
        section: Its title.
        amounts: In smallest units, by column; a column may be missing.
        commodity: Of the amounts; empty for none.
        precision: Digits behind its point.
        name: Without what shows the tree: the path of an account, or what a sum is.
        more: Whether more than planned is welcome; see `plans.welcome`.
        spot: Where its numbers are, for their explanation.
    """

    place: tuple[str, ...]
    title: str
    kind: str
    tone: str = ""
    depth: int = 0
    fold: str = ""
    key: str = ""
    path: str = ""
    section: str = ""
    amounts: Mapping[str, int] = {}
    commodity: str = ""
    precision: int = 0
    name: str = ""
    more: int = 0
    spot: Spot | None = None

    def amount(self, column: str) -> str:
        """Return what stands in a column; a sum of nothing is a dash."""
        if column in self.amounts:
            return money(self.amounts[column], self.precision)
        return NIL if self.kind in ("account", "sum", "total") else ""


class _Book(NamedTuple):
    """What the lines of one statement are made from."""

    statement: Statement
    folded: Collection[str]

    def spread(self, line: Line, cells: Sequence[Money]) -> Iterator[Line]:
        """Yield a line for each commodity of its cells, the title on the first."""
        codes = sorted({code for cell in cells for code in cell}) or [""]
        columns = [column.key for column in self.statement.columns]
        name = safe(line.path) or (line.section if line.fold else line.title.strip())
        for place, code in enumerate(codes):
            yield line._replace(
                place=(*line.place, code), commodity=code,
                name=name, title=line.title if place == 0 else "",
                fold=line.fold if place == 0 else "",
                precision=self.statement.precisions.get(code, 0),
                amounts={key: cell[code] for key, cell in zip(columns, cells, strict=True)
                         if code in cell},
            )  # fmt: skip

    def shown(self, cells: Iterable[Cell]) -> list[Money]:
        """Return the half of cells that people are shown."""
        values = self.statement.measure == "values"
        return [cell.values if values else cell.amounts for cell in cells]


def share(statement: Statement, line: Line) -> str:
    """Return share and verdict of a line beside its budget, such as `104.0 % U`."""
    if not plans.is_budgeted(statement) or line.kind not in ("account", "sum", "total"):
        return ""
    return plans.short(statement, line.amounts, line.more) if line.amounts else ""


def lines(statement: Statement, folded: Collection[str]) -> list[Line]:
    """Return the lines of a statement; `folded` are keys below which nothing is shown."""
    book = _Book(statement, folded)
    found: list[Line] = []
    for section in statement.sections:
        found += _section(book, section)
        found.append(_blank(section.key))
    found += _proofs(book)
    found += _notes(statement)
    while found and found[-1].kind == "blank":
        found.pop()
    return found


def bare(line: Line) -> str:
    """Return the title of a line without blanks before it and the sign of what is folded."""
    title = line.title.strip()
    return title.removeprefix(line.fold).lstrip() if line.fold else title


def steps(line: Line) -> int:
    """Return how many steps a line is indented."""
    if line.kind in ("account", "sum"):
        return line.depth + 1
    return (len(line.title) - len(line.title.lstrip())) // len(STEP)


def depths(statement: Statement, depth: int) -> set[str]:
    """Return the keys that hide what lies deeper than a depth; -1 hides the sections too."""
    found = {each.key for each in statement.sections if depth < 0 and each.key not in SUMS}
    for section in statement.sections:
        shift = 0 if _root(statement, section) is None else 1
        found |= {path for path in _parents(statement, section.rows)
                  if path.count(":") - shift >= depth}  # fmt: skip
    return found


def _section(book: _Book, section: Section) -> Iterator[Line]:
    sums = section.key in SUMS
    title = safe(section.title)
    totals = book.shown(section.totals)
    more = plans.welcome(book.statement, section.key)
    if not section.rows:
        empty = Line((section.key, "heading"), title, "total", "strong", -1, section=title,
                     more=more, spot=Spot(section.key))  # fmt: skip
        yield from book.spread(empty, totals)
        return
    if not sums and section.key in book.folded:
        yield from book.spread(
            Line((section.key, "heading"), f"+ {title}", "total", "strong", -1, "+", section.key,
                 section=title, more=more, spot=Spot(section.key)), totals)  # fmt: skip
        return
    root = _root(book.statement, section)
    if not (sums and len(section.rows) == 1):
        mark = "" if sums else "-"
        yield Line((section.key, "heading"), title, "heading", "strong", -1, mark,
                   "" if sums else section.key, root.path if root else "", title)  # fmt: skip
    yield from _rows(book, section, root)
    if not sums:
        told = _("Total {section}").format(section=title)
        yield from book.spread(
            Line((section.key, "total"), told, "total", "strong", -1, key=section.key,
                 section=title, more=more, spot=Spot(section.key)), totals)  # fmt: skip


def _rows(book: _Book, section: Section, root: Row | None) -> Iterator[Line]:
    parents = _parents(book.statement, section.rows)
    hidden = tuple(f"{path}:" for path in parents if path in book.folded)
    shift, sums = 0 if root is None else 1, section.key in SUMS
    for place, row in enumerate(section.rows):
        if row is root or (parents and row.path.startswith(hidden)):
            continue
        path, depth = safe(row.path), row.depth - (shift if row.path else 0)
        fold = ("+" if row.path in book.folded else "-") if row.path in parents else ""
        alone = "" if row.path else str(place)
        title = _title(row, -1 if sums and len(section.rows) == 1 else depth, fold)
        line = Line(
            (section.key, row.kind, path or alone, row.title), title,
            "account" if path else "sum", "strong" if sums else "",
            depth, fold, row.path if fold else "", row.path, section.title,
            more=plans.welcome(book.statement, section.key, row.kind),
            spot=Spot(section.key, place),
        )  # fmt: skip
        yield from book.spread(line, book.shown(row.total))
        own = book.shown(row.own)
        if fold == "-" and any(own):
            title = f"{STEP * (depth + 3)}" + _("on the account itself")
            yield from book.spread(
                line._replace(place=(*line.place, "own"), title=title, fold="", key="",
                              depth=depth + 1, tone="muted",
                              spot=Spot(section.key, place, OWN)), own)  # fmt: skip


def _title(row: Row, depth: int, fold: str) -> str:
    if depth < 0:
        return safe(row.title)
    return f"{STEP * (depth + 1)}{fold or ' '} {safe(row.title)}"


def _parents(statement: Statement, rows: Iterable[Row]) -> set[str]:
    """Return the accounts that stand above others; a cash flow has each one by itself."""
    if statement.name == CASH:
        return set()
    return {row.path.rpartition(":")[0] for row in rows if ":" in row.path}


def _root(statement: Statement, section: Section) -> Row | None:
    """Return the account that a section is all about, for its heading stands for it."""
    if section.key in SUMS or statement.name == CASH:
        return None
    tops = [row for row in section.rows if row.path and not row.depth]
    if len(tops) != 1 or tops[0].path not in _parents(statement, section.rows):
        return None
    holds = any(cell.amounts or cell.values for cell in tops[0].own)
    return None if holds else tops[0]


def _blank(key: str) -> Line:
    return Line((key, "blank"), "", "blank")


# Proofs and notes


def _proofs(book: _Book) -> Iterator[Line]:
    """Yield each sentence with both sides by column, and what does not hold."""
    proofs = [proof for proof in book.statement.proofs if _is_told(proof, book.statement)]
    holds = holds_all(book.statement)
    heading = _("Proof: holds") if holds else _("Proof: DOES NOT HOLD")
    yield Line(("proof",), heading, "heading", "strong" if holds else "bad")
    sentences = dict.fromkeys((proof.key, proof.sentence) for proof in proofs)
    for key, sentence in sentences:
        found = {proof.column: proof for proof in proofs if (proof.key, proof.sentence)
                 == (key, sentence)}  # fmt: skip
        more = _("(in book value)") if _in_values(book.statement) else ""
        yield Line(("proof", key), f"{STEP}{safe(sentence)} {more}".rstrip(), "text")
        yield from _sides(book, key, found)


def _in_values(statement: Statement) -> bool:
    """Return whether amounts of several commodities are proved by what they were booked for."""
    if statement.currency or statement.measure == "values":
        return False
    cells = [cell for section in statement.sections for cell in section.totals]
    return len({code for cell in cells for code in cell.amounts}) > 1


def _sides(book: _Book, key: str, found: Mapping[str, Proof]) -> Iterator[Line]:
    """Yield both sides in the columns of the statement; months have lines of their own."""
    columns = [column.key for column in book.statement.columns]
    for month in (name for name in found if name not in columns):
        yield from _pair(book, (key, month), {columns[0]: found[month]}, f" {month}")
    if here := {name: proof for name, proof in found.items() if name in columns}:
        yield from _pair(book, (key,), here, "")


def _pair(
    book: _Book, place: tuple[str, ...], found: Mapping[str, Proof], more: str
) -> Iterator[Line]:
    columns = [column.key for column in book.statement.columns]
    rest = {name: plus(proof.left, minus(proof.right)) for name, proof in found.items()}
    parts: list[tuple[str, str, Mapping[str, Money]]] = [
        (_("One side"), "", {name: proof.left for name, proof in found.items()}),
        (_("The other"), "", {name: proof.right for name, proof in found.items()}),
        *([(_("Difference"), "bad", rest)] if any(rest.values()) else []),
    ]
    sides_of = {_("One side"): LEFT, _("The other"): RIGHT, _("Difference"): ""}
    for title, tone, sides in parts:
        spot = Spot("", proof=place[0], month="".join(place[1:]), side=sides_of[title])
        line = Line(("proof", *place, title), f"{STEP * 2}{title}{more}", "proof", tone,
                    spot=spot if spot.side else None)  # fmt: skip
        yield from book.spread(line, [sides.get(column, {}) for column in columns])


def _is_told(proof: Proof, statement: Statement) -> bool:
    """Return whether a proof is shown: all that fail, of the others those of whole columns."""
    if not proof.holds:
        return True
    doubled = statement.currency and any(
        other.key == f"{proof.key}-converted" for other in statement.proofs
    )
    return not doubled and not proof.key.endswith("-month")


def holds_all(statement: Statement) -> bool:
    """Return whether every proof holds."""
    return all(proof.holds for proof in statement.proofs)


def _notes(statement: Statement) -> Iterator[Line]:
    for place, text in enumerate((*statement.remarks, *_left_out(statement))):
        yield _blank(f"note {place}")
        yield Line(("note", str(place)), safe(text), "text", "warn")


def _left_out(statement: Statement) -> Iterator[str]:
    for code in dict.fromkeys(each.commodity for each in statement.unconvertible):
        left = [each for each in statement.unconvertible if each.commodity == code]
        text = _(
            "No rate leads from {commodity} to {currency}; amounts left out: {count}, "
            "the first {amount} of {account}."
        )
        yield text.format(
            commodity=code, currency=statement.currency, count=len(left),
            amount=money(left[0].amount, statement.precisions[code]),
            account=left[0].path or _("cash"),
        )  # fmt: skip
