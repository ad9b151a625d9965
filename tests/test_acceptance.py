"""The command line as a stranger tries it who has read only what it promises.

Every call is one command on the database of the test, as outsiders would type it.
"""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from boconsole.doors.main import main

MONDAY = "2026-05-04T09:00:00Z"


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
def shell(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Say:
    """Call the command line in this process; `at` moves the clock for this and later calls."""
    monkeypatch.setenv("BOCONSOLE_CLOCK", MONDAY)
    monkeypatch.setenv("BOCONSOLE_USER", "root")
    monkeypatch.setenv("BOCONSOLE_ZONE", "UTC")
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
def say(shell: Say, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Say:
    """Call the command line on a fresh SQLite database."""
    monkeypatch.setenv("BOCONSOLE_DATABASE", sqlite_url)
    return shell


@pytest.fixture
def say_both(shell: Say, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Say:
    """Call the command line on a fresh database, once for each engine."""
    monkeypatch.setenv("BOCONSOLE_DATABASE", database_url)
    return shell


def make(say: Say, *words: str) -> str:
    """Make a ticket; returns its number."""
    subject = () if "--subject" in words else ("--subject", "Printer is on fire")
    made = say("tickets", "new", "--json", *subject, *words)
    assert made.code == 0, made.err
    return str(made.json["number"])


def show(say: Say, number: str, at: str = "") -> Any:
    """Return the record of a ticket."""
    return say("tickets", "show", number, "--json", at=at).json


def bodies(say: Say, number: str) -> list[str]:
    """Return the texts of a ticket's thread."""
    return [message["body"] for message in show(say, number)["thread"]]


def test_tickets_merged_twice_are_parted_from_the_last_merge_back(say_both: Say) -> None:
    first, second, third = (make(say_both, "--body", body) for body in ("one", "two", "three"))
    say_both("tickets", "merge", first, second)
    say_both("tickets", "merge", second, third)

    early = say_both("tickets", "unmerge", first)
    say_both("tickets", "unmerge", second)
    say_both("tickets", "unmerge", first)

    assert (early.code, early.out) == (1, "")
    assert early.err == "TKT-2 was merged itself since; un-merge TKT-2 first.\n"
    assert [bodies(say_both, one) for one in (first, second, third)] == [
        ["one"],
        ["two"],
        ["three"],
    ]


def test_message_that_was_split_off_stays_there_when_a_merge_ends(say: Say) -> None:
    first, second = make(say, "--body", "one"), make(say, "--body", "two")
    say("tickets", "reply", first, "--text", "apart")
    say("tickets", "merge", first, second)
    message = str(show(say, second)["thread"][-1]["id"])
    third = say("tickets", "split", second, "--messages", message, "--subject", "x", "--json")

    say("tickets", "unmerge", first)

    assert bodies(say, third.json["number"]) == ["apart"]
    assert bodies(say, first) == ["one"]


def test_merged_ticket_gets_no_link(say: Say) -> None:
    first, second, third = make(say), make(say), make(say)
    say("tickets", "merge", first, second)

    refused = say("tickets", "link", first, "blocks", third)

    assert refused.code == 1
    assert refused.err == "TKT-1 was merged into TKT-2; change that one, or un-merge.\n"


@pytest.mark.parametrize(
    ("state", "until", "reason"),
    [
        ("pending", "2020-01-01", "wake: lies in the past"),
        ("open", "+2d", "wake: only a pending ticket wakes up"),
        ("resolved", "+2d", "wake: only a pending ticket wakes up"),
    ],
)
def test_wake_up_that_could_not_happen_is_refused(
    say: Say, state: str, until: str, reason: str
) -> None:
    number = make(say)

    refused = say("tickets", "state", number, state, "--until", until)

    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith(reason)
    assert show(say, number)["state"] == "new"


def test_trigger_that_does_nothing_is_refused(say: Say) -> None:
    refused = say("setup", "trigger", "Idle", "--on", "create", "--if", "tag:vip")

    assert refused.code == 1
    assert refused.err == "trigger: needs a change, or somebody to notify\n"


def test_only_the_view_of_this_name_is_removed(say: Say) -> None:
    say("setup", "view", "Hot", "tag:hot")
    say("setup", "view", "Hotter", "tag:hotter")

    removed = [say("setup", "remove", "view", "Hot").code for _ in range(2)]

    assert removed == [0, 1]
    assert [view["name"] for view in say("tickets", "views", "--json").json] == ["Hotter"]


@pytest.mark.parametrize("also", [("--internal",), ("--minutes", "5"), ("--state", "closed")])
def test_requester_writes_no_notes(say: Say, also: tuple[str, ...]) -> None:
    number = make(say)

    refused = say("tickets", "reply", number, "--from-requester", "--text", "x", *also)

    assert refused.code == 1
    assert refused.err.endswith("does not go with --from-requester; give one of them\n")
    assert bodies(say, number) == []


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        (("--kind", "service request"), "kind", "request"),
        (("--kind", "Service Request"), "kind", "request"),
        (("--impact", "1", "--urgency", "HIGH"), "priority", "critical"),
        (("--priority", "planning", "--reason", "the director"), "priority", "planning"),
        (("--tag", "b", "--tag", "a", "--tags", "c,d"), "tags", ["a", "b", "c", "d"]),
        (("--watcher", "me"), "watchers", ["root"]),
        (("--assignee", "ROOT"), "assignee", "root"),
        (("--queue", "Network"), "queue", "Network"),
        (("--category", "Hardware/Printer"), "category", "Hardware / Printer"),
        (("--org", "Acme"), "organisation", "Acme"),
        (("--organization", "Acme"), "organisation", "Acme"),
        (("--due", "+3d"), "due_at", "2026-05-07T09:00:00Z"),
        (("--due", "2026-05-06T09:00:00+02:00"), "due_at", "2026-05-06T07:00:00Z"),
        (("--cf.site", "berlin"), "custom", {"site": "Berlin"}),
        (("--cf.site=Berlin",), "custom", {"site": "Berlin"}),
        (("cf.Site=BERLIN",), "custom", {"site": "Berlin"}),
    ],
)
def test_new_ticket_takes_what_one_would_type(
    say: Say, words: tuple[str, ...], field: str, value: object
) -> None:
    say("setup", "field", "site", "--type", "choice", "--choices", "Bandung,Berlin")

    number = make(say, *words)

    assert show(say, number)[field] == value


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ("Subject=Smoke", "subject", "Smoke"),
        ("kind=service-request", "kind", "request"),
        ("satisfaction=4", "rating", 4),
        ("resolution-code=fixed", "resolution", "fixed"),
        ("owner=@me", "assignee", "root"),
        ("status=on-hold", "state", "on_hold"),
        ("time_spent=30", "minutes_spent", 30),
    ],
)
def test_field_is_called_by_any_of_its_names(
    say: Say, change: str, field: str, value: object
) -> None:
    number = make(say)

    edited = say("tickets", "edit", number.lower(), change, "--json")

    assert (edited.code, edited.json[field]) == (0, value)


@pytest.mark.parametrize(
    ("word", "state"),
    [("on-hold", "on_hold"), ("onhold", "on_hold"), ("On Hold", "on_hold"), ("solved", "resolved")],
)
def test_state_is_spelled_in_any_way(say: Say, word: str, state: str) -> None:
    assert say("tickets", "state", make(say), word, "--json").json["state"] == state


@pytest.mark.parametrize("change", ["status=closed", "State=closed", "until=+2d"])
def test_new_ticket_does_not_end_at_once(say: Say, change: str) -> None:
    refused = say("tickets", "new", "--subject", "x", change)

    assert refused.code == 1
    assert refused.err.endswith("cannot be set on a new ticket\n")


@pytest.mark.parametrize(
    "words",
    [
        ("requester=bob@acme.example", "organisation=Acme"),
        ("organisation=Acme", "requester=bob@acme.example"),
    ],
)
def test_requester_belongs_to_the_organisation_that_is_given(
    say_both: Say, words: tuple[str, ...]
) -> None:
    number = make(say_both, *words)
    again = make(say_both, "--requester", "bob@acme.example")

    assert [show(say_both, one)["organisation"] for one in (number, again)] == ["Acme", "Acme"]


def test_organisation_is_found_by_its_mail_domain(say: Say) -> None:
    say("setup", "organisation", "Acme Corp", "--domain", "acme.example", "--kind", "partner")

    number = make(say, "--requester", "ann@acme.example")

    assert show(say, number)["organisation"] == "Acme Corp"


def test_tags_are_either_replaced_or_added_to(say: Say) -> None:
    refused = say("tickets", "edit", make(say, "--tag", "old"), "tags=+a,b")

    assert refused.code == 1
    assert refused.err.startswith("tags: '+a' cannot be a tag")


def numbers(say: Say, *query: str) -> list[str]:
    """Return the numbers of the tickets that a query finds, oldest first."""
    found = say("tickets", "list", *query, "--json")
    assert found.code == 0, found.err
    return [line["number"] for line in reversed(found.json)]


@pytest.mark.parametrize(
    "query",
    [
        'status:open prio>=high assignee:me due<2h created:>-7d tag:vip -tag:spam org:"Acme Corp" '
        'printer "paper jam" sort:-prio',
        "requester.org:acme", "requester:nobody", "was:org=Nowhere", "is:unread",
        "was:state=open@2026-05-01", "changed:assignee>-7d", "(tag:a or tag:b) not tag:c",
        "sort:-due,prio group:queue cols:number,subj,due limit:50", 'kind:"service request"',
        "assignee:@me", "created:2026-05 due:<1bd updated:this-month", "prio:low..critical",
    ],
)  # fmt: skip
def test_examples_of_the_query_language_are_read(say_both: Say, query: str) -> None:
    assert numbers(say_both, query) == []


def test_people_and_organisations_are_found_by_a_part_of_their_name(say_both: Say) -> None:
    wanted = make(say_both, "--requester", "Ann Lee <ann@acme.example>", "--org", "Acme Corp")
    make(say_both, "--requester", "Bob Ray <bob@other.example>")

    for query in ("requester:lee", "org:acme", "requester.org:ACME", "@acme.example"):
        assert numbers(say_both, query) == [wanted], query


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        ("colour=red", "colour: is not a field"),
        ("state=new", "TKT-1 is open and cannot become new"),
        ("priority=critical", "priority_reason: say why"),
        ("assignee=zoe", "There is no active account 'zoe'."),
    ],
)
@pytest.mark.parametrize("how", [("--dry-run",), ()])
def test_bulk_edit_is_refused_as_a_whole(
    say: Say, edit: str, reason: str, how: tuple[str, ...]
) -> None:
    first, second = make(say), make(say)
    say("tickets", "state", first, "open")
    before = say("audit", "verify", "--json").json["lines"]

    refused = say("tickets", "list", f"printer | set {edit} tags=+seen", *how)

    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith(reason)
    assert say("audit", "verify", "--json").json["lines"] == before
    assert show(say, second)["tags"] == []


def test_bulk_edit_is_one_operation_with_one_undo(say_both: Say) -> None:
    both = [make(say_both, "--tag", "spam"), make(say_both, "--tag", "spam")]
    make(say_both)

    tried = say_both("tickets", "list", "tag:spam | set state=closed", "--dry-run", "--json").json
    done = say_both("tickets", "list", 'tag:spam | set state=closed note="no"', "--json").json
    closed = numbers(say_both, "state:closed")
    undone = say_both("tickets", "undo", "--json").json

    assert (tried["done"], sorted(tried["tickets"]), sorted(done["tickets"])) == (False, both, both)
    assert (done["done"], closed, sorted(undone["tickets"])) == (True, both, both)
    assert numbers(say_both, "state:closed") == []
    assert bodies(say_both, both[0]) == []


POLICY = """
[calendars.office]
timezone = "UTC"
hours = { mon = ["09:00-17:00"], tue = ["09:00-17:00"] }
[[policies]]
name = "Network"
match = "queue:Network or org:Acme"
calendar = "office"
first_response = 30
"""


def test_policy_may_name_a_queue_that_comes_later(say_both: Say, tmp_path: Path) -> None:
    (tmp_path / "policies.toml").write_text(POLICY)

    loaded = say_both("sla", "load", "policies.toml")
    found = [make(say_both, *words) for words in (("--queue", "Network"), ("--org", "Acme"), ())]

    assert loaded.code == 0
    assert loaded.err == "Policy Network: there is no queue 'Network'; it is loaded all the same.\n"
    policies = [show(say_both, number)["sla"]["policy"] for number in found]
    assert policies == ["Network", "Network", None]
