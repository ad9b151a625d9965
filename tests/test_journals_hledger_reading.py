"""What an hledger journal says: entries, comments, directives, included files.

The cases named "manual" are those of hledger's manual, "Transactions" to "Auto postings".
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from boconsole.journals.hledger.reading import read
from boconsole.journals.parts import (
    BALANCED,
    REAL,
    UNBALANCED,
    AccountLine,
    Amount,
    CommodityLine,
    JournalError,
    Left,
    Posting,
    Rate,
    Statement,
    Transaction,
)
from tests.hledger import written


def statements(text: str, folder: Path) -> list[Statement]:
    return list(read(written(text, folder)))


def entry(text: str, folder: Path) -> Transaction:
    """Return the last entry of a journal."""
    return [found for found in statements(text, folder) if isinstance(found, Transaction)][-1]


def postings(text: str, folder: Path) -> list[Posting]:
    """Return the postings of an entry with these lines."""
    return list(entry(f"2020-02-03 x\n{text}", folder).postings)


def accounts(text: str, folder: Path) -> list[str]:
    """Return the accounts of the last entry of a journal."""
    return [posting.account for posting in entry(text, folder).postings]


def refusal(text: str, folder: Path) -> tuple[int, int, str]:
    """Return line, column and sentence of the error that a journal raises."""
    with pytest.raises(JournalError) as error:
        statements(text, folder)
    return error.value.place.line, error.value.place.column, error.value.reason


def test_first_line_of_an_entry_is_read(tmp_path: Path) -> None:
    found = entry("2010/2/23=2/19 * (31) Shop | movie ticket ; fun: yes\n", tmp_path)

    assert found.dated == date(2010, 2, 23)
    assert found.effective == date(2010, 2, 19)
    assert (found.status, found.code, found.payee) == ("*", "31", "Shop")
    assert found.description == "Shop | movie ticket"
    assert (found.comment, found.tags) == ("fun: yes", (("fun", "yes"),))


@pytest.mark.parametrize("text", ["2010-01-31", "2010/01/31", "2010.1.31", "Y2010\n1/31"])
def test_dates_of_the_manual_are_read(text: str, tmp_path: Path) -> None:
    assert entry(f"{text} x\n", tmp_path).dated == date(2010, 1, 31)


def test_default_year_of_the_manual_holds_from_its_line_on(tmp_path: Path) -> None:
    text = "Y2009\n12/15 a\nY 2010 ; now\n2009/1/30 b\n1/31 c\nyear 2011\n1-31 d\n"

    found = [each.dated for each in statements(text, tmp_path)]

    assert found == [date(2009, 12, 15), date(2009, 1, 30), date(2010, 1, 31), date(2011, 1, 31)]


@pytest.mark.parametrize(
    ("head", "status", "code", "description"),
    [
        ("2020-01-01", "", "", ""),
        ("2020-01-01 ! x", "!", "", "x"),
        ("2020-01-01 *! x", "*", "", "! x"),
        ("2020-01-01 *(c)x", "*", "c", "x"),
        ("2020-01-01 () (x) y", "", "", "(x) y"),
        ("2020-01-01 (c (d)) x", "", "c (d", ") x"),
        ("2020-01-01 x;c", "", "", "x"),
        ("2020-01-01 x #y", "", "", "x #y"),
    ],
)
def test_head_is_taken_apart_as_hledger_does(
    head: str, status: str, code: str, description: str, tmp_path: Path
) -> None:
    found = entry(head + "\n", tmp_path)

    assert (found.status, found.code, found.description) == (status, code, description)


def test_posting_knows_account_status_kind_and_place(tmp_path: Path) -> None:
    found = postings("    ! (a b:c)  $1\n  * [d]\t-2 EUR\n  e;f\n", tmp_path)

    assert [(each.account, each.status, each.kind) for each in found] == [
        ("a b:c", "!", UNBALANCED), ("d", "*", BALANCED), ("e;f", "", REAL),
    ]  # fmt: skip
    assert [each.amount for each in found] == [
        Amount(Decimal(1), "$"), Amount(Decimal(-2), "EUR"), None,
    ]  # fmt: skip
    assert [(each.line, each.column) for each in found] == [(2, 7), (3, 5), (4, 3)]


def test_blank_that_is_no_space_joins_a_name_as_in_hledger(tmp_path: Path) -> None:
    assert postings("  a\u00a0b  1\n", tmp_path)[0].account == "a b"


def test_comments_belong_to_what_stands_before_them_as_in_the_manual(tmp_path: Path) -> None:
    text = (
        "2012/5/14 something  ; a transaction comment\n"
        "  ; the transaction comment, continued\n"
        "  posting1  1  ; a comment for posting 1\n"
        "  posting2\n"
        "  ; a comment for posting 2\n"
        "  ; another comment line for posting 2\n"
        "; a file comment\n"
    )

    found = entry(text, tmp_path)

    assert found.comment == "a transaction comment\nthe transaction comment, continued"
    assert [posting.comment for posting in found.postings] == [
        "a comment for posting 1",
        "a comment for posting 2\nanother comment line for posting 2",
    ]


@pytest.mark.parametrize(
    ("comment", "tags"),
    [
        ("sometag:", (("sometag", ""),)),
        ("a comment containing tag1:, tag2: some value ...",
         (("tag1", ""), ("tag2", "some value ..."))),
        ("a:b,c:d", (("a", "b"), ("c", "d"))),
        ("http://x", (("http", "//x"),)),
        ("x y :z", ()),
    ],
)  # fmt: skip
def test_tags_of_the_manual_are_found(
    comment: str, tags: tuple[tuple[str, str], ...], tmp_path: Path
) -> None:
    assert postings(f"  a  1  ; {comment}\n", tmp_path)[0].tags == tags


@pytest.mark.parametrize(
    ("comment", "dated"),
    [
        ("bank cleared it on monday, date:6/1", date(2020, 6, 1)),
        ("[2019-01-02]", date(2019, 1, 2)),
        ("[1/2=1/3]", date(2020, 1, 2)),
        ("[=1/2]", None),
        ("mydate:1/4", None),
        ("[1]", None),
        ("[abc]", None),
        ("x\n  ; date: 2021-01-02, y", date(2021, 1, 2)),
    ],
)
def test_posting_has_the_date_that_its_comment_gives(
    comment: str, dated: date | None, tmp_path: Path
) -> None:
    assert postings(f"  a  1  ; {comment}\n", tmp_path)[0].dated == dated


def test_lines_of_comment_are_passed_over(tmp_path: Path) -> None:
    text = "# a\n; b\n* c\n  ; d\n   \ncomment\n2020-01-01 no\nend comment\n2020-01-01 yes\n"

    assert [each.description for each in statements(text, tmp_path)] == ["yes"]


def test_account_is_declared_with_type_and_note(tmp_path: Path) -> None:
    text = "account assets:bank  ; type:C, acctnum:12345\n  ; next line\n  alias x\n"

    found = statements(text, tmp_path)

    assert found[0]._replace(place=None) == AccountLine(
        "assets:bank", kind="cash", note="acctnum:12345\nnext line", place=None
    )
    assert found[1] == Left("line below an account: alias x", found[1].place)


@pytest.mark.parametrize(
    ("value", "kind"),
    [("A", "asset"), ("Liability", "liability"), ("e", "equity"), ("R", "income"),
     ("X", "expense"), ("Cash", "cash"), ("V", "equity")],
)  # fmt: skip
def test_types_of_the_manual_are_known(value: str, kind: str, tmp_path: Path) -> None:
    assert statements(f"account a  ; type: {value}", tmp_path)[0].kind == kind


@pytest.mark.parametrize(
    ("text", "commodity", "precision"),
    [
        ("commodity $1,000.00", "$", 2),
        ("commodity 1,000.0000 AAAA ; same line", "AAAA", 4),
        ("commodity INR\n  format INR 1,00,00,000.00\n  ; note", "INR", 2),
        ("commodity 1 000 000.", "", 0),
        ("commodity EUR", "EUR", None),
        ('commodity "green apples"', "green apples", None),
        ("D $1,000.00", "$", 2),
    ],
)
def test_commodities_of_the_manual_are_declared(
    text: str, commodity: str, precision: int | None, tmp_path: Path
) -> None:
    found = statements(text, tmp_path)[0]

    assert found[:2] == CommodityLine(commodity, precision)[:2]


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("P 2009-01-01 EUR $1.35", Rate(date(2009, 1, 1), "EUR", Amount(Decimal("1.35"), "$"))),
        ('P 2009/1/1 10:00:00 "A 1" 2 B ; c',
         Rate(date(2009, 1, 1), "A 1", Amount(Decimal(2), "B"))),
    ],
)  # fmt: skip
def test_market_prices_are_read(text: str, rate: Rate, tmp_path: Path) -> None:
    assert statements(text, tmp_path)[0][:3] == rate[:3]


@pytest.mark.parametrize(
    ("above", "account", "renamed"),
    [
        ("alias checking = assets:bank:wells fargo:checking", "checking:a",
         "assets:bank:wells fargo:checking:a"),
        ("alias checking = x", "checkings", "checkings"),
        (r"alias /^(.+):bank:([^:]+):(.*)/ = \1:\2 \3", "assets:bank:wells fargo:checking",
         "assets:wells fargo checking"),
        ("alias /O+/ = z", "foo", "fz"),
        ("alias bar=qux\nalias foo=bar", "foo", "qux"),
        ("alias foo=bar\nalias bar=qux", "foo", "bar"),
        ("alias /[[:digit:]]/ = n", "a1", "an"),
        ("alias foo=bar\nend aliases", "foo", "foo"),
        ("apply account home", "food", "home:food"),
        ("apply account x y\napply account z", "a", "x y:z:a"),
        ("apply account home\nend apply account", "food", "food"),
        ("apply account x\nalias x:a = z", "a", "z"),
    ],
)  # fmt: skip
def test_accounts_are_renamed_as_in_the_manual(
    above: str, account: str, renamed: str, tmp_path: Path
) -> None:
    assert accounts(f"{above}\n2020-01-01\n  ({account})  1\n", tmp_path) == [renamed]


def test_alias_holds_from_its_line_on(tmp_path: Path) -> None:
    text = "2020-01-01\n  a  0\nalias a = b\n2020-01-02\n  a  0\n"

    assert [each.postings[0].account for each in statements(text, tmp_path)] == ["a", "b"]


def test_rules_are_told_with_their_body(tmp_path: Path) -> None:
    text = "~ monthly  rent\n  a  1\n  b\n= expenses\n  [c]  *2\n\n2020-01-01 x\n"

    found = statements(text, tmp_path)

    assert [each.what for each in found[:2]] == [
        "periodic rule: ~ monthly  rent\na  1\nb", "automated rule: = expenses\n[c]  *2",
    ]  # fmt: skip
    assert [each.place.line for each in found] == [1, 4, 7]


@pytest.mark.parametrize("line", ["payee Whole Foods", "tag trip", "N $", "C 1 kb = 1024 b"])
def test_what_does_not_belong_to_books_is_told(line: str, tmp_path: Path) -> None:
    found = statements(line + "\n", tmp_path)

    assert [(each.what, each.place.line) for each in found] == [(line, 1)]


def test_year_holds_for_dates_written_alike_and_goes_out_of_no_file(tmp_path: Path) -> None:
    written("1/31 b\nY2010\n1/31 c\n", tmp_path, "in.j")
    text = "Y2009\n1/31 a\ninclude in.j\n1/31 d\nY2011\n1/31 e\n"

    assert [each.dated.year for each in statements(text, tmp_path)] == [
        2009,
        2009,
        2010,
        2009,
        2011,
    ]


def test_directive_may_begin_with_a_mark_of_ledger(tmp_path: Path) -> None:
    assert statements("!account a\n", tmp_path)[0].account == "a"


def test_default_changes_nothing_of_a_declared_commodity(tmp_path: Path) -> None:
    found = statements("commodity 1.00 B\nD 1. B\n", tmp_path)

    assert [each.precision for each in found] == [2]


def test_included_files_are_read_where_they_are_named(tmp_path: Path) -> None:
    written("2020-01-02 two\n", tmp_path, "more/2.j")
    written("2020-01-03 three\n", tmp_path, "more/3.j")
    text = "2020-01-01 one\ninclude more/*.j\n2020-01-04 four\n"

    found = statements(text, tmp_path)

    assert [each.description for each in found] == ["one", "two", "three", "four"]
    assert Path(found[1].place.file).name == "2.j"


def test_file_is_included_from_a_folder_with_any_name(tmp_path: Path) -> None:
    written("2020-01-02 two\n", tmp_path, "a [b]/2.j")
    journal = written("include ./2.j\n", tmp_path, "a [b]/1.j")

    assert [each.description for each in read(journal)] == ["two"]


def test_directives_go_into_an_included_file_and_not_out_of_it(tmp_path: Path) -> None:
    written("2020-01-01\n  a  1\nalias a = c\napply account p\n", tmp_path, "in.j")

    found = statements("alias a = b\ninclude in.j\n2020-01-02\n  a  1\n", tmp_path)

    assert [each.postings[0].account for each in found] == ["b", "b"]


def test_mark_and_line_ends_of_windows_are_read(tmp_path: Path) -> None:
    text = "\ufeff2020-01-01 x\r\n  a  1 ; c\r\n  b\r\n"

    found = entry(text, tmp_path)

    assert found.description == "x"
    assert [(each.account, each.comment) for each in found.postings] == [("a", "c"), ("b", "")]


@pytest.mark.parametrize(
    ("text", "line", "column", "told"),
    [
        ("2020-01/01 x", 1, 1, "not a date"),
        ("2020-02-30 x", 1, 1, "no day"),
        ("20200101 x", 1, 1, "not a date"),
        ("1/2 x", 1, 1, "no year"),
        ("2020-01-01x", 1, 1, "begins with a date"),
        ("2020-01-01 (c x", 1, 12, "not closed"),
        ("2020-01-01=2 x", 1, 1, "not a date"),
        ("  a  1", 1, 3, "none is open"),
        ("2020-01-01\n  a  1\n\n  b", 4, 3, "none is open"),
        ("2020-01-01\n  ()  1", 2, 3, "no name"),
        ("2020-01-01\n  a  1 ; date:foo", 2, 8, "not a date"),
        ("2020-01-01\n  = a  1 ; date:", 2, 10, "not a date"),
        ("2020-01-01\n  a  1\n   ; [2020-13-01]", 3, 4, "no day"),
        ("foo", 1, 1, "not known"),
        ("% c", 1, 1, "not known"),
        ("bucket a", 1, 1, "not known"),
        ("assert 1", 1, 1, "not known"),
        ("i 2020-01-01 10:00:00 a", 1, 1, "not known"),
        ("comment x", 1, 1, "not known"),
        ("end", 1, 1, "not known"),
        ("account", 1, 1, "no name"),
        ("account a  foo", 1, 12, "begin it with ;"),
        ("account a  ; type:Q", 1, 1, "no type"),
        ("commodity $1", 1, 11, "decimal mark"),
        ("commodity", 1, 10, "amount is expected"),
        ("commodity EUR\n  format 1.00 USD", 2, 1, "another commodity"),
        ("commodity EUR\n  default", 2, 1, "only its format"),
        ("D EUR", 1, 6, "amount is expected"),
        ("D $1000", 1, 3, "decimal mark"),
        ("P 2020-01-01 EUR", 1, 1, "price looks like"),
        ("P 2020-01-01 EUR $1 foo", 1, 20, "should end"),
        ("P 2020-99-01 EUR $1", 1, 3, "no day"),
        ("Y 99", 1, 1, "four digits"),
        ("alias a", 1, 1, "alias looks like"),
        ("alias /(/ = c", 1, 1, "cannot be read"),
        (r"alias /\d/ = c", 1, 1, "only POSIX"),
        ("alias /[[:x:]]/ = c", 1, 1, "only POSIX"),
        ("alias /a*?/ = c", 1, 1, "only POSIX"),
        ("alias a = \n2020-01-01\n  a  1", 3, 3, "nothing of the account"),
        ("apply account", 1, 1, "no name"),
        ("end apply account", 1, 1, "take this line out"),
        ("end aliases foo", 1, 12, "begin it with ;"),
        ("decimal-mark ;", 1, 1, "decimal mark is"),
        ("payee ", 1, 1, "name is missing"),
        ("~ ", 1, 1, "period is expected"),
        ("include none.j", 1, 1, "no file none.j"),
        ("include", 1, 1, "no file"),
        ("include x.timeclock", 1, 1, "Only journals"),
        ("include test.journal", 1, 1, "includes itself"),
        ("; endless ones too\ninclude /dev/null", 2, 1, "/dev/null is no file"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_place(
    text: str, line: int, column: int, told: str, tmp_path: Path
) -> None:
    refused = refusal(text, tmp_path)

    assert refused[:2] == (line, column)
    assert told in refused[2]


def test_round_of_includes_is_refused(tmp_path: Path) -> None:
    written("include test.journal\n", tmp_path, "other.j")

    with pytest.raises(JournalError, match="includes itself") as error:
        statements("include other.j\n", tmp_path)

    assert Path(error.value.place.file).name == "other.j"


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="cannot be read"):
        list(read(tmp_path / "none.journal"))


def test_text_that_is_not_utf8_is_refused_at_its_byte(tmp_path: Path) -> None:
    journal = tmp_path / "latin.journal"
    journal.write_bytes("2020-01-01 é\n  ü caf".encode() + b"\xe9\n")

    with pytest.raises(JournalError, match="UTF-8") as error:
        list(read(journal))

    assert error.value.place[1:] == (2, 8)
