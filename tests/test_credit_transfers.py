"""Files of credit transfers: what is in them is XML, in letters that banks read.

The characters are those of EPC217-08, SEPA Requirements for an Extended Character Set.
"""

from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from boconsole.errors import InvalidChangeError
from boconsole.payroll import credit_transfers
from boconsole.payroll.credit_transfers import Account, Batch, Transfer
from boconsole.text import clean_line

IBAN = "DE89370400440532013000"


def written(path: Path, name: str) -> str:
    payer = Account("Müller & Söhne", IBAN, "COBADEFFXXX")
    batch = Batch("PYR-0001", "PYR-0001 Mai", payer, "EUR", date(2026, 5, 29),
                  datetime(2026, 5, 4, 9, tzinfo=UTC), "10.00")  # fmt: skip
    paid = Transfer("PYR-0001-EMP-0001", Account(name, IBAN, "", "Bank \x02№ 1"), "10.00")
    credit_transfers.write(path, batch, [paid])
    found = ET.fromstring(path.read_text("utf-8")).find(
        f".//{{{credit_transfers.NAMESPACE}}}Cdtr/*"
    )
    assert found is not None
    return found.text or ""


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Ayu\x0b \x1bLestari\ufffe", "Ayu Lestari"),
        ("Łukasz Straße-Čapek", "Lukasz Strasse-Capek"),
        ("D\u2019Ångström [Zoë]; *Æ", "D'Angstrom (Zoe), .AE"),
        ("Nguyễn Đức\u00a0Ｔｏｍ", "Nguyen Duc Tom"),
    ],
)
def test_names_are_written_in_letters_that_banks_read(tmp_path: Path, name: str, told: str) -> None:
    assert written(tmp_path / "pay.xml", name) == told


def test_a_name_in_another_script_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(InvalidChangeError, match="李王 of 王 李 are read by no bank") as refusal:
        written(tmp_path / "pay.xml", "王 李")

    assert refusal.value.field == "PYR-0001-EMP-0001"
    assert list(tmp_path.iterdir()) == []


def test_no_name_holds_what_xml_cannot() -> None:
    assert clean_line("A\x00\x0by\x1b\ufffe\uffff\ud800u", field="name") == "Ayu"
