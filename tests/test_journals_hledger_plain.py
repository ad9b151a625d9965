"""Plain entries are read in one go: the same books, refusals and places as line by line."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boconsole.journals.hledger.booking import book
from boconsole.journals.hledger.reading import read
from boconsole.journals.parts import Books, JournalError, PlainLines
from tests.hledger import shared, written

HEADS = (
    "2020-01-02 * Shop 1\n", "2020/1/3 ! (42) Rent | May \n", "2020-01-01 x\n", "2020-02-30 x\n",
    "2020-01-04 * ; note\n", "2020-01-05 () a|b\n", "2020-01-06=2020-01-07 y\n", "1/2 z\n",
)  # fmt: skip
LINES = (
    "  a:b  5 USD\n", "    a:b  -5.00 USD\n", "\ta b\t$5.125\n", "  a:b  $-5.125  \n",
    "  c\n", "  c  \n", "  c  5 USD ; note\n", "  (c)  5 USD\n", "  a  USD -5\n", "  c  5\n",
    "  c  5 EUR @ 2 USD\n", "  c  10 USD = 10 USD\n", "  c  1,000.00 USD\n", "  * a  5 USD\n",
    "  ; date: 2020-01-09\n", "  c  -$-5\n", "  d  0.00 USD\n", "  d  5. USD\n", "   \n",
    "  a  1234567890123 USD\n", "  a  5,5 USD\n", "  c\u00a0d  5 USD\n",
)  # fmt: skip
OTHERS = (
    "\n", "; note\n", "comment\n", "end comment\n", "D $1,000.00\n", "alias a=z\n", "Y 2021\n",
    "apply account x\n", "end apply account\n", "account a:b\n", "P 2020-01-01 EUR 2 USD\n",
    "decimal-mark ,\n", "commodity 1.000,00 USD\n", "nonsense\n", "\r\n",
)  # fmt: skip
NAMED = "2019-12-31 first\n  a:b  0 USD\n  a b  0 USD\n  c  0 USD\n  d  0 USD\n\n"
"""What is written once already is known, and from then on plain."""
plain = st.tuples(
    st.sampled_from(HEADS[:3]), st.lists(st.sampled_from(LINES[:5]), min_size=1, max_size=2)
).map(lambda entry: entry[0] + "".join(entry[1]) + "  d\n\n")
odd = st.tuples(st.sampled_from(HEADS), st.lists(st.sampled_from(LINES), max_size=3)).map(
    lambda entry: entry[0] + "".join(entry[1])
)
journals = st.lists(st.one_of(plain, odd, st.sampled_from(OTHERS)), max_size=6).map(
    lambda parts: NAMED + "".join(parts)
)


def told(path: Path, *, plainly: bool) -> Books | str:
    """Return the books of a journal, or why there are none."""
    try:
        return book(read(path, plainly=plainly))
    except JournalError as refusal:
        return str(refusal)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=journals)
def test_journal_says_the_same_in_one_go_and_line_by_line(tmp_path: Path, text: str) -> None:
    path = written(text, tmp_path)

    assert told(path, plainly=True) == told(path, plainly=False)


@pytest.mark.parametrize("name", ["1ktxns-100accts.journal", "bcexample.journal", "sample.journal"])
def test_shared_journal_says_the_same_in_one_go(name: str) -> None:
    path = shared(name)

    assert told(path, plainly=True) == told(path, plainly=False)


def test_plain_entry_is_kept_as_whole_numbers(tmp_path: Path) -> None:
    text = (
        "2020-01-01 x\n  a  5 USD\n  b\n\n" * 2 + "2020-01-02 y\n  a  1.25 USD\n  a  1 USD\n  b\n\n"
    )
    last = book(read(written(text, tmp_path), plainly=True)).entries[-1]

    assert isinstance(last.lines, PlainLines)
    assert last.lines.amounts == [("a", 125), ("a", 100), ("b", -225)]
    assert last.place.line == 9
