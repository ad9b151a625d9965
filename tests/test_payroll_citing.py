"""Sources of pay in the language of the reader."""

import pytest

from boconsole.language import use_language
from boconsole.payroll import citing

BAND = (
    "PP 58/2023, annex, monthly effective rates, category B (from 2024-01-01), row 26, "
    "over 58,500,000, up to 64,000,000"
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (BAND, "PP 58/2023, lampiran, tarif efektif bulanan kategori B (sejak 2024-01-01), "
               "baris 26, di atas 58.500.000, sampai 64.000.000"),
        ("salary of 2018-02-22", "gaji sejak 2018-02-22"),
        ("agreed from 2026-01-01, row 3 up to 5", "disepakati sejak 2026-01-01, row 3 up to 5"),
        ("PP 46/2015, Art. 16 (from 2015-07-01)", "PP 46/2015, Pasal 16 (sejak 2015-07-01)"),
    ],
)  # fmt: skip
def test_sources_are_told_in_the_language_of_the_reader(text: str, told: str) -> None:
    use_language("en")
    plain = citing.source(text)
    use_language("id")
    said = citing.source(text)
    use_language("en")

    assert (plain, said) == (text, told)
