"""What bank lines may be matched with: sums, references, days, what was learned."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boconsole.bank.proposing import Proposal, propose, without_reversed
from boconsole.bank.references import named, references, typical
from boconsole.bank.subsets import Subset, best_subset, exact_sums
from db.bank.rows import BankLineRow, BookLineRow, RuleRow

DAY = date(2026, 5, 4)
AMOUNTS = st.lists(st.integers(-30, 30), max_size=8)


@pytest.mark.parametrize(
    ("amounts", "target", "wanted"),
    [
        ((10, -10), 0, Subset((0, 1), 0)),
        ((10, -10), 10, Subset((0,), 0)),
        ((10, -10), -10, Subset((1,), 0)),
        ((10, -10), 20, Subset((0,), -10)),
        ((10, -10), -3, Subset((0, 1), 3)),
        ((10, -10), -9, Subset((1,), -1)),
        ((10, -10, -5), 0, Subset((0, 1), 0)),
    ],
)
def test_find_best_reconciliation(amounts: tuple[int, ...], target: int, wanted: Subset) -> None:
    """Figures: Tryton, modules/account/tests/test_module.py (W23)."""
    assert best_subset(amounts, target) == wanted


def every(amounts: list[int], most: int) -> list[tuple[int, ...]]:
    places = range(len(amounts))
    return [each for count in range(1, most + 1) for each in combinations(places, count)]


@given(amounts=AMOUNTS, target=st.integers(-60, 60))
def test_no_subset_comes_nearer(amounts: list[int], target: int) -> None:
    found = best_subset(amounts, target)
    ways = [(abs(sum(amounts[p] for p in way) - target), len(way), way)
            for way in every(amounts, len(amounts))]  # fmt: skip

    assert (found is None) == (not ways)
    if found is not None:
        assert (abs(found.rest), len(found.places), found.places) == min(ways)


@given(amounts=AMOUNTS, target=st.integers(-60, 60))
def test_every_exact_sum_of_three_is_found_once(amounts: list[int], target: int) -> None:
    wanted = [way for way in every(amounts, 3) if sum(amounts[p] for p in way) == target]

    found = list(exact_sums(amounts, target))

    assert sorted(found) == sorted(wanted)
    assert [len(way) for way in found] == sorted(len(way) for way in found)


@pytest.mark.parametrize(
    ("text", "code", "wanted"),
    [
        ("Payment of INV-2026-00042, thanks", "", ("INV-2026-00042",)),
        ("Rent May 2026", "", ()), ("on 2026-05-04 and 04/05/26", "", ()),
        ("", "117", ("117",)), ("", "2026", ()), ("", "A1", ()), ("No. 12345", "", ("12345",)),
    ],
)  # fmt: skip
def test_references_of_a_text(text: str, code: str, wanted: tuple[str, ...]) -> None:
    assert references(text, code) == wanted


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("TRSF INV-2026-00042 PT MAJU", True), ("inv 2026/00042", True), ("INV202600042", True),
        ("INV-2026-000421", False), ("XINV-2026-00042", False), ("INV-2026-0004 2", False),
        ("INV-2026-0004", False), ("", False),
    ],
)  # fmt: skip
def test_reference_is_named_whole(text: str, there: bool) -> None:
    assert bool(named(["INV-2026-00042"], text)) == there


def test_typical_of_a_text_stays_when_numbers_change() -> None:
    first = typical("TRSF E-BANKING CR 0405/FTSCY", "PT MAJU JAYA 17")

    assert first == typical("TRSF E-BANKING CR 0506/FTSCY", "PT Maju Jaya 18") != ""
    assert typical("0405", "17") == ""


def bank(line_id: int, amount: int, text: str = "", day: date = DAY) -> BankLineRow:
    return BankLineRow(line_id, 1, day, amount, "", text, "", f"k{line_id}", "open", 1)


def book(
    line_id: int, amount: int, text: str = "", day: date = DAY, code: str = "", of: int = 0
) -> BookLineRow:
    return BookLineRow(
        line_id, line_id, day, amount, "JNL", "2026", line_id, code, "", text, "", of or None
    )


def best(line: BankLineRow, *books: BookLineRow) -> Proposal:
    return propose([line], books)[line.id][0]


def test_equal_amount_reference_and_day_are_certain() -> None:
    way = best(bank(1, 500, "PT MAJU INV-2026-00042"), book(7, 500, "Payment INV-2026-00042"))

    assert (way.certain, way.score, [reason.kind for reason in way.reasons]) == (
        True, 95, ["amount", "reference", "date"])  # fmt: skip


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        (bank(1, 500, "PT MAJU"), book(7, 500, "Payment INV-2026-00042")),
        (bank(1, 500, "INV-2026-00042"), book(7, 501, "INV-2026-00042")),
        (bank(1, 500, "INV-2026-00042"), book(7, 500, "INV-2026-00043")),
    ],
)
def test_less_than_amount_and_reference_is_never_certain(
    line: BankLineRow, entry: BookLineRow
) -> None:
    assert not best(line, entry).certain


def test_two_ways_are_never_certain() -> None:
    line = bank(1, 500, "INV-2026-00042")
    twins = [book(7, 500, "INV-2026-00042"), book(8, 500, "INV-2026-00042")]

    found = propose([line], twins)[1]

    assert [way.certain for way in found] == [False, False]


def test_one_entry_for_two_lines_is_never_certain() -> None:
    lines = [bank(1, 500, "INV-2026-00042"), bank(2, 500, "INV-2026-00042")]

    found = propose(lines, [book(7, 500, "INV-2026-00042")])

    assert [found[1][0].certain, found[2][0].certain] == [False, False]


def test_sum_of_three_with_all_references_is_certain() -> None:
    books = [book(7, 100, code="A-101"), book(8, 150, code="A-102"), book(9, 250, code="A-103")]

    way = best(bank(1, 500, "A-101 A-102 A-103"), *books, book(10, 499))

    assert (len(way.lines), way.certain, way.reasons[0].points) == (3, True, 40)
    assert not best(bank(1, 500, "A-101 A-102"), *books).certain


def test_days_beyond_the_window_are_not_proposed() -> None:
    far = book(7, 500, day=DAY - timedelta(days=15))

    assert propose([bank(1, 500)], [far]) == {1: []}
    assert best(bank(1, 500), far._replace(dated=DAY - timedelta(days=14))).score == 50


def test_nearer_day_comes_first() -> None:
    books = [book(7, 500, day=DAY - timedelta(days=3)), book(8, 500)]

    assert [way.lines[0].id for way in propose([bank(1, 500)], books)[1]] == [8, 7]


def test_what_was_learned_counts_and_makes_entries() -> None:
    rule = RuleRow(1, typical("", "ADMIN FEE 0405"), 55, "Expenses:Fees", 3)
    line = bank(1, -500, "ADMIN FEE 0506")

    missing = propose([line], [], [rule])[1]
    there = propose([line], [book(7, -500), book(8, -500)], [rule], {8: frozenset({55})})[1]

    assert [(way.kind, way.account) for way in missing] == [("new", "Expenses:Fees")]
    assert there[0].lines[0].id == 8
    assert not there[0].certain


def test_little_over_is_shown_with_what_is_over() -> None:
    way = best(bank(1, 970), book(7, 1_000))

    assert (way.rest, way.certain) == (30, False)
    assert propose([bank(1, 900)], [book(7, 1_000)]) == {1: []}


def test_entry_and_its_reversal_are_even() -> None:
    books = [book(7, 500), book(8, -500, of=7), book(9, 500)]

    assert [each.id for each in without_reversed(books)] == [9]
    assert without_reversed(books[1:]) == books[1:]
