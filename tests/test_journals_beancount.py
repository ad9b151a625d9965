"""What a beancount file says is read as it is written, or refused with its place.

Sources: beancount documentation, "Beancount Syntax Cheat Sheet" and "Language Syntax".
"""

import contextlib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from boconsole.journals.beancount.booking import book
from boconsole.journals.beancount.reading import read
from boconsole.journals.beancount.syntax import MISSING, Setting
from boconsole.journals.parts import (
    AccountLine,
    Amount,
    Assertion,
    CommodityLine,
    JournalError,
    Left,
    Lot,
    Pad,
    Place,
    Posting,
    Price,
    Rate,
)
from tests.beancount_text import saved, statements, transaction


def test_cheat_sheet_entry_has_payee_narration_tag_link_and_fields(tmp_path: Path) -> None:
    read_back = transaction(
        tmp_path,
        """\
        2015-05-30 ! "Cable Co" "Phone Bill" #home ^bill-7 ; by mail
          id: "TW378743437"
          Expenses:Home:Phone   87.45 USD  ; of May
            room: "hall"
          ; paid late
          Assets:Checking
        """,
    )

    assert read_back._replace(postings=(), place=Place("", 0)) == (
        date(2015, 5, 30), None, "!", "", "Cable Co", "Phone Bill", (),
        (("home", ""), ("id", "TW378743437")), ("bill-7",), "by mail", Place("", 0),
    )  # fmt: skip
    assert list(read_back.postings) == [
        Posting(
            "Expenses:Home:Phone", Amount(Decimal("87.45"), "USD"),
            comment="of May\npaid late", tags=(("room", "hall"),), line=3, column=3,
        ),
        Posting("Assets:Checking", None, line=6, column=3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "amount", "price", "lot"),
    [
        ("10 GOOG {502.12 USD}", "10 GOOG", None, Lot(Decimal("502.12"), None, "USD")),
        ("10 GOOG {{5021.20 USD}}", "10 GOOG", None, Lot(None, Decimal("5021.20"), "USD")),
        (
            "10 GOOG {502.12 # 9.95 USD}",
            "10 GOOG",
            None,
            Lot(Decimal("502.12"), Decimal("9.95"), "USD"),
        ),
        ("1000.00 USD @ 1.10 CAD", "1000.00 USD", Price(Amount(Decimal("1.10"), "CAD")), None),
        (
            "1000.00 USD @@ 1100 CAD",
            "1000.00 USD",
            Price(Amount(Decimal(1100), "CAD"), total=True),
            None,
        ),
        (
            '10 GOOG {502.12 USD, 2014-05-12, "first"} @ 510 USD',
            "10 GOOG",
            Price(Amount(Decimal(510), "USD")),
            Lot(Decimal("502.12"), None, "USD", date(2014, 5, 12), "first"),
        ),
        ('-3 GOOG {"first"}', "-3 GOOG", None, Lot(label="first")),
        ("-3 GOOG {*}", "-3 GOOG", None, Lot(merge=True)),
        ("-3 GOOG {}", "-3 GOOG", None, Lot()),
        ("1,234,567.89 USD", "1234567.89 USD", None, None),
        ("+5 V", "5 V", None, None),
        ("1 /NQH21", "1 /NQH21", None, None),
    ],
)
def test_cheat_sheet_postings(
    tmp_path: Path, text: str, amount: str, price: Price | None, lot: Lot | None
) -> None:
    (posting,) = transaction(tmp_path, f"2015-05-30 *\n  Assets:A  {text}\n").postings

    number, commodity = amount.split()
    assert posting[1:4] == (Amount(Decimal(number), commodity), price, lot)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3 + 4 * 2", "11"),
        ("(3 + 4) * 2", "14"),
        ("7 - 2 - 1", "4"),
        ("-(1.50 - 3)", "1.50"),
        ("105.30 / 3", "35.1"),
        ("40.00 / 3", "13.33333333333333333333333333"),
    ],
)
def test_amounts_may_be_calculated(tmp_path: Path, text: str, number: str) -> None:
    (posting,) = transaction(tmp_path, f"2015-05-30 *\n  Assets:A  {text} USD\n").postings

    assert posting.amount == (Decimal(number), "USD")


def test_what_is_left_out_beside_a_commodity_is_missing(tmp_path: Path) -> None:
    postings = transaction(
        tmp_path,
        """\
        2015-05-30 *
          Assets:A  USD
          Assets:B  10 HOOL { # 9.95 USD}
          Assets:C  10 EUR @
        """,
    ).postings

    assert postings[0].amount is not None
    assert postings[0].amount.number is MISSING
    assert postings[1].lot is not None
    assert postings[1].lot.number is MISSING
    assert postings[2].price is not None
    assert postings[2].price.amount == (MISSING, "")


def test_other_flags_are_kept_as_tags(tmp_path: Path) -> None:
    read_back = transaction(tmp_path, "2015-05-30 P #x\n  ! Assets:A  1 USD\n  % Assets:B\n")

    assert (read_back.status, read_back.tags) == ("", (("x", ""), ("flag", "P")))
    assert [posting.status for posting in read_back.postings] == ["!", ""]
    assert read_back.postings[1].tags == (("flag", "%"),)


def test_values_of_fields_are_kept_as_text(tmp_path: Path) -> None:
    read_back = transaction(
        tmp_path,
        """\
        2015-05-30 *
          empty:
          none: NULL
          truth: TRUE
          coin: USD
          sum: 2 * 3 USD
          day: 2015-5-3
          tag: #x
          place: Assets:A
        """,
    )

    assert read_back.tags == (
        ("empty", ""), ("none", ""), ("truth", "TRUE"), ("coin", "USD"), ("sum", "6 USD"),
        ("day", "2015-05-03"), ("tag", "#x"), ("place", "Assets:A"),
    )  # fmt: skip


def test_number_of_forty_digits_is_read(tmp_path: Path) -> None:
    (posting,) = transaction(tmp_path, f"2015-05-30 *\n  Assets:A  {'9' * 38}.99 USD\n").postings

    assert posting.amount == (Decimal("9" * 38 + ".99"), "USD")


def test_pushed_tags_and_fields_are_on_the_entries_between(tmp_path: Path) -> None:
    found = statements(
        tmp_path,
        """\
        pushtag #trip
        pushmeta place: "Lima"
        2015-05-30 * "in"
        popmeta place:
        poptag #trip
        2015-05-31 * "out"
        """,
    )

    assert [one.tags for one in found] == [(("trip", ""), ("place", "Lima")), ()]  # type: ignore[attr-defined]


def test_directives_become_statements(tmp_path: Path) -> None:
    found = statements(
        tmp_path,
        """\
        2001-05-29 open Assets:Checking USD,EUR "FIFO"
          number: "123"
        2015-04-23 close Assets:Checking
        1998-07-22 commodity AAPL
        2015-04-30 price AAPL 125.15 USD
        2015-06-01 balance Liabilities:Card -634.30 ~ 0.05 USD
        2015-05-01 pad Assets:Checking Equity:Opening-Balances
        option "operating_currency" "USD"
        """,
    )

    file = str(tmp_path / "books.beancount")
    assert found == [
        AccountLine(
            "Assets:Checking", date(2001, 5, 29), None, ("USD", "EUR"), "asset",
            "number: 123", Place(file, 1), "FIFO",
        ),
        AccountLine("Assets:Checking", closed=date(2015, 4, 23), place=Place(file, 3)),
        CommodityLine("AAPL", None, Place(file, 4)),
        Rate(date(2015, 4, 30), "AAPL", Amount(Decimal("125.15"), "USD"), Place(file, 5)),
        Assertion(
            date(2015, 6, 1), "Liabilities:Card", Amount(Decimal("-634.30"), "USD"),
            Decimal("0.05"), Place(file, 6),
        ),
        Pad(date(2015, 5, 1), "Assets:Checking", "Equity:Opening-Balances", Place(file, 7)),
        Setting("operating_currency", "USD", Place(file, 8, 29)),
    ]  # fmt: skip


def test_what_does_not_belong_to_books_is_told(tmp_path: Path) -> None:
    found = statements(
        tmp_path,
        """\
        option "title" "Mine"
        plugin "beancount.plugins.unrealized" "Unrealized"
        2013-03-20 note Assets:Checking "Called about rebate" #x ^y
        2013-03-20 document Assets:Checking "a.pdf"
        2013-03-20 event "location" "New York, USA"
        2013-03-20 query "all" "SELECT *"
        2013-03-20 custom "budget" Expenses:Food "monthly" 12.50 USD TRUE 2014-01-01
        2013-03-20 commodity USD
          name: "US Dollar"
        """,
    )

    left = [one.what for one in found if isinstance(one, Left)]
    assert left == [
        "option title", "plugin beancount.plugins.unrealized", "note of Assets:Checking",
        "document of Assets:Checking", "event location", "query all", "custom directive budget",
        "fields of `commodity`",
    ]  # fmt: skip


def test_headings_of_an_outline_and_comments_are_no_statements(tmp_path: Path) -> None:
    text = "* Bank\n** 2015\n# about\n#+TITLE: x\n:DRAWER:\n; said\n  ; said\n\n! odd\n% odd\n"

    assert statements(tmp_path, text) == []


def test_text_goes_over_several_lines(tmp_path: Path) -> None:
    path = saved(tmp_path, '2015-05-30 * "one\ntwo \\"quoted\\""\n  Assets:A  1 USD\n  oops\n')

    with pytest.raises(JournalError) as refused:
        list(read(path))

    assert refused.value.place == Place(str(path), 4, 3)


def test_text_of_a_hundred_lines_is_read(tmp_path: Path) -> None:
    text = "\n".join(map(str, range(100)))

    assert transaction(tmp_path, f'2015-05-30 * "{text}"\n').description == text


def test_byte_order_mark_and_carriage_returns_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "dos.beancount"
    path.write_bytes('\ufeff2015-05-30 * "a"\r\n  Assets:A  1 USD\r\n\r\n'.encode())

    (found,) = read(path)

    assert found.postings[0].amount == (Decimal(1), "USD")  # type: ignore[union-attr]


def test_first_parts_of_accounts_can_be_named(tmp_path: Path) -> None:
    found = statements(
        tmp_path, 'option "name_assets" "Vermögen"\n2015-01-01 open Vermögen:Kasse\n'
    )

    assert [(one.account, one.kind) for one in found] == [("Vermögen:Kasse", "asset")]  # type: ignore[attr-defined]


def test_included_files_are_read_in_their_place(tmp_path: Path) -> None:
    folder = tmp_path / "years"
    folder.mkdir()
    saved(folder, "2014-01-01 open Assets:B\n", "2014.beancount")
    saved(folder, "2013-01-01 open Assets:A\n", "2013.beancount")

    found = statements(tmp_path, 'include "years/*.beancount"\n2015-01-01 open Assets:C\n')

    assert [one.account for one in found] == ["Assets:A", "Assets:B", "Assets:C"]  # type: ignore[attr-defined]
    assert found[0].place == Place(str(folder / "2013.beancount"), 1)  # type: ignore[attr-defined]


def test_options_of_included_files_are_left(tmp_path: Path) -> None:
    saved(tmp_path, 'option "booking_method" "FIFO"\n', "inner.beancount")

    (found,) = statements(tmp_path, 'include "inner.beancount"\n')

    assert isinstance(found, Left)


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("2015-05-30 *\n  Assets:A  1 USD\nnonsense\n", 3, 1, "expected a date"),
        ("2015-05-30 opens Assets:A\n", 1, 12, "expected `*`"),
        ("2015-02-30 open Assets:A\n", 1, 1, "no day 2015-02-30"),
        ("2015-05-30 open Vermögen:A\n", 1, 17, "does not start with one of Assets"),
        ("2015-05-30 open Assets:A€\n", 1, 17, "other signs"),
        ("2015-05-30 open assets:A\n", 1, 17, "expected an account"),
        ('2015-05-30 open Assets:A USD "BEST"\n', 1, 30, "no booking method BEST"),
        ('2015-05-30 open Assets:A USD "AVERAGE"\n', 1, 30, "average cost"),
        ("2015-05-30 balance Assets:A 12\n", 1, 31, "expected a commodity"),
        ("2015-05-30 price USD EUR\n", 1, 22, "expected a number"),
        ("2015-05-30 *\n  Assets:A  1 USD 2\n", 2, 19, "expected the end of the line"),
        ("2015-05-30 *\n  Assets:A  1 USD {2 EUR\n", 2, 25, "expected `,` / `}`"),
        ("2015-05-30 *\n  Assets:A  1 USD {2 EUR, 3 EUR}\n", 2, 27, "once each"),
        ("2015-05-30 *\n  Assets:A  1 USD @ -2 EUR\n", 2, 21, "not negative"),
        ("2015-05-30 *\n  Assets:A  (1 / 0) USD\n", 2, 19, "divided by zero"),
        ("2015-05-30 *\n  Assets:A  ((1) USD\n", 2, 18, "expected `)`"),
        ("2015-05-30 *\n  Assets:A  " + "9" * 41 + " USD\n", 2, 1, "at most 40 digits"),
        ("2015-05-30 *\n  Assets:A  1 USD\n  #tag\n", 3, 3, "expected a posting"),
        ('2015-05-30 * "a" "b" "c"\n', 1, 1, "a payee and a narration"),
        ('2015-05-30 *\n  a-b: "1"\n  a-b: "2"\n', 3, 3, "stands here twice"),
        ('2015-05-30 * "never\n  Assets:A  1 USD\n', 1, 14, "never ends"),
        ("2015-05-30 * §\n", 1, 14, "is no part"),
        ("* Bank\n  Assets:A  1 USD\n", 2, 1, "belongs to no entry"),
        ("pushtag #x\n", 1, 1, "never popped"),
        ('pushmeta a-b: "x"\n', 1, 1, "never popped"),
        ("poptag #x\n", 1, 1, "not pushed"),
        ("popmeta a-b:\n", 1, 1, "not pushed"),
        ('include "none.beancount"\n', 1, 1, "no file none.beancount"),
        ('\ninclude "/dev/null"\n', 2, 1, "/dev/null is no file"),
        ('\ninclude "books.beancount"\n', 2, 1, "included already"),
        ('option "name_assets" "some thing"\n', 1, 22, "first part"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_place(
    tmp_path: Path, text: str, line: int, column: int, words: str
) -> None:
    with pytest.raises(JournalError) as refused:
        statements(tmp_path, text)

    assert refused.value.place[1:] == (line, column)
    assert words in refused.value.reason


def test_invalid_utf8_is_named_by_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "latin.beancount"
    path.write_bytes("2015-05-30 *\n  Assets:Bär".encode() + "ü".encode("latin-1"))

    with pytest.raises(JournalError) as refused:
        list(read(path))

    assert refused.value.place == Place(str(path), 2, 13)


def test_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(JournalError):
        list(read(tmp_path / "none.beancount"))


_WORDS = st.sampled_from(
    ["2015-05-30", "2015-05-31", "*", "!", "txn", "open", "close", "balance", "pad", "price",
     "commodity", "note", "include", "option", "pushtag", "poptag", '"text"', '"', "#tag", "^link",
     "name:", "Assets:A", "Assets:B", "Income:C", "USD", "EUR", "HOOL", "1", "-2.50", "(3/7)",
     "1,000", "{", "}", "{{", "}}", "@", "@@", "~", ",", "#", "+", "-", "/", "(", ")", ";", "é",
     "€", "\x00", "\ufeff", "\r"]
)  # fmt: skip
_TEXTS = st.one_of(
    st.text(),
    st.lists(
        st.tuples(st.sampled_from(["", "  ", "2015-05-30 "]), st.lists(_WORDS, max_size=8)),
        max_size=8,
    ).map(lambda rows: "\n".join(start + " ".join(words) for start, words in rows)),
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example('plugin "beancount.plugins.auto_accounts"\n2015-05-30 *\n  Assets:A  0 USD {{1 EUR}}')
@example('plugin "beancount.plugins.auto_accounts"\n2015-05-30 *\n  Assets:A  0 USD {1 # EUR}')
@example("2015-05-30 * " + '"\\')
@example("9999-99-99 *")
@example('include "\x00"')
@example('include "[" ')
@given(_TEXTS)
def test_any_text_is_read_or_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "any.beancount"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))

    with contextlib.suppress(JournalError):
        book(read(path))
