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


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "America/New_York"])
@pytest.mark.parametrize(
    "words",
    [
        ("edit", "due=9999-12-31T23:59Z"), ("edit", "due=9999-12-31"), ("edit", "due=31/12/9999"),
        ("edit", "due=0001-01-01T00:00Z"), ("edit", "due=1/1/0001"), ("edit", "due=+7973y"),
        ("state", "pending", "--until", "9999-12-31T23:59Z"),
    ],
)  # fmt: skip
def test_moment_that_some_zone_could_not_show_is_refused(
    say: Say, zone: str, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOCONSOLE_ZONE", zone)
    number = make(say)

    refused = say("tickets", words[0], number, *words[1:])

    assert (refused.code, refused.out) == (1, "")
    assert refused.err.endswith("lies too far away\n")
    assert say("tickets", "show", number).code == 0


def test_trigger_that_does_nothing_is_refused(say: Say) -> None:
    refused = say("setup", "trigger", "Idle", "--on", "create", "--if", "tag:vip")

    assert refused.code == 1
    assert refused.err == "trigger: needs a change, or somebody to notify\n"


def test_only_the_view_of_this_name_is_removed(say: Say) -> None:
    say("setup", "view", "Hot", "tag:hot")
    say("setup", "view", "Hotter", "tag:hotter")

    removed = [say("setup", "remove", "view", "Hot").code for _ in range(2)]
    left = [view["name"] for view in say("tickets", "views", "--json").json]

    assert removed == [0, 1]
    assert ("Hot" in left, "Hotter" in left) == (False, True)


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
        ("title=Smoke", "subject", "Smoke"),
        ("team=Network", "queue", "Network"),
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


EXAMPLES = (
    'status:open prio>=high assignee:me due<2h created:>-7d tag:vip -tag:spam org:"Acme Corp" '
    'printer "paper jam" sort:-prio',
    "requester.org:acme", "requester:nobody", "was:org=Nowhere", "is:unread",
    "was:state=open@2026-05-01", "changed:assignee>-7d", "(tag:a or tag:b) not tag:c",
    "sort:-due,prio group:queue cols:number,subj,due limit:50", 'kind:"service request"',
    "assignee:@me", "created:2026-05 due:<1bd updated:this-month", "prio:low..critical",
    "left<2h sort:left", "cols:id,subj,due limit:50",
)  # fmt: skip


def test_examples_of_the_query_language_are_read(say_both: Say) -> None:
    assert [numbers(say_both, query) for query in EXAMPLES] == [[]] * len(EXAMPLES)


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


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
YEARLY = ("01-01", "05-01", "12-24", "12-25", "12-26", "12-31")
H1, H2, H4 = ("08:00-18:00",), ("09:00-18:00",), ("08:00-13:00", "14:00-18:00")
H3, H5 = ("08:00-20:00",), ("00:00-24:00",)
OFFICE = ("09:00-17:00",)


def calendar(
    zone: str, days: int | tuple[str, ...], spans: tuple[str, ...], holidays: tuple[str, ...] = ()
) -> str:
    """Return a calendar file: the same spans on the first so many days, or on those named."""
    named = DAYS[:days] if isinstance(days, int) else days
    hours = "".join(f"{day} = {json.dumps(spans)}\n" for day in named)
    return f'timezone = "{zone}"\nholidays = {json.dumps(holidays)}\n[hours]\n{hours}'


BERLIN_H4 = calendar("Europe/Berlin", 5, H4, YEARLY)
BERLIN_H1 = calendar("Europe/Berlin", 5, H1, YEARLY)
BERLIN_H3 = calendar("Europe/Berlin", 5, H3, ("2016-11-01",))
MOSCOW = calendar("Europe/Moscow", 5, H2)
TWO_DAYS = calendar("UTC", 2, OFFICE)


@pytest.mark.parametrize(
    ("text", "start", "minutes", "due"),
    [
        (calendar("UTC", ("sun",), OFFICE), "2007-01-01T00:00:00Z", 0, "2007-01-07T09:00:00Z"),
        (calendar("UTC", ("sun",), OFFICE), "2007-01-01T00:00:00Z", 60, "2007-01-07T10:00:00Z"),
        (TWO_DAYS, "2007-01-01T13:15:00Z", 0, "2007-01-01T13:15:00Z"),
        (TWO_DAYS, "2007-01-01T19:15:00Z", 0, "2007-01-02T09:00:00Z"),
        (TWO_DAYS, "2007-01-06T13:15:00Z", 0, "2007-01-08T09:00:00Z"),
        (MOSCOW, "2007-01-01T19:15:00Z", 0, "2007-01-02T06:00:00Z"),
        (MOSCOW, "2007-01-01T19:15:00Z", 120, "2007-01-02T08:00:00Z"),
        (BERLIN_H4, "2015-03-27T11:00:00Z", 900, "2015-03-31T07:00:00Z"),
        (BERLIN_H4, "2016-01-31T12:25:30", 2725, "2016-02-08T07:25:00Z"),
        (BERLIN_H1, "2016-02-01T16:59:30", 210, "2016-02-02T09:29:30Z"),
        (BERLIN_H1, "2013-03-16 10:00", 1, "2013-03-18T07:01:00Z"),
        (calendar("Europe/Berlin", 7, H5, YEARLY), "2015-02-17T12:00", 129_660,
         "2015-05-19T12:00:00Z"),
        (calendar("America/Sao_Paulo", 7, H5, YEARLY), "2015-10-17T22:00", 420,
         "2015-10-18T08:00:00Z"),
        (calendar("Europe/Berlin", 7, H2), "2013-06-04T15:00:00Z", 60, "2013-06-05T07:00:00Z"),
        (BERLIN_H3, "2016-11-01T13:56:21Z", 120, "2016-11-02T09:00:00Z"),
        (BERLIN_H3, "2016-11-01T13:56:21Z", 1200, "2016-11-03T15:00:00Z"),
    ],
)  # fmt: skip
def test_due_instant_agrees_with_other_helpdesks(
    say: Say, tmp_path: Path, text: str, start: str, minutes: int, due: str
) -> None:
    (tmp_path / "CAL.toml").write_text(text)

    told = say("sla", "due", "--calendar", "CAL.toml", "--start", start, "--minutes", str(minutes))

    assert told == Said(0, f"{due}\n", "")


@pytest.mark.parametrize(
    ("text", "start", "end", "seconds"),
    [
        (calendar("Europe/Berlin", 5, H1), "2013-03-21T09:30:00Z", "2013-03-21T14:00:00Z", 16_200),
        (calendar("Europe/Berlin", 5, H1), "2013-03-21T14:00:00Z", "2013-03-21T09:30:00Z", 0),
        (calendar("Europe/Berlin", 7, H5, YEARLY), "2016-03-26T22:24:39", "2016-03-28T23:24:39",
         172_800),
        (calendar("UTC", 5, H3), "2019-01-01T06:00", "2019-01-01T07:00", 0),
        (calendar("UTC", 5, H3), "2019-01-01", "2019-01-08", 216_000),
        (calendar("Europe/Berlin", 7, ("01:00-04:00",)), "2024-03-31", "2024-04-01", 7_200),
        (calendar("Europe/Berlin", 7, ("01:00-04:00",)), "2024-10-27", "2024-10-28", 14_400),
    ],
)  # fmt: skip
def test_elapsed_seconds_agree_with_other_helpdesks(
    say: Say, tmp_path: Path, text: str, start: str, end: str, seconds: int
) -> None:
    (tmp_path / "CAL.toml").write_text(text)

    told = say("sla", "elapsed", "--calendar", "CAL.toml", "--start", start, "--end", end)

    assert told == Said(0, f"{seconds}\n", "")


@pytest.mark.parametrize(
    "text",
    [
        "", "x = [", 'timezone = "UTC"', 'timezone = "Mars"\n[hours]\nmon = ["09:00-10:00"]',
        'timezone = "UTC"\n[hours]\nmon = []', 'timezone = "UTC"\n[hours]\nmon = ["17:00-09:00"]',
        'timezone = "UTC"\n[hours]\nmon = ["09:00-25:00"]',
        'timezone = "UTC"\n[hours]\nmonday = ["09:00-10:00"]',
        'timezone = "UTC"\n[hours]\nmon = ["09:00-10:00", "09:30-11:00"]',
        'timezone = "UTC"\nholidays = ["02-30"]\n[hours]\nmon = ["09:00-10:00"]',
    ],
)  # fmt: skip
def test_calendar_that_cannot_be_is_refused(say: Say, tmp_path: Path, text: str) -> None:
    (tmp_path / "CAL.toml").write_text(text)

    refused = say(
        "sla", "due", "--calendar", "CAL.toml", "--start", "2024-01-01T00:00Z", "--minutes", "1"
    )

    assert (refused.code, refused.out, refused.err.count("\n")) == (1, "", 1)


def load(say: Say, tmp_path: Path, text: str, *lines: str) -> None:
    """Put a calendar and one policy for all in place."""
    hours = text.replace("[hours]", "[calendars.c.hours]")
    policy = '[[policies]]\nname = "All"\nmatch = ""\ncalendar = "c"\n' + "\n".join(lines)
    (tmp_path / "POLICIES.toml").write_text(f"[calendars.c]\n{hours}\n{policy}\n")
    assert say("sla", "load", "POLICIES.toml").code == 0


def levels(say: Say, number: str, target: str) -> tuple[object, ...]:
    """Return due, state and minutes left of a target."""
    told = show(say, number)["sla"][target]
    return told["due"], told["state"], told["remaining_minutes"]


def test_pause_and_resume_move_what_is_due(say_both: Say, tmp_path: Path) -> None:
    load(say_both, tmp_path, calendar("Europe/Berlin", 7, H2), "first_response = 120")
    say_both("init", at="2013-06-04T09:00:00Z")
    number = make(say_both)
    say_both("tickets", "state", number, "pending", at="2013-06-04T10:00:00Z")
    paused = levels(say_both, number, "first_response")
    say_both("tickets", "state", number, "open", at="2013-06-04T15:00:00Z")

    assert paused == (None, "paused", 60)
    assert levels(say_both, number, "first_response") == ("2013-06-05T07:00:00Z", "running", 60)


def test_what_was_used_is_known_at_the_end(say: Say, tmp_path: Path) -> None:
    text = calendar("Europe/Berlin", 7, H2)
    load(say, tmp_path, text, "first_response = 120", "resolution = 250")
    say("init", at="2013-06-04T09:00:00Z")
    number = make(say)
    say("tickets", "state", number, "pending", at="2013-06-04T10:00:00Z")
    say("tickets", "state", number, "open", at="2013-06-04T10:30:00Z")
    say("tickets", "reply", number, "--text", "x", at="2013-06-04T10:45:00Z")
    say("tickets", "state", number, "closed", at="2013-06-04T12:00:00Z")

    assert levels(say, number, "first_response") == (None, "met", 45)
    assert levels(say, number, "resolution") == (None, "met", 100)


def test_response_may_go_on_while_the_rest_pauses(say: Say, tmp_path: Path) -> None:
    text = calendar("UTC", DAYS[1:5], ("08:30-19:00",)) + 'mon = ["10:30-19:00"]\n'
    lines = ("first_response = 240", "resolution = 240", "response_pauses = false")
    load(say, tmp_path, text, *lines)
    say("init", at="2034-06-09T08:46:12Z")
    number = make(say)
    say("tickets", "state", number, "on_hold", at="2034-06-09T09:15:27Z")
    say("tickets", "state", number, "open", at="2034-06-09T11:23:49Z")

    assert levels(say, number, "first_response")[0] == "2034-06-09T12:46:12Z"
    assert levels(say, number, "resolution")[0] == "2034-06-09T14:54:34Z"


def test_next_reply_runs_from_the_question_to_the_answer(say_both: Say, tmp_path: Path) -> None:
    lines = ("first_response = 60", "next_reply = 120", "resolution = 180")
    load(say_both, tmp_path, calendar("Europe/Berlin", 5, H1), *lines)
    say_both("init", at="2013-03-21T09:30:00Z")
    number = make(say_both)
    say_both("tickets", "reply", number, "--text", "x", at="2013-03-21T10:00:00Z")
    answered = levels(say_both, number, "first_response")
    for at in ("2013-03-21T12:05:00Z", "2013-03-21T12:08:00Z"):
        say_both("tickets", "reply", number, "--from-requester", "--text", "y", at=at)
    asked = levels(say_both, number, "next_reply")
    say_both("tickets", "reply", number, "--internal", "--text", "no answer")
    noted = levels(say_both, number, "next_reply")[1]
    say_both("tickets", "reply", number, "--text", "z", at="2013-03-21T13:00:00Z")

    assert answered == (None, "met", 30)
    assert asked == ("2013-03-21T14:05:00Z", "running", 117)
    assert noted == "running"
    assert levels(say_both, number, "next_reply") == (None, "none", None)
    assert levels(say_both, number, "resolution") == ("2013-03-21T12:30:00Z", "breached", -30)
    assert numbers(say_both, "is:breached") == [number]
    assert numbers(say_both, "sla<now") == [number]


def test_question_that_was_split_off_waits_in_its_new_ticket(say_both: Say, tmp_path: Path) -> None:
    lines = ("first_response = 60", "next_reply = 120")
    load(say_both, tmp_path, calendar("UTC", 7, ("00:00-24:00",)), *lines)
    number = make(say_both)
    say_both("tickets", "reply", number, "--text", "x", at="2026-05-04T09:10:00Z")
    for at in ("2026-05-04T09:20:00Z", "2026-05-04T09:40:00Z"):
        say_both("tickets", "reply", number, "--from-requester", "--text", "y", at=at)
    first, second = (str(message["id"]) for message in show(say_both, number)["thread"][-2:])
    say_both("tickets", "split", number, "--messages", first, "--subject", "one")
    one_left = levels(say_both, number, "next_reply")
    say_both("tickets", "split", number, "--messages", second, "--subject", "two")

    assert one_left == ("2026-05-04T11:40:00Z", "running", 120)
    assert levels(say_both, number, "next_reply") == (None, "none", None)
    assert numbers(say_both, "is:unanswered") == ["TKT-2", "TKT-3"]


def test_closed_ticket_keeps_its_result_until_it_is_reopened(say_both: Say, tmp_path: Path) -> None:
    always = calendar("UTC", 7, ("00:00-24:00",))
    load(say_both, tmp_path, always, "first_response = 20", "resolution = 100")
    number = make(say_both)
    say_both("tickets", "state", number, "closed", at="2026-05-04T10:00:00Z")
    load(say_both, tmp_path, always, "resolution = 30")
    kept = levels(say_both, number, "resolution"), levels(say_both, number, "first_response")
    policies = (tmp_path / "POLICIES.toml").read_text()
    (tmp_path / "POLICIES.toml").write_text(policies.replace("name = ", "name = 'Other' #"))
    say_both("sla", "load", "POLICIES.toml")
    say_both("tickets", "reply", number, "--internal", "--text", "Thanked by phone.")
    kept_still = levels(say_both, number, "resolution")
    say_both("tickets", "state", number, "open", at="2026-05-04T11:00:00Z")

    assert kept == ((None, "met", 40), (None, "breached", -40))
    assert kept_still == kept[0]
    assert levels(say_both, number, "resolution") == ("2026-05-04T09:30:00Z", "breached", -30)
    assert show(say_both, number)["sla"]["policy"] == "Other"


def test_priority_decides_on_the_policy_from_the_start(say: Say, tmp_path: Path) -> None:
    load(say, tmp_path, calendar("UTC", 5, OFFICE), "first_response = 60", 'pause = ["pending"]')
    policies = (tmp_path / "POLICIES.toml").read_text()
    (tmp_path / "POLICIES.toml").write_text(policies.replace('""', '"prio:critical"'))
    number = make(say, "--impact", "high", "--urgency", "high")
    loaded = say("sla", "load", "POLICIES.toml", "--json", at="2026-05-04T09:45:00Z").json
    critical = show(say, number)["sla"]["first_response"]
    say("tickets", "edit", number, "urgency=low")
    lower = levels(say, number, "first_response")
    say("tickets", "undo")

    assert loaded == {"calendars": 1, "policies": 1, "tickets": 1}
    assert critical == {
        "due": "2026-05-04T10:00:00Z", "state": "running", "remaining_minutes": 15, "warned": True,
    }  # fmt: skip
    assert lower == (None, "none", None)
    assert levels(say, number, "first_response")[0] == "2026-05-04T10:00:00Z"


@pytest.mark.parametrize(
    ("match", "words", "policy"),
    [
        ("state:open", ("state", "1", "open"), "First"),
        ("assignee:me", ("assign", "1", "me"), "First"),
        ("no:assignee", ("assign", "1", "me"), "All"),
        ("is:unassigned", ("assign", "1", "me"), "All"),
        ("zebra", ("reply", "1", "--text", "A zebra."), "First"),
        ("has:due", ("edit", "1", "due=+1d"), "First"),
        ("tag:vip or (prio:high not has:rating)", ("tag", "1", "vip"), "First"),
        ("cf.site:Berlin", ("edit", "1", "cf.site=Berlin"), "First"),
        ("kind:problem", ("state", "1", "open"), "All"),
    ],
)
def test_policy_is_chosen_anew_when_what_it_asks_for_changes(
    say_both: Say, tmp_path: Path, match: str, words: tuple[str, ...], policy: str
) -> None:
    say_both("setup", "field", "site")
    load(say_both, tmp_path, calendar("UTC", 5, OFFICE), "first_response = 60")
    rest = (tmp_path / "POLICIES.toml").read_text()
    first = f'name = "First"\nmatch = {json.dumps(match)}\ncalendar = "c"\nfirst_response = 30\n'
    (tmp_path / "POLICIES.toml").write_text(rest.replace("[[policies]]", f"[[policies]]\n{first}"
                                                         "[[policies]]"))  # fmt: skip
    assert say_both("sla", "load", "POLICIES.toml").code == 0
    make(say_both)

    assert say_both("tickets", *words).code == 0

    assert show(say_both, "1")["sla"]["policy"] == policy


@pytest.mark.parametrize(
    ("match", "reason"),
    [
        ("prio:", "expected a value of prio (column 6)"),
        ("kind:incident prio:x", "expected a priority: critical, high, medium, low, planning; "
         "not 'x' (column 20)"),
        ("sort:prio", "expected a condition, without sort:, limit: or | set (column 1)"),
        ("tag:a | set state=closed",
         "expected a condition, without sort:, limit: or | set (column 1)"),
        ("any) or (tag:a", "expected no ) here, none is open (column 4)"),
    ],
)  # fmt: skip
def test_policy_with_a_query_that_is_none_is_named(
    say: Say, tmp_path: Path, match: str, reason: str
) -> None:
    load(say, tmp_path, calendar("UTC", 5, OFFICE))
    policies = (tmp_path / "POLICIES.toml").read_text()
    (tmp_path / "POLICIES.toml").write_text(policies.replace('""', json.dumps(match)))

    refused = say("sla", "load", "POLICIES.toml")

    assert refused == Said(1, "", f"policy 'All', match: {reason}\n")


REFUSED = (
    ("new",), ("new", "--subject", "\x1b\x07"), ("new", "--subject", "x" * 1_000_000),
    ("new", "--subject", "x", "--requester", "new@person.example", "--kind", "wish"),
    ("new", "--subject", "x", "--queue", "New", "--assignee", "zoe"),
    ("new", "--subject", "x", "--org", "New", "--due", "2026-02-30"),
    ("new", "--subject", "x", "--attach", "nowhere.pdf"), ("new", "--subject", "x", "cf.a=1"),
    ("state", "1", "gone"), ("state", "1", "merged"), ("state", "9", "open"),
    ("assign", "1", "zoe"), ("edit", "1", "subject="), ("edit", "1", "rating=9"),
    ("edit", "1", "subject=Half", "assignee=zoe"), ("edit", "1", "priority=critical"),
    ("edit", "1", "queue=New", "subject="), ("edit", "1", "--if-version", "7", "subject=x"),
    ("reply", "1", "--text", " "), ("reply", "1", "--text", "x", "--state", "new"),
    ("reply", "1", "--text", "x", "--attach", "nowhere.pdf"), ("merge", "1", "9"),
    ("merge", "1", "1"), ("unmerge", "1"), ("tag", "1", "a:b"), ("watch", "1", "zoe"),
    ("macro", "1", "None"), ("split", "1", "--messages", "1", "--subject", "x"),
    ("list", "printer | set state=open queue=None"), ("list", "prio:"),
    ("count", "any | set state=closed"), ("export", "any | set state=closed", "out.csv"),
    ("export", "any", "no/where.csv"), ("import", "none.csv", "--map", "none.toml"),
)  # fmt: skip


def test_what_is_refused_leaves_nothing_behind(say: Say) -> None:
    make(say, "--body", "Come quickly", "--priority", "medium")
    say("tickets", "state", "1", "open", "--json")
    before = [say(*call).out for call in LEFT_BEHIND]

    wrong = []
    for words in REFUSED:
        refused = say("tickets", *words)
        as_promised = (refused.code, refused.out, refused.err.count("\n")) == (1, "", 1)
        if not as_promised or [say(*call).out for call in LEFT_BEHIND] != before:
            wrong.append((words, refused))

    assert wrong == []


LEFT_BEHIND = (
    ("audit", "verify"), ("tickets", "count", "any"), ("tickets", "show", "1"), ("users", "list"),
)  # fmt: skip


def test_everything_is_undone_step_by_step(say_both: Say) -> None:
    first = make(say_both, "--body", "one", "--tag", "old", "--requester", "ann@acme.example")
    second = make(say_both, "--body", "two")
    say_both("setup", "field", "size", "--type", "number")
    say_both("setup", "macro", "Ask", "--reply", "Hi {requester.first}", "state=pending")

    def snapshot() -> list[dict[str, object]]:
        moving = ("version", "updated_at", "history")
        return [
            {field: value for field, value in show(say_both, one).items() if field not in moving}
            for one in (first, second)
        ]

    steps = (
        ("state", first, "pending", "--until", "+2d"),
        ("assign", first, "me"),
        ("edit", first, "subject=New", "impact=high", "queue=Net", "due=+1d", "tags=a,b",
         "cf.size=7", "watchers=me", "rating=4", "category=A/B", "requester=bob@acme.example",
         "kind=problem"),
        ("tag", first, "x", "-b"),
        ("link", first, "blocks", second),
        ("macro", first, "Ask"),
        ("reply", first, "--text", "x", "--minutes", "5", "--state", "resolved"),
        ("reply", first, "--from-requester", "--text", "again"),
        ("list", "any | set priority=planning reason=no tags=+bulk"),
        ("merge", second, first),
    )  # fmt: skip
    seen = [snapshot()]
    for step in steps:
        assert say_both("tickets", *step).code == 0
        seen.append(snapshot())

    for before in reversed(seen[:-1]):
        assert say_both("tickets", "undo").code == 0
        assert snapshot() == before
    assert say_both("tickets", "undo").err == "There is nothing to undo.\n"
    assert say_both("audit", "verify").code == 0


CSV = (
    "Id,Title,Mail,Prio,When\n"
    "1,Printer,ann@acme.example,P1,2026-05-01 09:00\n"
    "2,,ann@acme.example,P1,2026-05-01 09:00\n"
    "3,Scanner,no mail,P1,2026-05-01 09:00\n"
    "4,Cable,bob@acme.example,P2,2026-05-02 09:00\n"
)
MAP = """
source = "old"
key = "Id"
timezone = "Europe/Berlin"
[fields]
subject = "Title"
requester = "Mail"
created = "When"
[fields.priority]
column = "Prio"
values = { P1 = "critical", P2 = "high" }
"""


def test_import_takes_each_good_row_once(say_both: Say, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(CSV)
    (tmp_path / "map.toml").write_text(MAP)
    words = ("tickets", "import", "in.csv", "--map", "map.toml", "--json")

    tried = say_both(*words, "--dry-run").json
    untouched = numbers(say_both, "any")
    done = say_both(*words).json
    again = say_both(*words).json

    assert (tried["created"], untouched) == (2, [])
    assert [(row["line"], row["column"]) for row in done["refused"]] == [(3, "Title"), (4, "Mail")]
    assert Path(done["refused_file"]).read_text().splitlines()[1].startswith("2,,")
    assert (done["read"], done["created"], again["created"], again["known"]) == (4, 2, 0, 2)
    assert numbers(say_both, "any") == ["TKT-1", "TKT-2"]
    assert show(say_both, "1")["created_at"] == "2026-05-01T07:00:00Z"
    assert say_both("audit", "verify").code == 0


def test_export_can_be_imported_elsewhere(
    say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(say, "--subject", "=1+1", "--body", 'two\nlines, "quoted"', "--tag", "a", "--queue", "Net",
         "--requester", "Ann <ann@acme.example>", "--org", "Acme", "--category", "A/B")  # fmt: skip
    say("tickets", "reply", "1", "--text", "東京", "--minutes", "5", "--state", "closed")
    say("tickets", "export", "any", "out.csv")
    say("tickets", "export", "any", "out.json")
    kept = ("subject", "body", "tags", "queue", "requester", "organisation", "category", "state",
            "created_at", "closed_at", "minutes_spent")  # fmt: skip
    before = [show(say, "1")[field] for field in kept]

    monkeypatch.setenv("BOCONSOLE_DATABASE", f"sqlite:///{tmp_path}/other.sqlite")
    report = say("tickets", "import", "out.csv", "--map", "boconsole_tickets", "--json").json

    assert (report["created"], report["refused"]) == (1, [])
    assert [show(say, "1")[field] for field in kept] == before
    (exported,) = json.loads((tmp_path / "out.json").read_text())
    assert (exported["requester"], exported["assignee"]) == ("ann@acme.example", None)


SORTABLE = (
    "number", "state", "queue", "kind", "priority", "impact", "urgency", "assignee",
    "organisation", "category", "created", "updated", "due", "sla", "response.due", "reply.due",
    "resolution.due", "wake", "responded", "unanswered", "resolved", "closed", "rating", "spent",
)  # fmt: skip


@pytest.fixture(scope="module")
def demo_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database of 120 tickets in every state."""
    url = f"sqlite:///{tmp_path_factory.mktemp('demo')}/demo.sqlite"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("BOCONSOLE_CLOCK", MONDAY)
        assert main(("demo", "--build", url, "--tickets", "120", "--seed", "7")) == 0
    return url


@pytest.fixture
def many(shell: Say, demo_url: str, monkeypatch: pytest.MonkeyPatch) -> Say:
    """Call the command line on a database of 120 tickets."""
    monkeypatch.setenv("BOCONSOLE_DATABASE", demo_url)
    monkeypatch.delenv("BOCONSOLE_USER")
    return shell


@pytest.mark.parametrize("sort", SORTABLE)
def test_pages_hold_every_ticket_once(many: Say, sort: str) -> None:
    for sign in ("", "-"):
        found: list[str] = []
        after: tuple[str, ...] = ()
        while page := many(
            "tickets", "list", "any", f"sort:{sign}{sort}", "--limit", "50", "--json", *after
        ).json:
            found += [line["number"] for line in page]
            after = ("--after", page[-1]["cursor"])
        assert (len(found), len(set(found))) == (120, 120)


def test_database_makes_the_first_who_comes_its_administrator(
    say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOCONSOLE_DATABASE", f"sqlite:///{tmp_path}/new.sqlite")
    monkeypatch.setenv("BOCONSOLE_USER", "alice")
    say("init")
    say("users", "add", "bob")

    assert [one["roles"] for one in say("users", "list", "--json").json] == [["admin"], ["agent"]]
    monkeypatch.setenv("BOCONSOLE_USER", "bob")
    assert say("audit", "verify").code == 1
    assert say("tickets", "new", "--subject", "x").code == 0
