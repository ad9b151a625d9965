"""What open bank lines may be matched with, each with a score and its reasons; pure.

| reason | points |
| --- | --- |
| the amount is equal | 50; 5 less for each further book line |
| a reference of every book line is in the bank's text | 30 |
| the day is the same | 15, falling to 0 over the window |
| the other account is that of earlier lines of the same text | 5 |

Only equal amount and reference together, in one way alone, make a proposal certain: nothing
less is ever matched without being asked for.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from boconsole.bank.references import named, references, typical
from boconsole.bank.shelf import WINDOW, Shelf
from boconsole.bank.subsets import best_subset, exact_sums
from boconsole.ledger.words import entry_number
from db.bank.rows import BankLineRow, BookLineRow, RuleRow

AMOUNT, REFERENCE, DATE, LEARNED = 50, 30, 15, 5
NEAREST_NEARLY = 10
"""Book lines, the nearest by date, among which the nearest sum is looked for."""
MOST_FOUND = 40
SHOWN = 3
NEARLY = 20
"""A sum that misses by up to a twentieth is shown, with what is over."""


class Reason(NamedTuple):
    """Why something is proposed: a kind, its points, and what it rests on."""

    kind: str
    points: int
    told: str


class Proposal(NamedTuple):
    """What a bank line may be matched with, or which account a missing entry may name.

    Attributes:
        kind: `match`, or `new` for an entry that is missing.
        lines: Book lines.
        rest: Sum of the book lines less the bank line, in smallest units.
        account: For a missing entry: the other side.
        certain: Equal amount and reference, and no other way.
    """

    kind: str
    line_id: int
    lines: tuple[BookLineRow, ...]
    rest: int
    score: int
    reasons: tuple[Reason, ...]
    account: str = ""
    certain: bool = False


def propose(
    bank: Sequence[BankLineRow],
    books: Sequence[BookLineRow],
    rules: Iterable[RuleRow] = (),
    others: Mapping[int, frozenset[int]] | None = None,
) -> dict[int, list[Proposal]]:
    """Return up to three proposals for each open bank line, the best first.

    Args:
        bank: Open lines of the bank.
        books: Open lines of the books.
        rules: What was learned.
        others: For each entry the accounts of its other lines.
    """
    learned: dict[str, list[RuleRow]] = {}
    for rule in rules:
        learned.setdefault(rule.pattern, []).append(rule)
    shelf = Shelf(books)
    found = {}
    for line in bank:
        mine = learned.get(typical(line.name, line.memo), [])
        found[line.id] = ways_of(line, shelf.equal(line), shelf.nearest(line), mine, others or {})
    claims = claims_of(each for listed in found.values() for each in listed)
    return {
        line_id: [_unless_claimed(each, claims) for each in listed]
        for line_id, listed in found.items()
    }


def claims_of(proposals: Iterable[Proposal]) -> Counter[int]:
    """Return how many certain proposals want each book line."""
    return Counter(book.id for each in proposals if each.certain for book in each.lines)


def _unless_claimed(proposal: Proposal, claims: Mapping[int, int]) -> Proposal:
    if all(claims[book.id] <= 1 for book in proposal.lines):
        return proposal
    return proposal._replace(certain=False)


def ways_of(
    line: BankLineRow,
    equal: Sequence[BookLineRow],
    nearest: Sequence[BookLineRow],
    rules: Sequence[RuleRow],
    others: Mapping[int, frozenset[int]],
) -> list[Proposal]:
    """Return up to three proposals for a bank line, the best first.

    Args:
        line: Of the bank.
        equal: Book lines of its amount within the window.
        nearest: The nearest book lines within the window, in order.
        rules: What was learned of its text.
        others: For each entry the accounts of its other lines.
    """
    ways = [match_of(line, (book,), rules, others) for book in equal]
    if not any(is_sure(way) for way in ways):
        found = _sums(line, nearest) or ([] if ways else _nearly(line, nearest))
        ways += [match_of(line, books, rules, others) for books in found]
    ways.sort(key=lambda way: (-way.score, abs(way.rest), [book.id for book in way.lines]))
    if sum(is_sure(way) for way in ways) == 1:
        ways = [way._replace(certain=is_sure(way)) for way in ways]
    if not ways or ways[0].rest:
        ways += _missing(line, rules)
    return ways[:SHOWN]


def _sums(line: BankLineRow, nearest: Sequence[BookLineRow]) -> list[tuple[BookLineRow, ...]]:
    """Return two or three book lines that make the amount together; those named come first."""
    referred = [book for book in nearest if reference_of(line, book)]
    found = [*sums_of(line, referred), *sums_of(line, nearest)]
    return list(dict.fromkeys(found))


def sums_of(
    line: BankLineRow, books: Sequence[BookLineRow]
) -> Iterator[tuple[BookLineRow, ...]]:  # fmt: skip
    """Yield two or three of some book lines that make the amount together."""
    amounts = [book.amount for book in books]
    ways = (way for way in exact_sums(amounts, line.amount) if len(way) > 1)
    for way in islice(ways, MOST_FOUND):
        yield tuple(books[place] for place in way)


def _nearly(line: BankLineRow, nearest: Sequence[BookLineRow]) -> list[tuple[BookLineRow, ...]]:
    """Return the book lines that come nearest, where little is over."""
    amounts = [book.amount for book in nearest[:NEAREST_NEARLY]]
    subset = best_subset(amounts, line.amount)
    if subset is None or abs(subset.rest) * NEARLY > abs(line.amount):
        return []
    return [tuple(nearest[place] for place in subset.places)]


def _missing(line: BankLineRow, rules: Sequence[RuleRow]) -> list[Proposal]:
    """Return the entries that may be missing: against what was learned."""
    told = typical(line.name, line.memo)
    return [
        Proposal("new", line.id, (), -line.amount, LEARNED,
                 (Reason("learned", LEARNED, told),), rule.account)
        for rule in sorted(rules, key=lambda rule: (-rule.uses, rule.account))
    ]  # fmt: skip


def match_of(
    line: BankLineRow,
    books: tuple[BookLineRow, ...],
    rules: Sequence[RuleRow],
    others: Mapping[int, frozenset[int]],
) -> Proposal:
    """Return what speaks for a match of a bank line with some book lines."""
    rest = sum(book.amount for book in books) - line.amount
    reasons = []
    if not rest:
        points = AMOUNT - 5 * (len(books) - 1)
        reasons.append(Reason("amount", points, str(len(books))))
    found = [reference_of(line, book) for book in books]
    if all(found):
        reasons.append(Reason("reference", REFERENCE, ", ".join(found)))
    days = max(_days(line, book) for book in books)
    if points := DATE * (WINDOW - days) // WINDOW:
        reasons.append(Reason("date", points, str(days)))
    known = {rule.account_id: rule.account for rule in rules}
    usual = {
        known[each] for book in books for each in others.get(book.entry_id, ()) if each in known
    }
    if usual:
        reasons.append(Reason("learned", LEARNED, ", ".join(sorted(usual))))
    score = sum(reason.points for reason in reasons)
    return Proposal("match", line.id, books, rest, score, tuple(reasons))


def is_sure(way: Proposal) -> bool:
    """Whether both amount and reference are equal."""
    return not way.rest and any(reason.kind == "reference" for reason in way.reasons)


def reference_of(line: BankLineRow, book: BookLineRow) -> str:
    """Return what both name: a code, or the number of a document."""
    return named(references_of(book), " | ".join((line.name, line.memo, line.reference)))


def references_of(book: BookLineRow) -> tuple[str, ...]:
    """Return the numbers by which a bank's text can name a line of the books."""
    number = entry_number(book.entry_id, book.series, book.year, book.number)
    return (number, *references(" ".join((book.description, book.label)), book.code))


def _days(line: BankLineRow, book: BookLineRow) -> int:
    return abs((line.dated - book.dated).days)


def without_reversed(books: Sequence[BookLineRow]) -> list[BookLineRow]:
    """Return book lines without entries and their reversals where both are open: they are even."""
    by_entry: dict[int, list[BookLineRow]] = {}
    for book in books:
        by_entry.setdefault(book.entry_id, []).append(book)
    even: set[int] = set()
    for entry_id, mine in by_entry.items():
        theirs = by_entry.get(mine[0].reverses_id or 0)
        if theirs and len(theirs) == len(mine) and not sum(x.amount for x in (*mine, *theirs)):
            even |= {entry_id, theirs[0].entry_id}
    return [book for book in books if book.entry_id not in even]
