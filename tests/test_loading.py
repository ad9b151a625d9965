"""Many rows at once, and the indexes that are made behind them."""

from contextlib import suppress
from pathlib import Path

import pytest

from boconsole.journals.parts import JournalError, Place
from boconsole.ledger import checking, importing, storing
from boconsole.session import Session
from db import connection, loading
from tests.books import held

JOURNAL = "2026-05-04 x\n  Assets:Bank  1.00 USD\n  Income:Sales\n\n" * 3


@pytest.fixture
def books(local_session: Session, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setattr(loading, "MANY", 4)
    return local_session


def indexes() -> list[tuple[str, str]]:
    return connection.fetch("SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY 1")


def imported(session: Session, folder: Path, text: str) -> None:
    path = folder / f"{len(text)}.journal"
    path.write_text(text)
    importing.import_journal(session, path)


def test_large_import_leaves_every_index_as_it_was(books: Session, tmp_path: Path) -> None:
    before, seen = indexes(), []

    with connection.transaction(), loading.indexed_afterwards("posting", 4):
        seen += indexes()
    imported(books, tmp_path, JOURNAL)

    assert [name for name, _sql in before if name not in dict(seen)]
    assert indexes() == before
    assert held(books) == {"Assets:Bank": "3.00 USD", "Income:Sales": "-3.00 USD"}
    assert checking.check(books).faults == ()


def test_refused_large_import_leaves_every_index_as_it_was(
    books: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = indexes()
    monkeypatch.setattr(storing.entries, "find_words", _refused)

    with suppress(JournalError):
        imported(books, tmp_path, JOURNAL)

    assert (indexes(), held(books)) == (before, {})


def _refused(_first: int, _last: int) -> None:
    raise JournalError(Place("x", 1), "refused in the middle")


def test_few_rows_beside_many_keep_their_indexes(books: Session, tmp_path: Path) -> None:
    imported(books, tmp_path, JOURNAL * 3)

    with connection.transaction(), loading.indexed_afterwards("posting", 5):
        kept = indexes()

    assert kept == indexes()
