"""Tags and links of entries: kept to be found, summed as hledger sums them."""

from pathlib import Path

import pytest

from boconsole.ledger import importing, reading
from boconsole.session import Session
from tests import hledger

JOURNAL = """
2026-01-05 Crew  ; project: apollo
    Expenses:Rent        10 USD
    Expenses:Supplies    20 USD  ; project: zeus
    Assets:Bank

2026-01-06 Both  ; project: apollo, project: hermes
    Expenses:Rent        1 USD
    Assets:Bank

2026-02-03 Line only
    Expenses:Rent        100.50 USD  ; project: Apollo
    Expenses:Supplies    7 EUR  ; team: a b
    Assets:Bank        -100.50 USD
    Assets:Bank          -7 EUR

2026-02-04 Other name  ; projects: apollo, cost-center:
    Expenses:Rent        1000 USD
    Assets:Bank

2026-02-05 Sale
    Assets:Bank          400 USD
    Income:Sales  ; project: zeus
"""


@pytest.fixture
def tagged(session: Session, tmp_path: Path) -> Session:
    """Books with tags on entries and on lines."""
    importing.import_journal(session, hledger.written(JOURNAL, tmp_path))
    return session


def listed(session: Session, query: str) -> list[str]:
    """Return what the entries are about that a query finds, oldest first."""
    rows = reading.list_page(session, f"{query} sort:date").rows
    return [row.description for row in rows]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tag:project", ["Crew", "Both", "Line only", "Sale"]),
        ("tag.project:apollo", ["Crew", "Both", "Line only"]),
        ("tag:project=zeus", ["Crew", "Sale"]),
        ("tag.project:zeus,hermes", ["Crew", "Both", "Sale"]),
        ("tag.project:apollo tag.project:hermes", ["Both"]),
        ("tag.project:~erm", ["Both"]),
        ('tag:"team=a b"', ["Line only"]),
        ("tag:cost-center", ["Other name"]),
        ("has:tag -tag:project", ["Other name"]),
        ("no:tag.project", ["Other name"]),
        ("tag.project:apollo or tag:cost-center", ["Crew", "Both", "Line only", "Other name"]),
        ("tag.unheard:of", []),
    ],
)  # fmt: skip
def test_entries_are_found_by_their_tags_and_those_of_their_lines(
    tagged: Session, query: str, found: list[str]
) -> None:
    assert listed(tagged, query) == found
