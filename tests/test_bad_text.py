"""Whatever is typed: nothing harmful is stored, and a query answers or is refused."""

import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from boconsole import audit, drafts, views
from boconsole.accounts import changing as accounts
from boconsole.errors import BoconsoleError, InvalidChangeError, QuerySyntaxError
from boconsole.filters import complete, parse, resolve
from boconsole.session import Session
from boconsole.text import UNSAFE, clean, clean_line
from boconsole.tickets import (
    changing,
    creating,
    macros,
    merging,
    reading,
    replying,
    service_levels,
    setting_up,
    templates,
    triggering,
    undoing,
)
from boconsole.tickets.area import ticket_area
from boconsole.tickets.fields import FIELDS
from boconsole.tickets.importing import import_tickets
from boconsole.tickets.rows import File, NewTicket, Ref
from db import connection
from db.errors import UnstorableTextError
from tests import wholeness
from tests.people import StandingClock, open_session

EVIL = (
    "a\x00b\x07\x1b[2J\x1b]0;owned\x07\x9b31m \u202egnp.exe\u2066\u200f\u061c\ufeff\ud800 "
    "[/x] [@click=app.quit()]boom[/] [bold red]x"
)
LITERAL = "[/x] [@click=app.quit()]boom[/] [bold red]x"
WICKED = "\x00\x1b\x9b\x07\r\n\t\u202e\u2066\u200f\ud800\udfff\u2028é日🎫a[]/"
LETTERS = st.one_of(st.text(max_size=30), st.text(st.sampled_from(WICKED), max_size=30))
EVERY_TEXT = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type IN ('text', 'character varying')
"""
EVERY_TEXT_OF_SQLITE = """
    SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c
    WHERE m.type = 'table' AND m.name NOT LIKE 'ticket_search_%' AND m.name NOT LIKE 'sqlite_%'
"""

few = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    database=None,
    derandomize=True,
)
many = settings(few, max_examples=120)


def harmful() -> list[tuple[str, str, str]]:
    """Return every stored text with a character that must not reach a terminal."""
    sqlite = connection.engine() == "sqlite"
    found = []
    for table, column in connection.fetch(EVERY_TEXT_OF_SQLITE if sqlite else EVERY_TEXT):
        for (text,) in connection.fetch(f'SELECT "{column}" FROM "{table}"'):
            if isinstance(text, str) and UNSAFE.search(text):
                found.append((table, column, text))
    return found


def attempt(call: Callable[[], object]) -> None:
    """Do what may be refused; anything but a refusal in clean words is a fault."""
    said = ""
    try:
        call()
    except (BoconsoleError, UnstorableTextError) as refusal:
        said = str(refusal)
    assert not UNSAFE.search(said), said


def write_everywhere(session: Session, text: str) -> None:
    """Put a text into each field of each operation."""
    ticket = creating.create(session, NewTicket("Plain"))
    other = creating.create(session, NewTicket("Other"))
    ref, files = Ref(ticket.id), (File(text, b"content"),)
    line = text.splitlines()[0] if text.splitlines() else ""
    calls: list[Callable[[], object]] = [
        lambda: creating.create(session, NewTicket(text, text)),
        lambda: creating.create(session, NewTicket("Plain", text, files=files)),
        lambda: creating.create(
            session, NewTicket("Plain", "", {"requester": f"{line} <a@b.example>"})
        ),
        lambda: creating.create(
            session, NewTicket("Plain", "", {"requester": f"{line}@b.example"})
        ),
        lambda: creating.create(session, NewTicket("Plain", channel=text)),
        lambda: replying.reply(session, ref, text, files=files),
        lambda: replying.reply(session, ref, text, internal=True, state=text, until=text),
        lambda: replying.receive(session, ref, text),
        lambda: changing.set_state(session, [ref], text, until=text, resolution=text, note=text),
        lambda: changing.assign(session, [ref], text),
        lambda: changing.change_tags(session, [ref], add=[text], remove=[text]),
        lambda: merging.split(session, ref, [1], text),
        lambda: views.save(session, "ticket", text, text),
        lambda: views.find(session, "ticket", text),
        lambda: drafts.keep(session, "reply", 1, {"text": text, text: "x"}),
        lambda: macros.save(session, text, text, {"note": text, "tags": "a"}),
        lambda: macros.save(session, "Plain", text, {"subject": text}),
        lambda: macros.find(session, text),
        lambda: templates.save(session, text, {"subject": text, "body": text}),
        lambda: templates.find(session, text),
        lambda: templates.recur(session, text, text, text, date(2026, 6, 1)),
        lambda: triggering.save(session, text, "update", text, {"note": text}, text),
        lambda: triggering.save(session, "Plain", "create", "", {"note": text}),
        lambda: accounts.add(session, text, name=text, email=text),
        lambda: accounts.add(session, "eve", name=text, email=text, roles=[text]),
        lambda: setting_up.add_queue(session, text, [text]),
        lambda: setting_up.add_category(session, text),
        lambda: setting_up.add_field(session, text, text, "text"),
        lambda: setting_up.add_field(session, "color", text, "choice", choices=[text, "red"]),
        lambda: merging.merge(session, Ref(other.id), ref),
        lambda: undoing.undo_last(session),
    ]
    calls += [
        lambda field=field: changing.edit(session, [ref], {field: text})  # type: ignore[misc]
        for field in (*FIELDS, "cf.note", "cf.number", "cf.day", "cf.pick", text)
    ]
    for call in calls:
        attempt(call)


def add_fields(session: Session) -> None:
    for name, kind in (("note", "text"), ("number", "number"), ("day", "date")):
        setting_up.add_field(session, name, name, kind)
    setting_up.add_field(session, "pick", "pick", "choice", choices=["a", "b"])


def test_no_field_stores_what_may_not_reach_a_terminal(session: Session) -> None:
    add_fields(session)

    write_everywhere(session, EVIL)

    assert harmful() == []
    assert audit.verify().broken == 0


@few
@given(text=LETTERS)
@example(text="9" * 5_000)
@example(text="1E+999999999999999999")
@example(text="+99999w")
@example(text="+99999y")
@example(text="0001-01-01T00:00:00+23:00")
@example(text="9999-12-31T23:59:59-23:00")
@example(text="\u0958" * 500)
@example(text="x" * 1_000_000)
def test_no_text_breaks_an_operation(local_session: Session, text: str) -> None:
    attempt(lambda: add_fields(local_session))

    write_everywhere(local_session, text)

    assert harmful() == []


def test_markup_stays_what_was_typed(session: Session) -> None:
    ticket = creating.create(session, NewTicket(LITERAL, LITERAL))

    replying.reply(session, ticket, EVIL)

    assert reading.get(session, ticket.id).subject == LITERAL
    texts = [entry.text for entry in reading.timeline(session, ticket.id) if entry.text]
    assert texts[0] == LITERAL
    assert LITERAL in texts[1]


@pytest.mark.parametrize(
    "text",
    [
        "Ünïcödé 日本語 한국어", "🎫👩‍👩‍👧‍👦🏳️‍🌈", "مرحبا بالعالم", "שלום", "e\u0301" * 20,
        "Z̷̢̛a̸l̴g̷o̶" * 10, "w" * 500, "% _ ' \" ; -- \\ \\x00 %s {0} ${x} ?",
    ],
)  # fmt: skip
def test_every_script_is_kept_and_found(session: Session, text: str) -> None:
    ticket = creating.create(session, NewTicket(text, text * 3))

    after = reading.get(session, ticket.id)
    undoing.undo(session, changing.edit(session, [Ref(1)], {"subject": "x"}).operation)

    assert after.subject == unicodedata.normalize("NFC", text)
    assert reading.get(session, ticket.id).subject == after.subject
    assert wholeness.faults() == []


@pytest.mark.parametrize(
    ("field", "limit"),
    [("subject", "500"), ("note", "100,000"), ("resolution", "500"), ("tags", "60")],
)
def test_a_text_of_a_megabyte_is_refused_with_the_limit(
    session: Session, field: str, limit: str
) -> None:
    ticket = creating.create(session, NewTicket("Plain"))

    with pytest.raises(InvalidChangeError, match=f"1,000,000 characters, at most {limit} fit"):
        changing.edit(session, [ticket], {field: "x" * 1_000_000})
    with pytest.raises(InvalidChangeError, match="at most 500 fit; shorten it"):
        creating.create(session, NewTicket("x" * 1_000_000))

    assert reading.count(session, "any").number == 1
    assert reading.get(session, ticket.id).version == 1


@given(text=st.one_of(LETTERS, st.text()))
@many
def test_what_is_clean_stays_clean(text: str) -> None:
    once, line = clean(text, field="x"), clean_line(text, field="x")

    assert not UNSAFE.search(once)
    assert clean(once, field="x") == once
    assert clean_line(line, field="x") == line
    assert "\n" not in line
    once.encode()


def test_a_text_that_grows_when_normalised_keeps_its_limit() -> None:
    with pytest.raises(InvalidChangeError, match="at most 500 fit"):
        clean_line("\u0958" * 400, field="subject")


NAMES = ("subject", "body", "number", "state", "prio", "created", "due", "left", "queue", "tag",
         "cf.number", "cf.day", "cf.note", "is", "has", "no", "requester", "spent", "rating",
         "was", "changed", "sort", "group", "cols", "limit", "watcher", "org", "sla",
         "nothing")  # fmt: skip
VALUES = ("x", "me", "9" * 25, "-1", "1e400", "1E+999999999999999999", "9999-99-99", "9999-12-31",
          "0000-01-01", "0001-01-01", "999999y", "-999999mo", "999999w", "TKT-99999999999999", "..",
          "1..", "..9999", "eoy", "31/02", "25:61", '"', "'", "%", "_", "\\", "nan", "inf", "*",
          "(", ")", ",", "|", "999999bd", "9999999999999999999999d", "open", "closed,new", "+a",
          "\x00", "\ud800", "\x1b[31m", "²", "٣", "by:me", "after:-1d", "ǅ" * 40)  # fmt: skip
WORD = st.one_of(
    st.sampled_from(VALUES),
    LETTERS,
    st.builds(
        lambda name, operator, value: f"{name}{operator}{value}",
        st.sampled_from(NAMES),
        st.sampled_from((":", ">", "<", ">=", "<=", "=", "~", "!=")),
        st.one_of(
            st.sampled_from(VALUES), st.builds("{},{}".format, *[st.sampled_from(VALUES)] * 2)
        ),
    ),
    st.sampled_from(("or", "not", "-", "(", ")", "and", "any", "|", "| set", '"a b"')),
)
QUERY = st.one_of(st.text(max_size=60), st.lists(WORD, max_size=6).map(" ".join))


def ask(session: Session, query: str) -> None:
    """Ask everything that a filter line is used for."""
    attempt(lambda: parse(query))
    attempt(lambda: reading.list_page(session, query, limit=3))
    attempt(lambda: reading.count(session, query))
    attempt(lambda: views.save(session, "ticket", "Fuzz", query))


@settings(many, max_examples=150)
@given(query=QUERY)
def test_a_query_is_read_or_its_column_named(local_session: Session, query: str) -> None:
    column = 0
    try:
        resolve(parse(query), ticket_area(local_session), local_session)
    except QuerySyntaxError as refused:
        column = refused.column

    assert 0 <= column <= len(query)


@settings(few, max_examples=60)
@given(query=QUERY)
def test_no_query_breaks_an_engine(session: Session, query: str) -> None:
    ask(session, query)


DEEP = {
    "many words": "word " * 1_900,
    "many alternatives": "a or " * 1_900 + "a",
    "many fields": "subject:x " * 900,
    "many alternative fields": "spent:1 or " * 850 + "spent:2",
    "many conditions": "spent:1 " * 1_240,
    "many values": "number:" + ",".join(map(str, range(1_800))),
    "many tags": "tag:" + ",".join(f"+t{number}" for number in range(1_200)),
    "many brackets": "(" * 4_000 + "a" + ")" * 4_000,
    "many nots": "not " * 2_400 + "a",
    "many minuses": "-" * 9_000 + "a",
    "a long word": "w" * 9_900,
    "a long phrase": '"' + "word " * 1_900 + '"',
    "a long wide word": "日" * 3_300,
    "a huge line": "x" * 1_000_000,
    "a huge number": "number:" + "9" * 9_000,
    "a huge length": "left:<" + "9" * 9_000 + "d",
    "a huge like": "subject~" + "%" * 9_000,
    "long was": "was:" + "state:open " * 500,
}


@pytest.mark.parametrize("kind", DEEP)
def test_no_size_of_query_breaks_an_engine(session: Session, kind: str) -> None:
    creating.create(session, NewTicket("w" * 500, "word " * 1_000))

    ask(session, DEEP[kind])


@pytest.mark.parametrize(
    "query",
    ["number:99999999999999999999", "created:9999-99-99", "limit:999999999999", "spent:1e400",
     "due:<99999999-01-01", "rating:>9223372036854775808 x:", "limit:0", "cf.number:1e999999999"],
)  # fmt: skip
def test_values_out_of_range_are_refused_with_their_column(session: Session, query: str) -> None:
    with pytest.raises(QuerySyntaxError) as refused:
        reading.list_page(session, query)

    assert 0 <= refused.value.column <= len(query)


@many
@given(query=QUERY, caret=st.integers(-3, 70))
def test_completion_never_breaks(local_session: Session, query: str, caret: int) -> None:
    found = complete(query, caret, ticket_area(local_session))

    assert 0 <= found.start <= max(found.start, found.end) <= len(query) + 1


POLICIES = """
[calendars."{0}"]
timezone = "UTC"
[calendars."{0}".hours]
mon = ["09:00-17:00"]
[[policies]]
name = "{0}"
calendar = "{0}"
match = "{1}"
resolution = 60
"""


@pytest.mark.parametrize(
    ("name", "match"), [("a\\u001b[31m", ""), ("a", "\\u202e"), ("a\\u0000", "")]
)
def test_policies_with_invisible_characters_are_refused(
    session: Session, name: str, match: str
) -> None:
    with pytest.raises(BoconsoleError, match="invisible") as refused:
        service_levels.load(session, POLICIES.format(name, match))

    assert not UNSAFE.search(str(refused.value))
    assert harmful() == []


def test_a_table_with_harmful_cells_is_stored_clean(session: Session, tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text(MAP)
    evil = EVIL.replace("\ud800", "")
    (tmp_path / "table.csv").write_bytes(
        f"Id,Subject,Text,Name,Tag\n1,{evil},{evil},{evil},{evil}\n{evil},b,c,d,e\n".encode()
    )

    report = import_tickets(session, tmp_path / "table.csv", tmp_path / "map.toml")

    assert harmful() == []
    assert (report.read, report.created + len(report.refused)) == (2, 2)
    assert audit.verify().broken == 0


MAP = """
source = "desk"
key = "Id"
[fields]
subject = "Subject"
body = "Text"
requester_name = "Name"
tags = "Tag"
"""


def test_a_first_user_with_a_harmful_name_is_refused(sqlite_url: str) -> None:
    with pytest.raises(BoconsoleError) as refused:
        open_session(sqlite_url, StandingClock(), "eve\x1b[31m")

    assert not UNSAFE.search(str(refused.value))
    assert harmful() == []
