"""Exporting tickets, and importing again what was exported."""

import csv
import io
import json
import os
from pathlib import Path

import pytest

from boconsole.errors import InvalidChangeError, NotAllowedError
from boconsole.session import Session
from boconsole.tickets import changing, creating, reading, replying
from boconsole.tickets.exporting import COLUMNS, ExportTargetError, export_tickets
from boconsole.tickets.importing import import_tickets
from boconsole.tickets.rows import NewTicket, Ref
from db import connection, upgrading, users
from db.tickets import names
from db.tickets.names import FieldRow

FORMULA = "=1+1; \"quoted\", 'single'"


@pytest.fixture
def desk(session: Session) -> Session:
    """A few tickets of every sort."""
    names.insert_queue("Support")
    hardware = names.insert_category(None, "Hardware", "Hardware")
    names.insert_category(hardware, "Printer", "Hardware / Printer")
    names.insert_field(FieldRow(0, "room", "Room", "", "text", "[]", False))
    creating.create(
        session,
        NewTicket(
            FORMULA,
            "It says:\n\n  PC LOAD LETTER\nÄrger 日本",
            {
                "kind": "complaint",
                "impact": "high",
                "urgency": "low",
                "requester": "Ann <ann@example.com>",
                "queue": "Support",
                "category": "Hardware / Printer",
                "assignee": "me",
                "tags": "vip,paper",
                "due": "2026-06-01T10:00:00Z",
                "cf.room": "3.14",
            },
        ),
    )
    creating.create(session, NewTicket("Second", "", {"priority": "critical",
                                                       "priority_reason": "the boss"}))  # fmt: skip
    creating.create(session, NewTicket("Third"))
    replying.reply(session, Ref(1), "Switched it off and on.")
    changing.set_state(session, [Ref(3)], "resolved", resolution="done")
    return session


def written(session: Session, query: str, **options: object) -> str:
    stream = io.StringIO()
    export_tickets(session, query, stream, **options)  # type: ignore[arg-type]
    return stream.getvalue()


def test_csv_has_a_row_for_each_ticket_and_exact_cells(desk: Session) -> None:
    rows = list(csv.DictReader(io.StringIO(written(desk, "any sort:number"), newline="")))

    assert tuple(rows[0]) == (*COLUMNS, "cf.room")
    assert [row["number"] for row in rows] == ["TKT-1", "TKT-2", "TKT-3"]
    assert rows[0]["subject"] == FORMULA
    assert rows[0]["body"] == "It says:\n\n  PC LOAD LETTER\nÄrger 日本"
    assert rows[0]["due"] == "2026-06-01T10:00:00Z"
    assert (rows[0]["tags"], rows[0]["cf.room"]) == ("paper, vip", "3.14")
    assert (rows[1]["priority"], rows[1]["priority_reason"]) == ("critical", "the boss")


def test_json_has_words_numbers_and_threads(desk: Session) -> None:
    tickets = json.loads(written(desk, "any sort:number", form="json"))

    assert [ticket["number"] for ticket in tickets] == ["TKT-1", "TKT-2", "TKT-3"]
    assert (tickets[0]["tags"], tickets[0]["custom"]) == (["paper", "vip"], {"room": "3.14"})
    assert [message["kind"] for message in tickets[0]["messages"]] == ["request", "reply"]
    assert (tickets[2]["minutes_spent"], tickets[2]["rating"]) == (0, None)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", ["TKT-2", "TKT-1"]),
        ("any sort:number limit:2", ["TKT-1", "TKT-2"]),
        ("state:resolved", ["TKT-3"]),
        ("kind:change", []),
    ],
)
def test_the_query_decides_what_is_written(desk: Session, query: str, numbers: list[str]) -> None:
    rows = csv.DictReader(io.StringIO(written(desk, query), newline=""))

    assert [row["number"] for row in rows] == numbers


def test_columns_can_be_chosen(desk: Session) -> None:
    assert written(desk, "TKT-2 cols:number,subject,priority") == (
        "number,subject,priority\r\nTKT-2,Second,critical\r\n"
    )


def test_a_column_that_is_not_written_is_refused(desk: Session) -> None:
    with pytest.raises(InvalidChangeError, match="cannot be exported"):
        written(desk, "cols:number,watcher")


def test_no_ticket_is_an_empty_list(session: Session) -> None:
    assert written(session, "", form="json") == "[]\n"
    assert json.loads(written(session, "", form="json")) == []


def test_pages_follow_each_other_without_gaps(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("boconsole.tickets.exporting.PAGE", 2)
    told: list[int] = []
    for subject in "abcde":
        creating.create(session, NewTicket(subject))

    text = written(session, "sort:priority", progress=lambda done, part: told.append(done))

    assert sorted(line.split(",")[0] for line in text.splitlines()[1:]) == [
        "TKT-1",
        "TKT-2",
        "TKT-3",
        "TKT-4",
        "TKT-5",
    ]
    assert told == [2, 4, 5]


def test_spreadsheets_are_kept_from_running_cells(desk: Session, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"

    export_tickets(desk, "TKT-1 cols:subject", path, spreadsheet=True)

    assert path.read_bytes().startswith(b"\xef\xbb\xbfsubject\r\n\"'=1+1")


def test_a_file_that_is_there_is_overwritten_only_on_demand(desk: Session, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("precious")

    with pytest.raises(ExportTargetError, match="it exists"):
        export_tickets(desk, "any", path)
    kept = path.read_text()
    count = export_tickets(desk, "any", path, overwrite=True)

    assert (kept, count) == ("precious", 3)
    assert path.read_text().startswith("number,")


def test_a_broken_export_leaves_no_half_file(desk: Session, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("precious")

    def stop(done: int, part: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_tickets(desk, "any", path, overwrite=True, progress=stop)

    assert [(found.name, found.read_text()) for found in tmp_path.glob("out*")] == [
        ("out.csv", "precious")
    ]


def test_a_folder_that_is_not_there_is_named(desk: Session, tmp_path: Path) -> None:
    with pytest.raises(ExportTargetError, match="No such file"):
        export_tickets(desk, "any", tmp_path / "none" / "out.csv")


def test_without_the_permission_nothing_is_written(desk: Session, tmp_path: Path) -> None:
    stranger = Session(desk.user, frozenset(), desk.clock)

    with pytest.raises(NotAllowedError):
        export_tickets(stranger, "any", tmp_path / "out.csv")

    assert not (tmp_path / "out.csv").exists()


def test_an_export_imports_again_as_the_same_tickets(desk: Session, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    export_tickets(desk, "any sort:number", path)
    before = json.loads(written(desk, "any sort:number", form="json"))
    connection.close_database()
    connection.open_database(f"sqlite:///{tmp_path}/other.sqlite")
    upgrading.upgrade()
    users.insert(desk.user.login, "Root", "", desk.now())

    report = import_tickets(desk, path, Path("boconsole_tickets"))
    after = json.loads(written(desk, "any sort:number", form="json"))

    assert (report.created, report.refused) == (3, [])
    assert [without_key(ticket) for ticket in after] == [without_key(ticket) for ticket in before]
    assert reading.get(desk, "TKT-1").assignee == desk.user.login


def without_key(ticket: dict[str, object]) -> dict[str, object]:
    """A ticket without what only one of the two databases can know."""
    return {key: value for key, value in ticket.items() if key not in ("external_key", "messages")}


def test_link_to_a_file_stays_one(desk: Session, tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    link.symlink_to(real)

    export_tickets(desk, "cols:number limit:1", link)

    assert link.is_symlink()
    assert real.read_text(encoding="utf-8").startswith("number\n")
    assert sorted(path.name for path in tmp_path.glob("*.csv*")) == ["link.csv", "real.csv"]


def test_pipe_is_written_to_and_stays_one(desk: Session, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    export_tickets(desk, "cols:number limit:1", pipe, overwrite=True)
    read = os.read(reader, 1_000)
    os.close(reader)

    assert read.startswith(b"number\r\n")
    assert pipe.is_fifo()
