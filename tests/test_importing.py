"""Importing tables of tickets, on both engines; broken files on SQLite."""

import os
from pathlib import Path
from typing import Any

import pytest

from boconsole import audit
from boconsole.errors import NotAllowedError
from boconsole.importing.errors import ImportFileError, MapError, MissingColumnsError
from boconsole.importing.report import Refusal, Report
from boconsole.session import Session
from boconsole.tickets import reading, service_levels
from boconsole.tickets.importing import import_tickets
from db import connection

SAMPLE = Path(__file__).parent / "data" / "customer_support_tickets.csv"
MAP = """
source = "desk"
key = "Id"
timezone = "Europe/Berlin"
dates = ["%d.%m.%Y %H:%M"]
[fields]
subject = "Subject"
body = { text = "{Text}\\nFrom: {Name}" }
requester = "Mail"
requester_name = "Name"
created = "Made"
priority = { column = "Prio", values = { P1 = "critical", P2 = "high" }, default = "medium" }
tags = { column = "Tags", split = ";" }
"""
HEADER = "Id,Subject,Text,Mail,Name,Made,Prio,Tags\n"
GOOD = '1,Printer,"line one\nline two",ann@example.com,Ann,01.07.2025 12:00,P1,Paper Jam;VIP\n'


class Desk:
    """A folder with a table and its map."""

    def __init__(self, session: Session, folder: Path) -> None:
        self.session = session
        self.table = folder / "desk.csv"
        self.map = folder / "desk.toml"
        self.map.write_text(MAP, encoding="utf-8")

    def take(self, table: str | bytes, **options: Any) -> Report:
        written = table.encode() if isinstance(table, str) else table
        self.table.write_bytes(written)
        return import_tickets(self.session, self.table, self.map, **options)

    def refused(self, rows: str | bytes, **options: Any) -> list[Refusal]:
        head = HEADER.encode()
        return self.take(head + (rows.encode() if isinstance(rows, str) else rows), **options)[3]


@pytest.fixture
def desk(session: Session, tmp_path: Path) -> Desk:
    return Desk(session, tmp_path)


@pytest.fixture
def local_desk(local_session: Session, tmp_path: Path) -> Desk:
    return Desk(local_session, tmp_path)


def stored(sql: str) -> list[tuple[Any, ...]]:
    return connection.fetch(sql)


# The sample


def test_the_sample_imports_whole_and_only_once(session: Session, tmp_path: Path) -> None:
    first = import_tickets(
        session, SAMPLE, Path("customer_support_tickets"), refused_path=tmp_path / "refused.csv"
    )
    again = import_tickets(
        session, SAMPLE, Path("customer_support_tickets"), refused_path=tmp_path / "refused.csv"
    )

    assert first == Report(2769, 2769, 0, [], None)
    assert again == Report(2769, 0, 2769, [], None)
    assert stored("SELECT count(*) FROM ticket") == [(2769,)]
    assert stored("SELECT count(*) FROM contact") == [(2749,)]
    assert audit.verify().broken == 0


def test_a_ticket_of_the_sample_is_like_any_other(session: Session) -> None:
    import_tickets(session, SAMPLE, Path("customer_support_tickets"))

    ticket = reading.get(session, "TKT-1")
    thread = [entry for entry in reading.timeline(session, ticket.id) if entry.kind == "request"]

    assert ticket.subject == "Network problem: Dell XPS"
    assert (ticket.kind, ticket.state, ticket.priority) == ("incident", "closed", "low")
    assert (ticket.requester, ticket.rating) == ("gonzalestracy@example.com", 3)
    assert (ticket.category, ticket.tags) == ("Technical issue", ("dell-xps",))
    assert f"{ticket.created_at:%d %H:%M} {ticket.closed_at:%d %H:%M}" == "01 11:14 01 18:05"
    assert "Bought: 2020-07-14" in thread[0].text
    assert reading.count(session, 'any "dell xps" network').number >= 1
    assert stored("SELECT state FROM state_span WHERE ticket_id = 1 ORDER BY since, id") == [
        ("new",),
        ("closed",),
    ]


# Rows


def test_a_row_becomes_a_ticket_with_all_that_hangs_on_it(desk: Desk) -> None:
    report = desk.take(HEADER + GOOD)

    ticket = reading.get(desk.session, "TKT-1")
    thread = reading.timeline(desk.session, 1)
    assert report == Report(1, 1, 0, [], None)
    assert (ticket.state, ticket.priority, ticket.impact) == ("new", "critical", "high")
    assert (ticket.requester_name, ticket.tags) == ("Ann", ("paper-jam", "vip"))
    assert f"{ticket.created_at:%Y-%m-%d %H:%M}" == "2025-07-01 10:00"
    assert [entry.text for entry in thread if entry.kind == "request"] == [
        "line one\nline two\nFrom: Ann"
    ]
    assert stored("SELECT action, operation = id FROM audit_entry WHERE record_id = 1 "
                  "AND feature = 'ticket'") == [("ticket.import", True)]  # fmt: skip


def test_good_rows_come_in_beside_bad_ones_which_can_be_mended(desk: Desk) -> None:
    report = desk.take(HEADER + GOOD + "2,,text,bad,Bob,yesterday,P9,\n3,Third,,,,,,\n")

    assert (report.read, report.created, len(report.refused)) == (3, 2, 1)
    assert report.refused[0].line == 4
    assert report.refused[0].column == "Subject"
    assert "Mail: 'bad' is no mail address" in report.refused[0].reason
    assert "Made: 'yesterday' is no time" in report.refused[0].reason
    assert "Prio: 'P9' is not among the map's values: p1, p2" in report.refused[0].reason
    written = desk.table.with_name("desk.csv.refused.csv").read_text(encoding="utf-8")
    assert written.startswith("Id,Subject,Text,Mail,Name,Made,Prio,Tags,boconsole_refused\n2,,text")


def test_the_mended_file_is_taken_with_its_reasons_in_it(desk: Desk) -> None:
    desk.take(HEADER + GOOD + "2,Second,text,bad,Bob,01.02.2025 10:00,P2,\n")
    refused = desk.table.with_name("desk.csv.refused.csv")
    mended = refused.read_text(encoding="utf-8").replace(",bad,", ",bob@example.com,")

    report = desk.take(mended)

    assert (report.created, report.known, report.refused) == (1, 0, [])


def test_a_dry_run_tells_the_same_and_writes_nothing(desk: Desk) -> None:
    report = desk.take(HEADER + GOOD + "2,,,,,,,\n", dry_run=True)

    assert (report.read, report.created, len(report.refused)) == (2, 1, 1)
    assert stored("SELECT count(*) FROM ticket") == [(0,)]
    assert stored("SELECT count(*) FROM contact") == [(0,)]
    assert sorted(path.name for path in desk.table.parent.glob("desk*")) == [
        "desk.csv",
        "desk.toml",
    ]


def test_text_from_outside_is_kept_as_text(local_desk: Desk) -> None:
    local_desk.take(HEADER + "1,=cmd|'/c calc'!A1 [/x]\x1b[31m\u202e,,,,,,\n")

    assert reading.get(local_desk.session, "TKT-1").subject == "=cmd|'/c calc'!A1 [/x][31m"


@pytest.mark.parametrize(
    ("row", "line", "column", "reason"),
    [
        ("1,only\n", 2, "", "has 2 cells where the heading has 8"),
        ("1,a,b,c,d,e,f,g,h\n", 2, "", "has 9 cells where the heading has 8"),
        ("1,caf\xe9,,,,,,\n".encode("latin-1"), 2, "", "byte 0xE9"),
        ("1,a\0b,,,,,,\n", 2, "", "NUL byte"),
        (",no key,,,,,,\n", 2, "Id", "the key is empty"),
        ("1," + "x" * 1_000_000 + ",,,,,,\n", 2, "Subject", "has 1,000,000 characters, at most"),
        ('1,"open,,,,,,\n', 2, "", "a quote opens in this row and is never closed"),
        ('1,"a"b,,,,,,\n', 2, "", "stray quote"),
        ("1,x,,,Ann,,,\n", 2, "requester", "is empty beside a name"),
        ("1,x,,,,01.01.2030 10:00,,\n", 2, "created", "lies in the future"),
        ("1,x,,,,31.02.2025 10:00,,\n", 2, "Made", "'31.02.2025 10:00' is no time"),
        ("1,x,,a b@c,,,,\n", 2, "Mail", "'a b@c' is no mail address"),
    ],
)
def test_a_broken_row_is_refused_by_line_and_reason(
    local_desk: Desk, row: str | bytes, line: int, column: str, reason: str
) -> None:
    refused = local_desk.refused(row)

    assert [(one.line, one.column) for one in refused] == [(line, column)]
    assert reason in refused[0].reason


def test_rows_after_an_unclosed_quote_are_still_taken(local_desk: Desk) -> None:
    report = local_desk.take(HEADER + GOOD + '2,"open,,,,,,\n3,good,,,,,,\n4,"fine",,,,,,\n')

    assert (report.created, [one.line for one in report.refused]) == (3, [4])


def test_a_key_that_comes_twice_is_refused_the_second_time(local_desk: Desk) -> None:
    refused = local_desk.refused("7,a,,,,,,\n7,b,,,,,,\n")

    assert refused == [Refusal(3, "Id", "the key '7' is on line 2 already")]


def test_a_failure_in_the_middle_leaves_nothing_behind(
    local_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("boconsole.importing.chunks.CHUNK", 1)

    def stop(done: int, part: float) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        local_desk.take(HEADER + "1,a,,,,,,\n,,,,,,,x\n2,b,,,,,,\n3,c,,,,,,\n", progress=stop)

    assert stored("SELECT count(*) FROM ticket") == [(0,)]
    assert not list(local_desk.table.parent.glob("*refused*"))
    assert audit.verify().lines == 1


# Files


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"Id,Id,Subject\n", "two columns are called 'Id'"),
        (b'Id,"Sub\n', "stray quote"),
        (b"Id,\xff\n", "set [file] encoding"),
    ],
)
def test_a_file_that_is_no_table_is_refused_as_a_whole(
    local_desk: Desk, content: bytes, reason: str
) -> None:
    with pytest.raises(ImportFileError) as refused:
        local_desk.take(content)

    assert reason in str(refused.value)


def test_a_file_that_is_not_there_is_named(local_desk: Desk) -> None:
    missing = local_desk.table.with_name("none.csv")

    with pytest.raises(ImportFileError, match=r"none\.csv: No such file"):
        import_tickets(local_desk.session, missing, local_desk.map)


def test_columns_that_the_file_lacks_are_named_with_those_it_has(local_desk: Desk) -> None:
    with pytest.raises(MissingColumnsError) as refused:
        local_desk.take("Id,Title\n1,x\n")

    assert refused.value.missing[0] == "Subject"
    assert "its columns are: Id, Title" in str(refused.value)


def test_a_heading_alone_imports_nothing(local_desk: Desk) -> None:
    assert local_desk.take(HEADER) == Report(0, 0, 0, [], None)


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_the_delimiter_is_found_by_the_heading(local_desk: Desk, delimiter: str) -> None:
    table = HEADER.replace(",", delimiter) + f'1{delimiter}"a, b"' + delimiter * 6 + "\n"

    assert local_desk.take(table).created == 1
    assert reading.get(local_desk.session, "TKT-1").subject == "a, b"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_arrives_in_any_named_encoding(local_desk: Desk, encoding: str) -> None:
    local_desk.map.write_text(MAP + f'[file]\nencoding = "{encoding}"\n', encoding="utf-8")

    local_desk.take((HEADER + "1,Überlauf,,,,,,\n").encode(encoding))

    assert reading.get(local_desk.session, "TKT-1").subject == "Überlauf"


@pytest.mark.parametrize("name", ["utf-8", "utf_8", "U8"])
def test_byte_order_mark_is_no_text_however_utf8_is_spelled(local_desk: Desk, name: str) -> None:
    local_desk.map.write_text(MAP + f'[file]\nencoding = "{name}"\n', encoding="utf-8")

    assert local_desk.take((HEADER + GOOD).encode("utf-8-sig")).created == 1


@pytest.mark.parametrize("encoding", ["base64", "rot13", "a\\u0000b", "klingon"])
def test_encoding_that_makes_no_text_is_refused(local_desk: Desk, encoding: str) -> None:
    local_desk.map.write_text(MAP + f'[file]\nencoding = "{encoding}"\n', encoding="utf-8")

    with pytest.raises(MapError, match="is no encoding; write utf-8"):
        local_desk.take(HEADER + GOOD)


def test_rows_are_refused_in_the_order_of_the_file(local_desk: Desk) -> None:
    refused = local_desk.refused("1,,,,,,,\n,no key,,,,,,\n2,,,,,,,\n3,short\n")

    assert [one.line for one in refused] == [2, 3, 4, 5]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_refused_rows_are_written_the_way_they_came(local_desk: Desk, encoding: str) -> None:
    form = f'[file]\nencoding = "{encoding}"\ndelimiter = ";"\n'
    local_desk.map.write_text(MAP + form, encoding="utf-8")
    local_desk.take((HEADER + "1,Überlauf,,bad,,,,\n").replace(",", ";").encode(encoding))

    refused = local_desk.table.with_name("desk.csv.refused.csv").read_text(encoding=encoding)
    report = local_desk.take(refused.replace(";bad;", ";;").encode(encoding))

    assert report.created == 1
    assert reading.get(local_desk.session, "TKT-1").subject == "Überlauf"


def test_row_that_is_no_text_is_refused_until_it_is_mended(local_desk: Desk) -> None:
    local_desk.take(HEADER.encode() + b"1,caf\xe9,,,,,,\n")
    refused = local_desk.table.with_name("desk.csv.refused.csv").read_bytes()

    again = local_desk.take(refused)
    mended = local_desk.take(refused.replace(b"\xe9", "é".encode()))

    assert (again.created, [one.line for one in again.refused]) == (0, [2])
    assert mended.created == 1
    assert reading.get(local_desk.session, "TKT-1").subject == "café"


def test_refused_rows_go_into_a_pipe_that_stays_one(local_desk: Desk, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    report = local_desk.take(HEADER + "1,,,,,,,\n", refused_path=pipe)
    read = os.read(reader, 1_000)
    os.close(reader)

    assert report.refused_file == pipe
    assert read.startswith(b"Id,Subject,")
    assert pipe.is_fifo()


# Maps


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("source =", "sauce ="), "sauce: there is no such key; allowed: source, key"),
        (('requester = "Mail"', 'from = "Mail"'), "fields.from: there is no such key; allowed: "),
        (("split =", "splt ="), "fields.tags.splt: there is no such key"),
        (("Europe/Berlin", "Berlin"), "timezone: 'Berlin' is no time zone"),
        (('"critical"', '"urgent"'), "fields.priority: 'urgent' is not one of critical, high"),
        (('key = "Id"', ""), 'needs `source = "name"` and `key = "Column"`'),
        (("{Name}", "{Name"), "fields.body: has a lone { or }"),
        (('subject = "Subject"', ""), "fields.subject: is needed"),
        (('"Prio",', '"Prio", value = "x",'), "needs exactly one of column, text"),
        (('default = "medium"', 'unknown = "guess"'), "'guess' is not allowed; allowed: refuse"),
        (("[fields]", "create = ['user']\n[fields]"), "create: 'user' is not allowed"),
        (("[fields]", "[fields"), "is not TOML"),
        (("[fields]", "[custom]\nroom = 'Name'\n[fields]"), "there is no such custom field"),
    ],
)
def test_a_map_that_cannot_be_used_says_where_and_why(
    local_desk: Desk, change: tuple[str, str], said: str
) -> None:
    local_desk.map.write_text(MAP.replace(*change), encoding="utf-8")

    with pytest.raises(MapError) as refused:
        local_desk.take(HEADER + GOOD)

    assert said in str(refused.value)


def test_states_follow_from_the_columns_that_are_filled(local_desk: Desk) -> None:
    local_desk.map.write_text(
        'source = "s"\nkey = "Id"\n[fields]\nsubject = "Id"\ncreated = "Made"\n'
        'resolved = "Solved"\nresponded = "Answered"\n'
        'state = { when = [{ has = "Waits", value = "pending" }] }\n',
        encoding="utf-8",
    )

    local_desk.take(
        "Id,Made,Answered,Solved,Waits\n"
        "1,2025-01-01T10:00Z,,,\n"
        "2,2025-01-01T10:00Z,2025-01-02T10:00Z,,\n"
        "3,2025-01-01T10:00Z,2025-01-02T10:00Z,2025-01-03T10:00Z,\n"
        "4,2025-01-01T10:00Z,,,yes\n"
        "5,2025-01-05T10:00Z,,2025-01-03T10:00Z,\n"
    )

    assert stored("SELECT state FROM ticket ORDER BY id") == [
        ("new",),
        ("open",),
        ("resolved",),
        ("pending",),
    ]


def test_unknown_names_are_refused_unless_the_map_lets_lists_grow(local_desk: Desk) -> None:
    names = '[fields.queue]\ncolumn = "Text"\n[fields.category]\ncolumn = "Name"\n'
    table = HEADER + "1,a,Support,ann@example.com,Hardware / Printer,,,\n"
    local_desk.map.write_text(MAP + names, encoding="utf-8")

    refused = local_desk.take(table).refused
    local_desk.map.write_text('create = ["queue", "category"]\n' + MAP + names, encoding="utf-8")
    grown = local_desk.take(table)

    assert "there is no queue 'Support'; make it first, or add" in refused[0].reason
    assert grown.created == 1
    assert reading.get(local_desk.session, "TKT-1").category == "Hardware / Printer"
    assert stored("SELECT path FROM category ORDER BY id") == [
        ("Hardware",),
        ("Hardware / Printer",),
    ]


def test_contacts_are_found_again_and_keep_their_names(desk: Desk) -> None:
    desk.take(HEADER + "1,a,,Ann@Example.com,Ann,,,\n2,b,,ann@example.com,Annie,,,\n")
    desk.take(HEADER + "3,c,,ann@example.com,Anna,,,\n")

    assert stored("SELECT name, email FROM contact") == [("Ann", "ann@example.com")]
    assert stored("SELECT DISTINCT requester_id FROM ticket") == [(1,)]


def test_without_the_permission_nothing_is_imported(local_desk: Desk) -> None:
    agent = Session(
        local_desk.session.user, frozenset(("ticket.create",)), local_desk.session.clock
    )

    with pytest.raises(NotAllowedError):
        Desk(agent, local_desk.table.parent).take(HEADER + GOOD)


def test_progress_ends_at_the_whole_file(local_desk: Desk) -> None:
    told: list[tuple[int, float]] = []

    local_desk.take(HEADER + GOOD, progress=lambda done, part: told.append((done, part)))

    assert told[-1] == (1, 1.0)


def test_service_levels_apply_to_what_is_still_active(desk: Desk) -> None:
    service_levels.load(
        desk.session,
        "[calendars.all]\ntimezone = 'UTC'\n[calendars.all.hours]\nmon = ['00:00-24:00']\n"
        "[[policies]]\nname = 'all'\ncalendar = 'all'\nfirst_response = 60\n",
    )

    desk.take(HEADER + "1,a,,,,04.05.2026 10:30,,\n")

    assert reading.get(desk.session, "TKT-1").sla.first_response.state == "running"


def test_moving_in_ends_with_the_same_indexes(
    local_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("boconsole.tickets.importing.LARGE_FILE", 1)
    names = "SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name"
    before = stored(names)

    report = local_desk.take(HEADER + GOOD + "2,,,,,,,\n")

    assert (report.created, len(report.refused)) == (1, 1)
    assert stored(names) == before
    assert local_desk.take(HEADER + GOOD).known == 1
