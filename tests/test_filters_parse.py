"""The text of queries, to a tree and back."""

import contextlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from boconsole.errors import QuerySyntaxError
from boconsole.filters import format, parse  # noqa: A004
from boconsole.filters.syntax import (
    And,
    Change,
    Changed,
    Name,
    Not,
    Or,
    Query,
    Range,
    Term,
    Value,
    Was,
    Word,
)


def is_(name: str, *values: str, operator: str = "") -> Term:
    return Term(name, operator, tuple(Value(value) for value in values))


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", None),
        ("printer", Word("printer")),
        ("'printer jam'", Word("printer jam", quoted=True)),
        (r'"say \"hi\""', Word('say "hi"', quoted=True)),
        ("foo bar", And((Word("foo"), Word("bar")))),
        ("foo and bar", And((Word("foo"), Word("bar")))),
        ("don't", Word("don't")),
        ("https://example.com/a?b=c", Word("https://example.com/a?b=c")),
        ("state:open", is_("state", "open")),
        ("State:Open", is_("state", "Open")),
        ("state=open", is_("state", "open")),
        ("-state:open", Not(is_("state", "open"))),
        ("state!=open", Not(is_("state", "open"))),
        ("not state:open", Not(is_("state", "open"))),
        ("not not open", Word("open")),
        ("state:open,new", is_("state", "open", "new")),
        ("prio>=high", is_("prio", "high", operator=">=")),
        ("prio:>=high", is_("prio", "high", operator=">=")),
        ("due<2h", is_("due", "2h", operator="<")),
        ("created:>-7d", is_("created", "-7d", operator=">")),
        ("subject:~jam", is_("subject", "jam", operator="~")),
        ("subject~jam", is_("subject", "jam", operator="~")),
        ('org:"Acme Corp"', Term("org", "", (Value("Acme Corp", quoted=True),))),
        ("created:a..b", Term("created", "", (Range(Value("a"), Value("b")),))),
        ("created:a..", Term("created", "", (Range(Value("a"), None),))),
        ("created:..b", Term("created", "", (Range(None, Value("b")),))),
        ("tag:+x", is_("tag", "+x")),
        ('tag:+"a b"', Term("tag", "", (Value("a b", quoted=True, plus=True),))),
        ("a b or c", Or((And((Word("a"), Word("b"))), Word("c")))),
        ("a (b or c)", And((Word("a"), Or((Word("b"), Word("c")))))),
        ("-(a b)", Not(And((Word("a"), Word("b"))))),
        ("cf.site:berlin", is_("cf.site", "berlin")),
        ("requester.org:acme", is_("requester.org", "acme")),
        ("was:state=open@2026-05-01", Was("state", (Value("open"),), Value("2026-05-01"))),
        ("was:assignee=a@b.c@-7d", Was("assignee", (Value("a@b.c"),), Value("-7d"))),
        ("changed:assignee", Changed("assignee", "", None)),
        ("changed:assignee>-7d", Changed("assignee", ">", Value("-7d"))),
    ],
)
def test_conditions_are_read(text: str, where: object) -> None:
    assert parse(text).where == where


def test_shape_and_edit_are_read() -> None:
    text = 'any x sort:-due,prio group:queue cols:number,due limit:50 | set state=closed note="a b"'

    query = parse(text)

    assert query == Query(
        Word("x"),
        everything=True,
        sort=(Name("due", descending=True), Name("prio")),
        group=Name("queue"),
        columns=(Name("number"), Name("due")),
        limit=50,
        edit=(Change("state", Value("closed")), Change("note", Value("a b", quoted=True))),
    )


@pytest.mark.parametrize(
    ("text", "column", "reason"),
    [
        ("state:", 6, "a value of state"),
        ("state:open,", 11, "a value of state"),
        ("a or", 4, "after or"),
        ("or a", 0, "before or"),
        ("a (b", 2, "closing )"),
        ("a b)", 3, "no ) here"),
        ("a ()", 3, "between the brackets"),
        ('x "jam', 2, 'closing "'),
        ('"a"b', 3, "blank"),
        ("limit:0", 6, "from 1 to"),
        ("limit:x", 6, "from 1 to"),
        ("sort:a sort:b", 7, "only once"),
        ("group:a,b", 6, "one field"),
        ("sort:'a'", 5, "name of a field"),
        ("(sort:a)", 1, "outside"),
        ("not any", 4, "outside"),
        ("not", 3, "after not"),
        ("prio:>a,b", 0, "one value"),
        ("x | close", 4, "set after |"),
        ("x | set", 7, "field=value"),
        ("x | set state", 8, "field=value"),
        ("was:state", 9, "= and a value"),
        ("was:state=open@", 15, "a date"),
        ("changed:>x", 8, "a field"),
        ("(" * 100, 40, "levels"),
        ("x" * 10_001, 10_000, "characters"),
    ],
)
def test_error_names_column_and_expectation(text: str, column: int, reason: str) -> None:
    with pytest.raises(QuerySyntaxError) as refused:
        parse(text)

    assert refused.value.column == column
    assert reason in refused.value.reason


PIECES = st.sampled_from(
    ["a", "or", "not", "any", "and", "-", "(", ")", '"', "'", "\\", ":", ">=", "<", "=", "~", "..",
     ",", "+", "@", "|", " ", " ", " ", "state:", "was:", "changed:", "x", "sort:", "cols:",
     "limit:5", "set ", "#1", "é", "\n", "2026-05", "-7d", "http://", "!="]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join))
@example("--and")
@example("(|) (a |b) -(|)")
@settings(max_examples=400, deadline=None)
def test_what_can_be_read_survives_being_written(text: str) -> None:
    try:
        query = parse(text)
    except QuerySyntaxError:
        return

    assert parse(format(query)) == query
    assert format(parse(format(query))) == format(query)


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_refused_with_a_column(text: str) -> None:
    with contextlib.suppress(QuerySyntaxError):
        parse(text)
