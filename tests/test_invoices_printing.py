"""Documents on paper: what stands on them in each language, whatever they hold."""

from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from boconsole.errors import InvalidChangeError, NotAllowedError, NotFoundError
from boconsole.invoices import company, drafting, issuing, partners, printing, taxes
from boconsole.invoices.drafting import NewLine
from boconsole.language import use_language
from boconsole.paper import fonts
from boconsole.paper.errors import NoPaperError, NoSignError
from boconsole.paper.words import in_words
from boconsole.session import Session
from boconsole.whole_files import UnwrittenError
from db import connection
from tests.people import add_agent
from tests.trade import credited, invoice, issued, line, new, open_trade, pay


@pytest.fixture
def trade(local_session: Session) -> Session:
    open_trade(local_session)
    for name, text in (
        ("company-name", "PT Čajkovskij Żółć"), ("company-address", "Jl. Merdeka 1\\nJakarta"),
        ("company-tax-number", "01.234.567.8-901.000"), ("company-bank", "BCA 123-456"),
    ):  # fmt: skip
        company.put(local_session, name, text)
    return local_session


def read(session: Session, number: str, language: str = "en") -> list[str]:
    """Return the text of each page."""
    from pypdf import PdfReader

    with TemporaryDirectory() as folder:
        path = Path(folder) / "read.pdf"
        printing.write(session, number, path, language)
        return [" ".join(page.extract_text().split()) for page in PdfReader(path).pages]


def test_invoice_says_who_what_how_much_and_where_to_pay(trade: Session) -> None:
    made = issued(trade, line("1234.50", "T10", quantity="2"), reference="PO-9")
    pay(trade, "500.00", made)

    text = read(trade, made.number)[0]

    for told in (
        "INVOICE", made.number, "PT Čajkovskij Żółć", "Jl. Merdeka 1", "01.234.567.8-901.000",
        "Acme", "PO-9", "May 4, 2026", "30 days", "2,469.00", "T10 10 % × 2,469.00", "246.90",
        "2,715.90", "two thousand seven hundred and fifteen USD and 90/100", "500.00", "2,215.90",
        "Please pay 2,215.90 USD by June 3, 2026 and name INV-2026-00001.", "BCA 123-456", "1 / 1",
    ):  # fmt: skip
        assert told in text, told


def test_issued_invoice_keeps_the_address_it_was_issued_with(trade: Session) -> None:
    hours = NewLine("Work", Decimal("2.5"), Decimal("100"), "4000", unit="h")
    draft = drafting.prepare(trade, new(hours))
    facts = partners.put(trade, partners.read(trade, "Acme"), address="Dam 1\nAmsterdam",
                         tax_number="NL12")  # fmt: skip
    before = read(trade, draft.number)[0]
    number = issuing.issue(trade, draft).number
    partners.put(trade, facts, address="Moved away", tax_number="")
    after = read(trade, number)[0]

    for text in (before, after):
        for told in ("Dam 1 Amsterdam", "Tax number: NL12", "2.5 h"):
            assert told in text, told
    assert "Moved away" in read(trade, drafting.prepare(trade, new(line("1"))).number)[0]


def test_invoice_in_indonesian_names_the_other_base_of_ppn(trade: Session) -> None:
    taxes.add_pack(trade, "ppn", collected="2100", deductible="1300")
    code = connection.fetch("SELECT code FROM tax_code WHERE code LIKE 'PPN%' ORDER BY id")[0][0]
    made = issued(trade, line("50000000", code), currency="USD")

    text = read(trade, made.number, "id")[0]

    for told in (
        "FAKTUR", "4 Mei 2026", "30 hari", "50.000.000,00",
        "45.833.333,33 (DPP nilai lain 11/12 dari 50.000.000,00)", "5.500.000,00",
        "Terbilang: lima puluh lima juta lima ratus ribu USD",
    ):  # fmt: skip
        assert told in text, told


def test_many_lines_take_pages_with_heads_and_numbers(trade: Session) -> None:
    made = drafting.prepare(trade, new(*[line("1")] * 199, line("2")))

    pages = read(trade, made.number)

    assert len(pages) > 3
    assert all("Description" in page and "DRAFT" in page for page in pages[:-1])
    assert f"{len(pages)} / {len(pages)}" in pages[-1]
    assert "201.00" in pages[-1]


def test_hostile_texts_and_large_amounts_stay_on_the_page(trade: Session) -> None:
    name = "Evil \u202eInc\x1b[31m (Ltd) \\ 'Über' Ωμέγα Жук"
    long = ("unbroken" * 60)[:440] + " and words " * 5
    price = Decimal("9999999999999.99")
    hostile = NewLine(long, Decimal(1), price, "4000")
    made = issued(trade, hostile, reference="R" * 200)
    connection.execute("UPDATE organisation SET name = ? WHERE name = 'Acme'", (name,))

    text = read(trade, made.number)[0]

    assert "9,999,999,999,999.99" in text
    assert "nine trillion nine hundred and ninety-nine billion" in text
    assert "and words" in text
    drawn = printing._laid_out(printing.reading.get(trade, made.number), "en")
    rights = [each.left + fonts.width(each.text, each.size, bold=each.bold)
              for page in drawn._pages for each in page if hasattr(each, "text")]  # fmt: skip
    assert max(rights) <= drawn.right + 0.1
    assert fonts.drawable(name) == "Evil Inc[31m (Ltd) \\ 'Über' Ωμέγα Жук"


def test_character_without_a_sign_is_refused_by_name(trade: Session, tmp_path: Path) -> None:
    made = drafting.prepare(trade, new(NewLine("Tea 茶", Decimal(1), Decimal(1), "4000")))

    with pytest.raises(NoSignError, match=r"U\+8336 .*'Tea 茶'"):
        printing.write(trade, made.number, tmp_path / "a.pdf")


def test_same_document_is_the_same_bytes(trade: Session, tmp_path: Path) -> None:
    made = invoice(trade)

    for name in ("a", "b"):
        printing.write(trade, made.number, tmp_path / name, "id")

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_credited_invoice_is_marked_and_its_note_names_it(trade: Session) -> None:
    made = invoice(trade)
    note = credited(trade, made)

    assert "CANCELLED" in read(trade, made.number)[0]
    assert "Please pay" not in read(trade, made.number)[0]
    assert f"Credits {made.number}" in read(trade, note.number)[0]


def test_bill_is_from_the_supplier_to_us(trade: Session) -> None:
    made = issued(trade, line("5", account="5100"), kind="bill", reference="A-17")

    text = read(trade, made.number)[0]

    assert text.index("Paper Mill") < text.index("PT Čajkovskij")
    assert "A-17" in text


def test_what_cannot_be_written_is_refused(trade: Session, tmp_path: Path) -> None:
    made = invoice(trade)
    agent = add_agent(trade, "ann")

    with pytest.raises(NotAllowedError):
        printing.write(agent, made.number, tmp_path / "a.pdf")
    with pytest.raises(NotFoundError):
        printing.write(trade, "INV-2026-09999", tmp_path / "a.pdf")
    with pytest.raises(InvalidChangeError, match="language"):
        printing.write(trade, made.number, tmp_path / "a.pdf", "xx")
    with pytest.raises(UnwrittenError):
        printing.write(trade, made.number, tmp_path / "no" / "a.pdf")
    assert list(tmp_path.glob("*.p*")) == []

    assert printing.write(trade, made.number, tmp_path / "a.pdf") == 1
    assert [path.name for path in tmp_path.glob("*.p*")] == ["a.pdf"]


def test_missing_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    fonts.face.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "reportlab.pdfbase", None)

    with pytest.raises(NoPaperError, match=r"pip install 'boconsole\[paper\]'"):
        fonts.face(False)


@pytest.mark.parametrize(
    ("number", "english", "indonesian"),
    [
        (0, "zero", "nol"),
        (1_000, "one thousand", "seribu"),
        (111, "one hundred and eleven", "seratus sebelas"),
        (21_315, "twenty-one thousand three hundred and fifteen",
         "dua puluh satu ribu tiga ratus lima belas"),
        (1_001_000_100, "one billion one million one hundred", "satu miliar satu juta seratus"),
        (10**15, "one quadrillion", "satu kuadriliun"),
    ],
)  # fmt: skip
def test_numbers_in_words(number: int, english: str, indonesian: str) -> None:
    use_language("en")
    assert in_words(number) == english
    use_language("id")
    assert in_words(number) == indonesian
    use_language("en")
