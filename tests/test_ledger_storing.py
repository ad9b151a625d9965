"""What an import writes: the same for plain entries, which go in a shorter way, as for others."""

from pathlib import Path

import pytest

from boconsole.journals.hledger import plain
from boconsole.ledger import checking, importing
from boconsole.ledger.sealing import PlainSeal, SealedHead, SealedLine, canonical, seal
from boconsole.session import Session
from db import connection

JOURNAL = """\
2026-05-04 * (7) Paper & "Co" | Toner
  Assets:Bank  -1.5 USD
  Expenses:Office  0.25 USD
  Expenses:Paper

2026-05-05 ! Paper
  Assets:Bank  -2 USD
  Expenses:Office

2026-05-04 Euros  ; tag: x
  Assets:Bank  -2 EUR @ 1.10 USD
  Expenses:Office

"""
WRITTEN = (
    "SELECT e.dated, e.status, e.code, e.payee, e.description, e.comment, e.tags, e.kind, e.state, "
    "e.prepared_by, p.position, p.account_id, p.commodity_id, p.amount, p.value, "
    "p.value_commodity_id, p.kind, p.dated, p.posted, p.label, p.details "
    "FROM posting p JOIN journal_entry e ON e.id = p.entry_id "
    "WHERE e.id > ? ORDER BY e.number, p.position"
)


def imported(session: Session, path: Path, text: str) -> list[tuple[object, ...]]:
    """Return what the import of a journal wrote."""
    last = connection.fetch("SELECT coalesce(max(id), 0) FROM journal_entry")[0]
    path.write_text(text)
    importing.import_journal(session, path)
    return connection.fetch(WRITTEN, last)


def test_plain_entries_are_written_and_sealed_as_others(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = imported(session, tmp_path / "quick.journal", JOURNAL * 3)
    monkeypatch.setattr(plain, "read", lambda *_words: None)
    slow = imported(session, tmp_path / "slow.journal", JOURNAL * 3 + "\n")

    assert quick == slow
    assert checking.check(session).faults == ()


def test_plain_seal_is_that_of_every_entry() -> None:
    head = SealedHead(
        "JNL", "2026/27", 7, "import", 20260504, None, "*", "a\"b", "", "é\n%d", "", "[]", "[]",
        None, "", 3, None, None, 3, 1_790_000_000,
    )  # fmt: skip
    lines = [
        SealedLine(account, '5% "x"', canonical(minor, 2), '5% "x"', canonical(minor, 2), 0, "", "")
        for account, minor in ((5, -150), (6, 150))
    ]
    pattern = PlainSeal.line_of('5% "x"', 2)
    texts = [pattern % (5, -150, -150), pattern % (6, 150, 150)]

    found = PlainSeal("JNL", "2026/27", 3, 1_790_000_000).seal(
        "before", 7, 20260504, ("*", 'a"b', "", "é\n%d"), texts
    )

    assert found == seal("before", head, lines)
