"""The command line: what it prints, with which exit code, and what it refuses."""

import io
import json
import os
import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from boconsole.doors.main import main

CALENDAR = """
timezone = "Europe/Berlin"
holidays = ["12-25"]
[hours]
mon = ["09:00-12:00", "13:00-17:00"]
tue = ["09:00-17:00"]
"""
POLICIES = """
[calendars.office]
timezone = "UTC"
[calendars.office.hours]
mon = ["09:00-17:00"]

[[policies]]
name = "All"
calendar = "office"
first_response = 60
resolution = 240
"""


class Said(NamedTuple):
    """What one call of the command line answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Say = Callable[..., Said]


@pytest.fixture
def say(
    sqlite_url: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Say:
    """Call the command line in this process, on a fresh database."""
    monkeypatch.setenv("BOCONSOLE_CLOCK", "2026-05-04T09:00:00Z")
    monkeypatch.setenv("BOCONSOLE_USER", "root")
    monkeypatch.setenv("BOCONSOLE_ZONE", "UTC")
    monkeypatch.setenv("BOCONSOLE_DATABASE", sqlite_url)
    monkeypatch.chdir(tmp_path)

    def call(*words: str, stdin: bytes = b"", at: str = "") -> Said:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        if at:
            monkeypatch.setenv("BOCONSOLE_CLOCK", at)
        capsys.readouterr()
        code = main(words)
        return Said(code, *capsys.readouterr())

    return call


@pytest.fixture
def printer(say: Say) -> str:
    """The number of a ticket about a printer."""
    made = say(
        "tickets", "new", "--subject", "Printer is on fire", "--body", "Come quickly",
        "--requester", "Bob <bob@acme.example>", "--tags", "vip,hot", "--json",
    )  # fmt: skip
    return str(made.json["number"])


def test_new_ticket_is_answered_with_its_record(say: Say) -> None:
    made = say("tickets", "new", "--subject", "No network", "--impact", "high", "--json")

    assert made.code == 0
    assert made.json["number"] == "TKT-1"
    assert (made.json["state"], made.json["priority"]) == ("new", "high")
    assert made.json["created_at"] == "2026-05-04T09:00:00Z"
    assert made.json["assignee"] is None
    assert made.json["sla"]["first_response"] == {
        "due": None, "state": "none", "remaining_minutes": None, "warned": False,
    }  # fmt: skip


@pytest.mark.parametrize("words", [("--json", "tickets", "list"), ("tickets", "list", "--json")])
def test_json_is_asked_for_before_the_area_and_after_the_verb(
    say: Say, printer: str, words: tuple[str, ...]
) -> None:
    listed = say(*words)

    assert [line["number"] for line in listed.json] == [printer]


def test_show_carries_body_thread_and_history(say: Say, printer: str) -> None:
    say("tickets", "reply", printer, "--text", "On my way.")
    say("tickets", "reply", printer, "--internal", "--minutes", "5", stdin="Büro 3".encode())

    shown = say("tickets", "show", printer, "--json").json

    assert shown["body"] == "Come quickly"
    assert shown["requester"] == "bob@acme.example"
    assert [(part["kind"], part["body"]) for part in shown["thread"]] == [
        ("request", "Come quickly"),
        ("reply", "On my way."),
        ("note", "Büro 3"),
    ]
    assert shown["minutes_spent"] == 5
    assert shown["state"] == "open"
    assert [line["action"] for line in shown["history"]] == [
        "ticket.create",
        "ticket.reply",
        "ticket.note",
    ]


@pytest.mark.parametrize("number", ["TKT-1", "tkt-1", "#1", "1"])
def test_number_is_written_in_any_way(say: Say, printer: str, number: str) -> None:
    assert say("tickets", "show", number, "--json").json["number"] == printer


@pytest.mark.parametrize(
    "words",
    [
        ("printer",),
        ("tag:vip", "printer"),
        ("tag:vip printer",),
        ("--limit", "5", "printer"),
        ("printer", "--limit", "5", "tag:vip"),
        ("-tag:spam",),
        ("--", "-tag:spam"),
        ("-spam", "prio:medium"),
    ],
)
def test_query_is_one_word_or_many(say: Say, printer: str, words: tuple[str, ...]) -> None:
    found = say("tickets", "list", "--json", *words)

    assert (found.code, found.err) == (0, "")
    assert len(found.json) == 1


def test_pages_follow_each_other_by_cursor(say: Say) -> None:
    for subject in ("one", "two", "three"):
        say("tickets", "new", "--subject", subject)

    first = say("tickets", "list", "sort:number", "--limit", "2", "--json")
    rest = say("tickets", "list", "sort:number", "--after", first.json[-1]["cursor"], "--json")

    assert [line["subject"] for line in first.json] == ["one", "two"]
    assert first.err == f"next: --after {first.json[-1]['cursor']}\n"
    assert [line["subject"] for line in rest.json] == ["three"]


def test_columns_are_those_of_the_query(say: Say, printer: str) -> None:
    listed = say("tickets", "list", "cols:number,requester,tag")

    assert listed.out.splitlines() == ["Number  Requester  Tags", "TKT-1   Bob        hot, vip"]


def test_count_is_a_number(say: Say, printer: str) -> None:
    assert say("tickets", "count").out == "1\n"
    assert say("tickets", "count", "state:closed", "--json").json == {"count": 0, "capped": False}


def test_changes_are_seen_and_undone(say: Say, printer: str) -> None:
    pending = say("tickets", "state", printer, "pending", "--until", "2026-05-06", "--json").json
    assigned = say("tickets", "assign", printer, "me", "--json").json
    edited = say("tickets", "edit", printer, "impact=low", "tags=+new,-hot", "--json").json
    undone = say("tickets", "undo", "--json").json
    shown = say("tickets", "show", printer, "--json").json

    assert (pending["state"], pending["wake_at"]) == ("pending", "2026-05-06T09:00:00Z")
    assert assigned["assignee"] == "root"
    assert (edited["impact"], edited["tags"]) == ("low", ["new", "vip"])
    assert undone["tickets"] == [printer]
    assert (shown["impact"], shown["tags"]) == ("medium", ["hot", "vip"])


@pytest.mark.parametrize("who", ["-", "nobody"])
def test_assignee_is_taken_away(say: Say, printer: str, who: str) -> None:
    say("tickets", "assign", printer, "me")

    assert say("tickets", "assign", printer, who, "--json").json["assignee"] is None


def test_empty_value_clears_a_field(say: Say, printer: str) -> None:
    say("tickets", "edit", printer, "due=2026-06-01")

    assert say("tickets", "edit", printer, "due=", "--json").json["due_at"] is None


def test_old_version_is_refused_when_asked_for(say: Say, printer: str) -> None:
    say("tickets", "assign", printer, "me")

    refused = say("tickets", "edit", printer, "subject=Mine", "--if-version", "1")

    assert refused.code == 1
    assert "was changed by somebody else" in refused.err


def test_merged_ticket_names_where_it_went(say: Say, printer: str) -> None:
    say("tickets", "new", "--subject", "Smoke in the office")

    say("tickets", "merge", "2", printer)
    merged = say("tickets", "show", "2", "--json").json
    parted = say("tickets", "unmerge", "2", "--json").json

    assert (merged["state"], merged["merged_into"]) == ("merged", printer)
    assert (parted["state"], parted["merged_into"]) == ("new", None)


def test_links_are_seen_from_both_sides(say: Say, printer: str) -> None:
    say("tickets", "new", "--subject", "Sprinkler")

    linked = say("tickets", "link", printer, "blocks", "2", "--json").json
    other = say("tickets", "show", "2", "--json").json

    assert [(link["kind"], link["number"]) for link in linked["links"]] == [("blocks", "TKT-2")]
    assert [(link["kind"], link["number"]) for link in other["links"]] == [("blocked_by", printer)]


def test_bulk_edit_is_shown_first_and_undone_at_once(say: Say, printer: str) -> None:
    say("tickets", "new", "--subject", "Printer again")
    query = "printer | set impact=low"

    asked = say("tickets", "list", query, "--dry-run", "--json")
    before = say("tickets", "count", "impact:low").out
    done = say("tickets", "list", query, "--json")
    after = say("tickets", "count", "impact:low").out
    say("tickets", "undo")
    undone = say("tickets", "count", "impact:low").out

    assert asked.json["done"] is False
    assert asked.err == "Nothing was changed.\n"
    assert done.json["done"] is True
    assert (before, after, undone) == ("0\n", "2\n", "0\n")


def test_pending_ticket_wakes_when_somebody_looks(say: Say, printer: str) -> None:
    say("tickets", "state", printer, "pending", "--until", "2026-05-06")

    woken = say("tickets", "show", printer, "--json", at="2026-05-06T09:00:01Z").json

    assert (woken["state"], woken["wake_at"]) == ("open", None)
    assert woken["history"][-1]["actor"] == "system"


def test_export_holds_what_matches(say: Say, printer: str, tmp_path: Path) -> None:
    say("tickets", "new", "--subject", 'Comma, "quote"')

    told = say("tickets", "export", "comma", "out.csv", "--json").json
    shown = say("tickets", "export", "cols:number,subject", "comma", "-")
    say("tickets", "export", "out.json")

    assert told == {"file": "out.csv", "format": "csv", "tickets": 1}
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 2
    assert shown.out.splitlines() == ["number,subject", 'TKT-2,"Comma, ""quote"""']
    exported = json.loads((tmp_path / "out.json").read_text())
    assert {line["number"] for line in exported} == {"TKT-2", printer}


MAP = 'source = "old"\nkey = "key"\n[fields]\nsubject = "title"\n'


def test_import_is_tried_then_done_then_known(say: Say, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("key,title\na,Alpha\nb,\nc,Gamma\n")
    (tmp_path / "map.toml").write_text(MAP)
    words = ("tickets", "import", "in.csv", "--map", "map.toml", "--json")

    tried = say(*words, "--dry-run").json
    counted = say("tickets", "count").out
    done = say(*words).json
    again = say(*words).json

    assert (tried["created"], tried["dry_run"], counted) == (2, True, "0\n")
    assert (done["read"], done["created"], done["refused"][0]["line"]) == (3, 2, 3)
    assert (again["created"], again["known"]) == (0, 2)
    assert say("tickets", "count").out == "2\n"


def test_import_that_takes_nothing_has_failed(say: Say, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("key,title\na,\n")
    (tmp_path / "map.toml").write_text(MAP)

    refused = say("tickets", "import", "in.csv", "--map", "map.toml")

    assert refused.code == 1
    assert refused.out.startswith("1 rows: 0 tickets made, 0 known already, 1 refused.")


def test_service_levels_are_loaded_and_shown(say: Say, printer: str, tmp_path: Path) -> None:
    (tmp_path / "policies.toml").write_text(POLICIES)

    loaded = say("sla", "load", "policies.toml", "--json").json
    levels = say("tickets", "show", printer, "--json").json["sla"]
    late = say("tickets", "show", printer, "--json", at="2026-05-04T10:30:00Z").json["sla"]
    traced = say("sla", "trace", printer, "--json").json

    assert loaded == {"calendars": 1, "policies": 1, "tickets": 1}
    assert levels["policy"] == "All"
    assert levels["first_response"]["due"] == "2026-05-04T10:00:00Z"
    assert levels["first_response"]["remaining_minutes"] == 60
    assert levels["resolution"]["state"] == "running"
    assert late["first_response"]["state"] == "breached"
    assert late["first_response"]["remaining_minutes"] == -30
    assert traced["minutes"] == 240


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("2024-01-01T09:00:00", "60", "2024-01-01T09:00:00Z"),
        ("2024-01-01T11:30:00", "60", "2024-01-01T12:30:00Z"),
        ("2024-01-01T08:00:00Z", "0", "2024-01-01T08:00:00Z"),
        ("2024-01-01T20:00:00Z", "0", "2024-01-02T08:00:00Z"),
    ],
)
def test_due_instant_is_printed_in_utc(
    say: Say, tmp_path: Path, start: str, minutes: str, due: str
) -> None:
    (tmp_path / "cal.toml").write_text(CALENDAR)
    words = ("sla", "due", "--calendar", "cal.toml", "--start", start, "--minutes", minutes)

    assert say(*words).out == f"{due}\n"
    assert say(*words, "--json").json == {"due": due}


def test_elapsed_seconds_are_printed(say: Say, tmp_path: Path) -> None:
    (tmp_path / "cal.toml").write_text(CALENDAR)
    words = ("sla", "elapsed", "--calendar", "cal.toml", "--start", "2024-01-01", "--end")

    assert say(*words, "2024-01-08").out == "54000\n"
    assert say(*words, "2023-01-08", "--json").json == {"seconds": 0}


def test_service_levels_need_no_database(say: Say, tmp_path: Path) -> None:
    (tmp_path / "cal.toml").write_text(CALENDAR)
    nowhere = "sqlite:////nowhere/at/all.sqlite"

    answered = say(
        "--database", nowhere, "sla", "due", "--calendar", "cal.toml", "--start", "2024-01-01",
        "--minutes", "1",
    )  # fmt: skip

    assert answered.code == 0


REFUSED = [
    (("tickets", "show", "99"), "There is no ticket TKT-99."),
    (("tickets", "show", "abc"), "number: 'abc' is not a ticket number"),
    (("tickets", "show", "-5"), "number: '-5' is not a ticket number"),
    (("tickets", "new", "--subject", "  "), "subject: is empty"),
    (("tickets", "new"), "subject: is missing"),
    (("tickets", "new", "--subject", "x" * 1_000_000), "subject: has 1,000,000 characters"),
    (("tickets", "new", "--subject", "x", "--kind", "wish"), "kind: 'wish' is not one of"),
    (("tickets", "new", "--subject", "x", "--requester", "bob"), "requester: 'bob' is not a mail"),
    (("tickets", "new", "--subject", "x", "--attach", "no.pdf"), "no.pdf cannot be read: No such"),
    (("tickets", "new", "--subject", "x", "--attach", "/"), "/ cannot be read: Is a directory"),
    (("tickets", "state", "1", "gone"), "state: 'gone' is not one of"),
    (("tickets", "state", "1", "merged"), "state: 'merged' is not one of"),
    (("tickets", "state", "1", "pending", "--until", "soon"), "wake: 'soon' is not a moment"),
    (("tickets", "assign", "1", "zoe"), "There is no active account 'zoe'."),
    (("tickets", "edit", "1", "subject"), "changes: 'subject' is not of the form field=value"),
    (("tickets", "edit", "1", "a=1", "a=2"), "a: is given twice"),
    (("tickets", "edit", "1", "colour=red"), "colour: is not a field"),
    (("tickets", "edit", "1", "cf.size=1"), "There is no custom field 'size'."),
    (("tickets", "reply", "1"), "The reply is empty"),
    (("tickets", "reply", "1", "--text", "x", "--minutes", "ten"), "minutes: 'ten' is not a whole"),
    (("tickets", "merge", "1", "1"), ""),
    (("tickets", "unmerge", "1"), "TKT-1 was not merged"),
    (("tickets", "split", "1", "--messages", "a", "--subject", "x"), "messages: 'a' is no list"),
    (("tickets", "link", "1", "loves", "1"), "link: 'loves' is not one of"),
    (("tickets", "list", "prio:"), "expected a value"),
    (("tickets", "list", "(open"), "column"),
    (("tickets", "list", "--limit", "many"), "limit: 'many' is not a whole number"),
    (("tickets", "list", "--after", "x"), "after: "),
    (("tickets", "list", "--view", "None"), "There is no one view 'None'"),
    (("tickets", "export", "out.xls"), "format: 'xls' is not one of csv, json"),
    (("tickets", "export", "no/where/out.csv"), "no/where/out.csv was not written: No such"),
    (("tickets", "import", "no.csv", "--map", "no.toml"), "no.toml"),
    (("sla", "load", "no.toml"), "no.toml cannot be read: No such file"),
    (("sla", "due", "--calendar", "no.toml", "--start", "x", "--minutes", "1"), "no.toml cannot"),
    (("--database", "mysql://x", "tickets", "list"), "BOCONSOLE_DATABASE is 'mysql://x'; allowed"),
]


@pytest.mark.parametrize(("words", "reason"), REFUSED)
def test_bad_input_is_refused_with_a_sentence(
    say: Say, printer: str, words: tuple[str, ...], reason: str
) -> None:
    refused = say(*words)

    assert refused.code == 1
    assert refused.out == ""
    assert refused.err.count("\n") == 1
    assert reason in refused.err


@pytest.mark.parametrize(
    "words",
    [
        ("wish",),
        ("tickets",),
        ("tickets", "dance"),
        ("tickets", "show"),
        ("tickets", "show", "1", "2"),
        ("tickets", "list", "--wish"),
        ("tickets", "list", "--limit"),
        ("tickets", "import", "x.csv"),
        ("sla", "due", "--start", "x"),
    ],
)
def test_wrong_usage_is_told_apart(say: Say, words: tuple[str, ...]) -> None:
    wrong = say(*words)

    assert (wrong.code, wrong.out) == (2, "")
    assert wrong.err.startswith("usage: boconsole")


@pytest.mark.parametrize("minutes", ["-1", "1.5", "ten", "", "99999999999999999999"])
def test_bad_minutes_are_refused(say: Say, tmp_path: Path, minutes: str) -> None:
    (tmp_path / "cal.toml").write_text(CALENDAR)

    refused = say(
        "sla", "due", "--calendar", "cal.toml", "--start", "2024-01-01", "--minutes", minutes
    )

    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("minutes: ")


@pytest.mark.parametrize("verb", ["reply", "policies"])
def test_text_that_is_not_utf8_is_refused(
    say: Say, printer: str, tmp_path: Path, verb: str
) -> None:
    (tmp_path / "bad.toml").write_bytes(b"name = '\xff'")
    words = {"reply": ("tickets", "reply", printer), "policies": ("sla", "load", "bad.toml")}

    refused = say(*words[verb], stdin=b"caf\xe9")

    assert refused.code == 1
    assert "is not UTF-8 text" in refused.err


def test_nothing_of_a_record_steers_the_terminal(say: Say) -> None:
    evil = "\x1b[31mred\x07 \u202eback [/x] [@click=app.quit()] \x9b2J"

    say("tickets", "new", "--subject", evil, "--body", evil, "--tags", "a")
    printed = say("tickets", "show", "1").out + say("tickets", "list", "--json").out

    assert "[/x] [@click=app.quit()]" in printed
    assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(printed)


def test_unknown_queue_is_added_by_who_may(say: Say) -> None:
    made = say("tickets", "new", "--subject", "x", "--queue", "Network", "--json")

    assert made.json["queue"] == "Network"
    assert made.err == "Network is a new queue.\n"


def test_unknown_queue_is_refused_for_an_agent(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    say("users", "add", "eve")
    monkeypatch.setenv("BOCONSOLE_USER", "eve")

    refused = say("tickets", "new", "--subject", "x", "--queue", "Network")

    assert (refused.code, refused.err) == (1, "There is no queue 'Network'.\n")


def test_account_that_does_not_exist_is_refused(
    say: Say, printer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOCONSOLE_USER", "mallory")

    refused = say("tickets", "list")

    assert refused.code == 1
    assert "There is no account mallory here." in refused.err


def test_lists_are_set_up(say: Say, printer: str) -> None:
    say("setup", "field", "site", "--type", "choice", "--choices", "Bandung,Berlin")
    say("setup", "macro", "Ask", "--reply", "Hello {requester.first}", "state=pending")
    say("setup", "view", "Hot", "tag:hot", "sort:-prio", "--shared")

    edited = say("tickets", "edit", printer, "cf.site=Berlin", "--json").json
    ran = say("tickets", "macro", printer, "ask", "--json").json
    seen = say("tickets", "list", "--view", "hot", "--json").json

    assert edited["custom"] == {"site": "Berlin"}
    assert (ran["state"], ran["thread"][-1]["body"]) == ("pending", "Hello Bob")
    assert [line["number"] for line in seen] == [printer]


def test_audit_trail_that_was_changed_fails_the_check(
    say: Say, printer: str, sqlite_url: str
) -> None:
    import sqlite3

    whole = say("audit", "verify", "--json")
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as handle:
        handle.execute("DROP TRIGGER audit_entry_no_update")
        handle.execute("UPDATE audit_entry SET actor = 'eve' WHERE id = 2")
    handle.close()

    broken = say("audit", "verify")

    assert whole.json["ok"] is True
    assert (broken.code, broken.out) == (1, "")
    assert broken.err == "The audit trail is broken: line 2 was changed.\n"


def test_doctor_finds_nothing_wrong_with_a_new_house(say: Say, printer: str) -> None:
    checked = say("doctor", "--json")

    assert checked.code == 0
    assert checked.json["ok"] is True
    names = [check["check"] for check in checked.json["checks"]]
    assert names[:5] == ["database", "engine", "schema", "integrity", "audit trail"]


def test_doctor_names_what_is_broken(say: Say, printer: str, sqlite_url: str) -> None:
    import sqlite3

    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as handle:
        handle.execute("DROP TRIGGER audit_entry_no_delete")
        handle.execute("DELETE FROM audit_entry WHERE id = 2")
    handle.close()

    checked = say("doctor")

    assert checked.code == 1
    assert "!!  audit trail  lines from 2 on are missing" in checked.out


def test_doctor_makes_no_database(say: Say, tmp_path: Path) -> None:
    checked = say("--database", f"sqlite:///{tmp_path}/none.sqlite", "doctor")

    assert checked.code == 1
    assert "boconsole init" in checked.out
    assert not (tmp_path / "none.sqlite").exists()


def test_demo_is_built_into_a_new_database_only(say: Say, tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/demo.sqlite"
    words = ("demo", "--build", address, "--tickets", "20", "--seed", "7", "--json")

    built = say(*words)
    counted = say("--database", address, "tickets", "count", "any")
    again = say(*words)

    assert built.json["tickets"] == 20
    assert counted.out == "20\n"
    assert again.code == 1
    assert "has records already" in again.err


def test_demo_without_a_terminal_is_its_dashboard(say: Say, sqlite_url: str) -> None:
    shown = say("demo", "--json")

    assert shown.code == 0
    assert shown.json["blocks"]["tickets"]["figures"]["unassigned"]["count"] > 0
    assert say("tickets", "count", "any").out == "0\n"


def test_dashboard_is_text_without_a_terminal(say: Say, printer: str) -> None:
    text = say()
    value = say("--json").json

    assert text.code == 0
    assert "Unassigned" in text.out
    figures = value["blocks"]["tickets"]["figures"]
    assert (figures["mine"]["count"], figures["unassigned"]["count"]) == (0, 1)


def test_fault_is_a_sentence_and_goes_to_the_log(
    say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "logs" / "fault.log"
    monkeypatch.setenv("BOCONSOLE_LOG", str(log))
    private = f"ann{'@'}example.com"
    monkeypatch.setattr("boconsole.tickets.reading.count", lambda *_, cap: {}[private])

    failed = say("tickets", "count")

    assert (failed.code, failed.out) == (1, "")
    assert failed.err.endswith(f"What happened is in {log}.\n")
    assert "KeyError" in log.read_text()
    assert private not in log.read_text()
    assert log.stat().st_mode & 0o077 == 0


def test_interrupted_command_ends_quietly(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, cap: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("boconsole.tickets.reading.count", interrupt)

    assert say("tickets", "count") == Said(130, "", "")


def test_output_nobody_reads_is_no_fault(command: Callable[..., Any], sqlite_url: str) -> None:
    import subprocess

    command("tickets", "new", "--subject", "x")
    line = f"{sys.executable} -m boconsole --database {sqlite_url} settings"

    piped = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line} | true"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ},
    )

    assert (piped.returncode, piped.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("words", [("settings",), ("tickets", "export", "any", "-")])
def test_output_that_cannot_be_written_is_said(sqlite_url: str, words: tuple[str, ...]) -> None:
    import subprocess

    with Path("/dev/full").open("w") as full:
        told = subprocess.run(
            [sys.executable, "-m", "boconsole", "--database", sqlite_url, *words],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert told.returncode == 1
    assert told.stderr == "The output cannot be written: No space left on device.\n"


def test_output_is_utf8_whatever_the_locale(command: Callable[..., Any]) -> None:
    command("tickets", "new", "--subject", "Größe 東京", PYTHONUTF8="0")

    shown = command("tickets", "list", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")

    assert "Größe 東京" in shown.stdout


@pytest.mark.parametrize(
    "words", [("--help",), ("tickets", "--help"), ("tickets", "list", "--help"), ("sla", "-h")]
)
def test_help_is_given(say: Say, words: tuple[str, ...]) -> None:
    helped = say(*words)

    assert helped.code == 0
    assert helped.out.startswith("usage: boconsole")


def test_help_speaks_the_language(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOCONSOLE_LANGUAGE", "klingon")

    assert say("--help").code == 0
    assert say("settings").err.startswith("BOCONSOLE_LANGUAGE is 'klingon'; allowed: en, id")


def test_page_of_commands_is_as_new_as_the_code() -> None:
    docs = Path(__file__).parent.parent / "docs"

    made = runpy.run_path(str(docs / "make_commands.py"))["page"]()

    assert (docs / "commands.md").read_text() == made, "run: make docs"
