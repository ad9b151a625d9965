"""The audit trail on both engines."""

import pytest

from boconsole import audit
from boconsole.session import Session
from db import audit as stored
from db import connection


def write_three(session: Session) -> None:
    for number in (1, 2, 3):
        with connection.transaction():
            audit.record(session, "note.add", "note", [audit.Line(number, {"text": (None, "é")})])


def test_an_untouched_trail_is_whole(session: Session) -> None:
    write_three(session)

    verdict = audit.verify()

    assert (verdict.lines, verdict.broken) == (4, 0)


def test_lines_cannot_be_changed_or_removed(session: Session) -> None:
    write_three(session)

    for statement in ("UPDATE audit_entry SET actor = 'eve'", "DELETE FROM audit_entry"):
        with pytest.raises(Exception, match="append-only"):
            connection.execute(statement)


@pytest.mark.parametrize(
    ("tampering", "broken"),
    [
        ("UPDATE audit_entry SET actor = 'eve' WHERE id = 3", 3),
        ("DELETE FROM audit_entry WHERE id = 2", 2),
        ("DELETE FROM audit_entry WHERE id = 4", 4),
    ],
)
def test_a_line_changed_behind_our_back_is_named(
    session: Session, tampering: str, broken: int
) -> None:
    write_three(session)
    if connection.engine() == "sqlite":
        connection.execute("DROP TRIGGER audit_entry_no_update")
        connection.execute("DROP TRIGGER audit_entry_no_delete")
    else:
        connection.execute("ALTER TABLE audit_entry DISABLE TRIGGER ALL")
    connection.execute(tampering)

    assert audit.verify().broken == broken


def test_lines_that_others_add_during_the_check_are_no_fault(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_three(session)
    read_head = stored.read_head

    def write_once_more() -> stored.Head:
        monkeypatch.setattr(stored, "read_head", read_head)
        write_three(session)
        return read_head()

    monkeypatch.setattr(stored, "read_head", write_once_more)

    assert audit.verify() == audit.Verdict(7, 0, "")


def write_and_fail(session: Session) -> None:
    with connection.transaction():
        audit.record(session, "note.add", "note", [audit.Line(1, {})])
        raise ZeroDivisionError


def test_a_rolled_back_operation_leaves_no_line(session: Session) -> None:
    with pytest.raises(ZeroDivisionError):
        write_and_fail(session)

    assert audit.verify().lines == 1
