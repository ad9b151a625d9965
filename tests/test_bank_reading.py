"""Statement files: what banks write, read exactly, or refused with the line."""

import sys
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boconsole.bank.errors import ReaderMissingError, StatementError
from boconsole.bank.reading import maps, numbers
from boconsole.bank.reading.ofx import is_ofx, read_ofx
from boconsole.bank.reading.parts import ReadStatement, Refused
from boconsole.bank.reading.tables import read_table
from boconsole.importing.errors import MapError
from tests.statements import (
    CREDIT_OF_2018,
    HEAD,
    TWO_ACCOUNTS,
    movement,
    need_ofxtools,
    sgml,
)


def read(text: str, encoding: str = "utf-8") -> list[ReadStatement]:
    need_ofxtools()
    return read_ofx("bank.ofx", text.encode(encoding))


def test_one_credit_from_400_to_500() -> None:
    """Figures: Tryton, modules/account_statement_ofx/tests (W55)."""
    found = read(CREDIT_OF_2018)[0]

    assert [(line.dated, line.amount) for line in found.lines] == [
        (date(2018, 2, 21), Decimal("100.00"))
    ]
    assert (found.closing, found.closing_on) == (Decimal("500.00"), date(2018, 2, 21))
    assert (found.number, found.currency) == ("1234567890", "USD")


def test_xml_holds_several_accounts_and_entities() -> None:
    first, second = read(TWO_ACCOUNTS)

    assert (first.number, first.lines[0].name, first.closing) == (
        "111", "Rent & heat", Decimal("5.00"))  # fmt: skip
    assert (second.number, second.lines, second.closing) == ("222", (), None)


def test_elements_left_empty_take_in_nothing() -> None:
    tags = ("TRNTYPE>OTHER", "DTPOSTED>20260504", "TRNAMT>-7,5", "FITID>", "MEMO>", "NAME>")
    line = "<STMTTRN>\n" + "".join(f"<{tag}\n" for tag in tags) + "</STMTTRN>\n"

    found = read(sgml([line, movement("20260505", "1.00", "k", "Next")]))[0]

    assert [(each.key, each.name, each.amount) for each in found.lines] == [
        ("", "", Decimal("-7.5")), ("k", "Next", Decimal("1.00"))]  # fmt: skip


def test_breaks_and_letters_of_windows_are_read() -> None:
    text = sgml([movement("20260504", "1.00", "a", "Café", "Receipt 17<BR/>Date 4 May")])

    found = read(text, "cp1252")[0].lines[0]

    assert (found.name, found.memo) == ("Café", "Receipt 17 Date 4 May")


def test_nothing_that_a_terminal_obeys_comes_in() -> None:
    found = read(sgml([movement("20260504", "1.00", "a", "&#27;[31mRed&#8238;")], number="1&#27;2"))

    assert (found[0].lines[0].name, found[0].number) == ("[31mRed", "12")


def test_header_with_words_of_its_own_is_no_hindrance() -> None:
    strange = CREDIT_OF_2018.replace("ENCODING:USASCII", "ENCODING:ANSI").replace("1252", "x-own")

    assert read(strange)[0].closing == Decimal("500.00")


@pytest.mark.parametrize(
    ("text", "zone"), [("20260504235959.000[-5:EST]", 4), ("20260504", 4), ("202605040930", 4)]
)
def test_days_are_the_banks_own(text: str, zone: int) -> None:
    assert numbers.ofx_day(text) == date(2026, 5, zone)


@pytest.mark.parametrize("bad", ["20261350", "2026", "yesterday", "00000000", ""])
def test_wrong_date_is_named_with_its_line(bad: str) -> None:
    text = sgml([movement("20260504", "1.00"), movement("20260505", "2.00")])
    text = text.replace("20260505120000", bad)
    line = next(n for n, each in enumerate(text.splitlines(), 1) if each == f"<DTPOSTED>{bad}")

    with pytest.raises(StatementError, match="no date") as refused:
        read(text)

    assert abs(refused.value.line - line) <= (2 if not bad else 0)


@pytest.mark.parametrize("bad", ["1.2.3", "12 000", "ten", "1,234.56", "NaN", "1e9", ""])
def test_wrong_amount_is_named_with_its_line(bad: str) -> None:
    text = sgml([movement("20260504", "1.00"), movement("20260505", bad)])
    begins = [n for n, each in enumerate(text.splitlines(), 1) if each == "<STMTTRN>"][1]

    with pytest.raises(StatementError, match="no amount") as refused:
        read(text)

    assert refused.value.line == begins


def test_file_cut_off_is_refused() -> None:
    with pytest.raises(StatementError, match="cut off"):
        read(CREDIT_OF_2018[:-40])


@given(place=st.integers(0, len(TWO_ACCOUNTS)), cut=st.integers(0, 30), put=st.text(max_size=3))
def test_broken_file_is_read_or_refused(place: int, cut: int, put: str) -> None:
    text = TWO_ACCOUNTS[:place] + put + TWO_ACCOUNTS[place + cut :]

    with suppress(StatementError):
        read(text)


def test_what_the_bank_says_instead_of_a_statement_is_told() -> None:
    status = "<STATUS><CODE>2000<SEVERITY>ERROR<MESSAGE>Try later</STATUS>"
    text = f"{HEAD}<OFX><SONRS>{status}</SONRS></OFX>"

    with pytest.raises(StatementError, match="the bank says: Try later"):
        read(text)


def test_trades_are_never_passed_over() -> None:
    bought = "<BUYSTOCK><INVBUY><UNITS>1</INVBUY></BUYSTOCK>"
    listed = f"<INVSTMTRS><INVTRANLIST>{bought}</INVTRANLIST></INVSTMTRS>"
    text = f"{HEAD}<OFX>{listed}</OFX>"

    with pytest.raises(StatementError, match="BUYSTOCK"):
        read(text)


def test_missing_reader_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ofxtools.Parser", None)

    with pytest.raises(ReaderMissingError, match="pipx inject"):
        read_ofx("bank.ofx", CREDIT_OF_2018.encode())


def test_ofx_is_known_by_its_beginning() -> None:
    assert is_ofx(CREDIT_OF_2018.encode())
    assert is_ofx(TWO_ACCOUNTS.encode())
    assert not is_ofx(b"date;amount\n")


# Tables

BCA = """\
Informasi Rekening - Mutasi Rekening
No. rekening : 1234567890
Tanggal;Keterangan;Cabang;Jumlah;Saldo
01/05/2026;"TRSF E-BANKING CR
INV-2026-00042";0000;1.500.000,50 CR;2.500.000,50
02/05/2026;BIAYA ADM;0000;15.000,50 DB;2.485.000,00
"""
BCA_MAP = {
    "date": "%d/%m/%Y", "decimal": ",", "currency": "IDR",
    "file": {"delimiter": ";", "skip": 2},
    "columns": {"date": "Tanggal", "amount": "Jumlah", "memo": ["Keterangan", "Cabang"],
                "balance": "Saldo"},
}  # fmt: skip


def table(text: str, told: dict[str, object], encoding: str = "utf-8") -> ReadStatement:
    return read_table("bank.csv", text.encode(encoding), maps.map_of("map.toml", told))


def test_table_of_an_indonesian_bank() -> None:
    found = table(BCA, BCA_MAP)

    assert [(line.dated.day, line.amount, line.line) for line in found.lines] == [
        (1, Decimal("1500000.50"), 4), (2, Decimal("-15000.50"), 6)]  # fmt: skip
    assert found.lines[0].memo == "TRSF E-BANKING CR INV-2026-00042 0000"
    assert (found.opening, found.closing) == (Decimal("1000000.00"), Decimal("2485000.00"))


def test_balances_of_a_table_are_proved_newest_first_too() -> None:
    head, *rows = "d;a;s\n2026-05-01;1;11\n2026-05-02;2;13\n2026-05-03;-3;10".splitlines()
    told = {"columns": {"date": "d", "amount": "a", "balance": "s"}}

    for some in (rows, rows[::-1]):
        found = table("\n".join([head, *some]), told)
        assert (found.opening, found.closing) == (10, 10)
    with pytest.raises(StatementError, match=r":4: .*lead to 10"):
        table("\n".join([head, *rows]).replace("-3;10", "-3;9"), told)


def test_debit_and_credit_columns_without_heading_on_a_reversed_card() -> None:
    told = {"reverse": True, "date": "%d.%m.%y",
            "file": {"heading": False, "encoding": "cp1252", "delimiter": "\t"},
            "columns": {"date": "1", "name": "2", "debit": "3", "credit": "4",
                        "balance": "5"}}  # fmt: skip

    found = table("04.05.26\tCafé\t12.50\t\t7.50\n05.05.26\tBack\t\t2.00\t9.50\n", told, "cp1252")

    assert [(line.name, line.amount) for line in found.lines] == [
        ("Café", Decimal("12.50")), ("Back", Decimal("-2.00"))]  # fmt: skip
    assert (found.opening, found.closing) == (Decimal("-20.00"), Decimal("-9.50"))


@pytest.mark.parametrize(
    ("text", "decimal", "wanted"),
    [
        ("1.000,50", ",", "1000.50"),  # Tryton, modules/account_statement/tests/statement.csv
        ("1,000.50", ".", "1000.50"), ("-0,05", ",", "-0.05"), ("(12.00)", ".", "-12.00"),
        ("12.00-", ".", "-12.00"), ("Rp 2.500", ",", "2500"), ("−3", ".", "-3"),
        ("1 000 000,5", ",", "1000000.5"), (".5", ".", "0.5"), ("+7", ".", "7"),
        ("$1,234.56", ".", "1234.56"), ("1'000.00", ".", "1000.00"),
    ],
)  # fmt: skip
def test_amounts_of_tables(text: str, decimal: str, wanted: str) -> None:
    assert numbers.table_amount(text, decimal) == (Decimal(wanted), 0)


@pytest.mark.parametrize(
    ("text", "decimal"),
    [("1.000,50", "."), ("1,00", "."), ("1.5", ","), ("12,34,567", "."), ("", "."), ("-", "."),
     ("1.2.3", "."), ("x", ".")],
)  # fmt: skip
def test_amounts_written_for_another_mark_are_refused(text: str, decimal: str) -> None:
    with pytest.raises(Refused):
        numbers.table_amount(text, decimal)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12),
                   max_value=10**12))  # fmt: skip
def test_amounts_come_back_as_they_were_written(number: Decimal) -> None:
    english = f"{number:,.2f}"
    turned = english.translate(str.maketrans(",.", ".,"))

    assert numbers.table_amount(english, ".") == (number, 0)
    assert numbers.table_amount(turned, ",") == (number, 0)
    assert numbers.ofx_amount(f"{number:f}".replace(".", ",")) == number


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("d;a\n2026-05-01;1\n2026-13-01;2\n", ":3: .*no date"),
        ("d;a\n2026-05-01;one\n", ":2: .*no amount"),
        ("d;a\n2026-05-01\n", ":2: .*too few"),
        ("x;a\n2026-05-01;1\n", ":1: .*one column 'd'"),
        ("d;d;a\n", ":1: .*one column 'd'"),
        ("", "is empty"),
        ('d;a\n"2026-05-01;1\n', "stray quote"),
        ("d;a\n2026-05-01;\udcff1\n", ":2: .*not text"),
        ("d;a\n2026-05-01;\0\n", ":2: .*NUL"),
    ],
)
def test_wrong_table_is_refused_with_its_line(text: str, reason: str) -> None:
    told = maps.map_of("map.toml", {"columns": {"date": "d", "amount": "a"}})

    with pytest.raises(StatementError, match=reason):
        read_table("bank.csv", text.encode("utf-8", "surrogateescape"), told)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"columns": {"amount": "a"}}, "date: is missing"),
        ({"columns": {"date": "d"}}, "either amount"),
        ({"columns": {"date": "d", "debit": "a"}}, "either amount"),
        ({"columns": {"date": "d", "amount": "a", "credit": "c"}}, "either amount"),
        ({"columns": {"date": "d", "amount": ["a", "b"]}}, "takes one column"),
        ({"columns": {"date": "d", "amount": "a"}, "colour": 1}, "no such key"),
        ({"columns": {"date": "d", "amount": "a"}, "date": "dd/mm"}, "form"),
        ({"columns": {"date": "d", "amount": "a"}, "decimal": "·"}, "must be"),
        ({"columns": {"date": "d", "amount": "a"}, "file": {"encoding": "morse"}}, "no encoding"),
        ({"columns": {"date": "d", "amount": "a"}, "file": {"skip": -1}}, "number of lines"),
        ({"columns": {"date": "d", "amount": "a"}, "file": {"heading": False}}, "numbers from 1"),
        ({"columns": {"date": "d", "amount": "a"}, "file": 7}, "must be a table"),
    ],
)
def test_wrong_map_is_refused(told: dict[str, object], reason: str) -> None:
    with pytest.raises(MapError, match=reason):
        maps.map_of("map.toml", told)


def test_map_is_kept_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text('date = "%d/%m/%Y"\n[columns]\ndate = "D"\namount = "A"\nmemo = ["M", "N"]\n')

    read = maps.read_table_map(path)

    assert maps.of_kept(maps.kept(read)) == read


def test_map_of_the_page_on_banks_can_be_read(tmp_path: Path) -> None:
    page = (Path(__file__).parent.parent / "docs" / "bank.md").read_text("utf-8")
    path = tmp_path / "map.toml"
    path.write_text(page.partition("```toml\n")[2].partition("```")[0], "utf-8")

    read = maps.read_table_map(path)

    assert set(read.columns) | {"debit", "credit"} == set(maps.ALLOWED["columns"])
