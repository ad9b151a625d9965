"""Tags and links of entries: kept to be found, summed as hledger sums them."""

import csv
import io
import os
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from boconsole.errors import InvalidChangeError, NotFoundError, QuerySyntaxError
from boconsole.filters.complete import complete
from boconsole.ledger import (
    accounts,
    area,
    balances,
    breakdowns,
    entries,
    exporting,
    importing,
    matching,
    reading,
    tree,
)
from boconsole.ledger.accounts import NewAccount
from boconsole.ledger.dimensions import read_tags
from boconsole.ledger.statements.performance import income_statement
from boconsole.ledger.statements.trial import trial_balance
from boconsole.ledger.typing import typed
from boconsole.session import Session
from db import connection
from tests import hledger
from tests.books import open_books

JOURNAL = """
2026-01-05 Crew  ; project: apollo
    Expenses:Rent        10 USD
    Expenses:Supplies    20 USD  ; project: zeus
    Assets:Bank

2026-01-06 Both  ; project: apollo, project: hermes
    Expenses:Rent        1 USD
    Assets:Bank

2026-02-03 Line only
    Expenses:Rent        100.50 USD  ; project: Apollo
    Expenses:Supplies    7 EUR  ; team: a b
    Assets:Bank        -100.50 USD
    Assets:Bank          -7 EUR

2026-02-04 Other name  ; projects: apollo, cost-center:
    Expenses:Rent        1000 USD
    Assets:Bank

2026-02-05 Sale
    Assets:Bank          400 USD
    Income:Sales  ; project: zeus
"""


@pytest.fixture
def tagged(session: Session, tmp_path: Path) -> Session:
    """Books with tags on entries and on lines."""
    importing.import_journal(session, hledger.written(JOURNAL, tmp_path))
    return session


def listed(session: Session, query: str) -> list[str]:
    """Return what the entries are about that a query finds, oldest first."""
    rows = reading.list_page(session, f"{query} sort:date").rows
    return [row.description for row in rows]


FOUND = {
    "tag:project": ["Crew", "Both", "Line only", "Sale"],
    "tag.project:apollo": ["Crew", "Both", "Line only"],
    "tag:project=zeus": ["Crew", "Sale"],
    "tag.project:zeus,hermes": ["Crew", "Both", "Sale"],
    "tag.project:apollo tag.project:hermes": ["Both"],
    "tag.project:~erm": ["Both"],
    'tag:"team=a b"': ["Line only"],
    "tag:cost-center": ["Other name"],
    "has:tag -tag:project": ["Other name"],
    "no:tag.project": ["Other name"],
    "tag.project:apollo or tag:cost-center": ["Crew", "Both", "Line only", "Other name"],
    "tag.unheard:of": [],
}


def test_entries_are_found_by_their_tags_and_those_of_their_lines(tagged: Session) -> None:
    assert {query: listed(tagged, query) for query in FOUND} == FOUND


def judged(path: Path, *words: str) -> dict[tuple[str, str], Decimal]:
    """Return what hledger says about some lines, by account (or pivoted value) and commodity."""
    layout = ("-N", "--flat", "--layout=bare", "-O", "csv")
    report = subprocess.run(
        [hledger.program(), "-f", path, "bal", *layout, *words],
        capture_output=True, text=True, env={**os.environ, "LANG": "C.UTF-8"}, check=True,
    )  # fmt: skip
    rows = list(csv.reader(io.StringIO(report.stdout)))[1:]
    found = {(name, unit): Decimal(text) for name, unit, text in rows if text}
    return {key: number for key, number in found.items() if number}


def summed(session: Session, query: str) -> dict[tuple[str, str], Decimal]:
    """Return the same as the books say."""
    found = balances.balances(session, query)
    return {(each.account.path, each.commodity.code): Decimal(each.text) for each in found}


JUDGED = {
    "tag:project=apollo": ["tag:^project$=^apollo$"],
    "tag.project:zeus": ["tag:^project$=^zeus$"],
    "tag:project": ["tag:^project$"],
    "-tag:project": ["not:tag:^project$"],
    "tag:project=apollo kind:expense": ["tag:^project$=^apollo$", "^Expenses"],
    "tag.team:'a b' or tag:cost-center": ["tag:team|cost-center"],
}


def test_sums_of_a_tag_are_those_of_hledger(session: Session, tmp_path: Path) -> None:
    path, exported = hledger.written(JOURNAL, tmp_path), tmp_path / "again.journal"
    importing.import_journal(session, path)
    exporting.export(session, exported, "hledger")

    ours = {query: summed(session, query) for query in JUDGED}

    assert ours == {query: judged(path, *words) for query, words in JUDGED.items()}
    assert ours == {query: judged(exported, *words) for query, words in JUDGED.items()}


def test_parts_of_a_tag_are_those_of_hledger(session: Session, tmp_path: Path) -> None:
    path = hledger.written(JOURNAL, tmp_path)
    importing.import_journal(session, path)
    pivot = judged(path, "--pivot", "project", "^Expenses", "^Income")
    wanted: dict[tuple[str, str], Decimal] = {}
    for (name, code), number in pivot.items():
        key = (name.lower(), code)
        wanted[key] = wanted.get(key, Decimal(0)) - number

    found = breakdowns.breakdown(session, "Project")

    assert {
        ((part.value or "").lower(), part.commodity): Decimal(part.net).scaleb(-part.precision)
        for part in found
    } == wanted


def test_parts_of_a_tag_end_with_lines_that_have_none(tagged: Session) -> None:
    found = breakdowns.breakdown(tagged, "project", date(2026, 2, 1), date(2026, 2, 28))

    assert [(part.value, part.commodity, part.income, part.expense) for part in found] == [
        ("apollo", "USD", 0, 10050), ("zeus", "USD", 40000, 0),
        (None, "EUR", 0, 700), (None, "USD", 0, 100000),
    ]  # fmt: skip


def test_parts_of_an_unknown_tag_are_refused_with_those_there(tagged: Session) -> None:
    with pytest.raises(NotFoundError, match=r"tag color; there are: cost-center, project"):
        breakdowns.breakdown(tagged, "color")


def test_register_of_a_tag_has_its_own_running_balance(tagged: Session) -> None:
    bank = accounts.find("Assets:Bank")
    lines = matching.lines_of(tagged, "tag.project:apollo")

    last = balances.register(tagged, bank, lines=lines, starts=date(2026, 1, 6))

    assert [(row.line.description, row.balance) for row in last] == [("Both", -3100)]


def test_statements_count_lines_of_a_tag_alone(tagged: Session) -> None:
    income = income_statement(tagged, where="tag.project:zeus")
    trial = trial_balance(tagged, where="tag.project:zeus")

    net = next(each for each in income.sections if each.key == "net-income")
    assert net.totals[0].amounts == {"USD": 38000}
    held = [(row.path, row.own[0].amounts) for row in trial.sections[0].rows]
    assert [(path, amounts) for path, amounts in held if amounts] == [
        ("Expenses:Supplies", {"USD": 2000}), ("Income:Sales", {"USD": -40000}),
    ]  # fmt: skip
    assert (income.proofs, trial.proofs) == ((), ())
    assert income.remarks == ("Only lines with tag.project:zeus; such lines need not balance.",)


def test_tree_of_accounts_shows_what_lines_of_a_tag_add(tagged: Session) -> None:
    found = tree.listed(tagged, (), "tag.project:zeus")

    assert [(node.account.path, [each.amount for each in node.held]) for node in found] == [
        ("Expenses", [2000]), ("Expenses:Supplies", [2000]),
        ("Income", [-40000]), ("Income:Sales", [-40000]),
    ]  # fmt: skip
    assert len(tree.listed(tagged, (), "tag.project:zeus kind:income")) == 2


def test_tags_in_one_or_with_accounts_are_refused(tagged: Session) -> None:
    with pytest.raises(QuerySyntaxError, match="not in one `or`"):
        balances.balances(tagged, "tag.project:apollo or kind:asset")


def test_account_is_no_link_even_where_its_name_begins_like_one(session: Session) -> None:
    accounts.add(session, [NewAccount("Asset:Bank"), NewAccount("Income:Sales")])
    entries.enter(session, typed(date(2026, 5, 4), "Sale", ["Asset:Bank  5 USD", "Income:Sales"]))

    assert list(summed(session, "Asset:Bank")) == [("Asset:Bank", "USD")]


def test_reversal_takes_back_what_stands_under_a_tag(session: Session, tmp_path: Path) -> None:
    importing.import_journal(session, hledger.written(JOURNAL, tmp_path))
    crew = reading.list_page(session, "Crew").rows[0]

    entries.reverse(session, entries.get(session, str(crew.id)), reason="twice")

    assert summed(session, "tag.project:apollo kind:expense") == {
        ("Expenses:Rent", "USD"): Decimal("101.50")
    }
    assert summed(session, "tag.project:zeus") == {("Income:Sales", "USD"): Decimal(-400)}


def test_edited_draft_is_found_by_its_new_tags_alone(session: Session) -> None:
    open_books(session)
    paper = typed(date(2026, 5, 4), "Paper", ["Expenses:Supplies  5 USD", "Assets:Cash"])
    old = entries.draft(session, paper._replace(tags=(("project", "apollo"),)))

    entries.edit(session, old, paper._replace(tags=(("project", "zeus"),), links=("TKT-42",)))

    assert listed(session, "tag.project:apollo") == []
    assert listed(session, "tag.project:zeus ticket:42") == ["Paper"]
    assert summed(session, "tag.project:zeus") == {}


LINKED = (
    "link:TKT-42", "link:tkt-0042", "ticket:42", "ticket:TKT-42", "has:ticket", "asset:7",
    "link:AST-0007", "link:invoice-9", "contact:ann@example.org", "document:INV-2026-42",
    "link:^invoice-9", "has:link",
)  # fmt: skip


def test_entries_are_found_by_what_they_link(session: Session) -> None:
    open_books(session)
    other = typed(date(2026, 5, 4), "Other", ["Expenses:Rent  5 USD", "Assets:Cash"])
    links = ("TKT-42", "AST-0007", "ann@example.org", "INV-2026-00042", "^invoice-9")
    entries.enter(session, other)
    entries.enter(session, other._replace(description="Linked", links=links))

    assert {(query, *listed(session, query)) for query in LINKED} == {
        (query, "Linked") for query in LINKED
    }


def test_long_values_are_kept_and_found_whole(session: Session) -> None:
    open_books(session)
    paper = typed(date(2026, 5, 4), "Paper", ["Expenses:Rent  5 USD", "Assets:Cash"])
    one, other = "word " * 600 + "one", "word " * 600 + "other"
    for about, value in (("One", one), ("Other", other)):
        entries.enter(session, paper._replace(description=about, tags=(("text", value),)))

    assert listed(session, f'tag.text:"{other.upper()}"') == ["Other"]
    assert len(breakdowns.breakdown(session, "text")) == 2


def test_days_of_lines_are_no_tags_to_type() -> None:
    with pytest.raises(InvalidChangeError, match="no tag such as project: apollo"):
        read_tags("project: apollo, date: 2026-01-01")


def test_tag_called_link_is_a_link(session: Session, tmp_path: Path) -> None:
    text = "2026-05-04 Paper  ; link: TKT-42\n    Expenses:Paper  5 USD\n    Assets:Cash\n"

    importing.import_journal(session, hledger.written(text, tmp_path))

    assert listed(session, "ticket:42") == ["Paper"]


def test_tags_of_a_shared_journal_sum_as_in_hledger(local_session: Session, tmp_path: Path) -> None:
    importing.import_journal(local_session, hledger.shared("example.beancount"))
    path = tmp_path / "out.journal"
    exporting.export(local_session, path, "hledger")
    names = [each.name for each in breakdowns.names(local_session) if each.kind == "tag"]
    trips = [name for name in names if name.startswith("trip-")]

    ours = {trip: summed(local_session, f"tag:{trip}") for trip in trips}

    assert ours == {trip: judged(path, f"tag:^{trip}$") for trip in trips}
    assert [len(sums) for sums in ours.values()] == [4, 3, 3]


def test_tags_are_completed_from_memory_while_a_query_is_typed(
    tagged: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = area.remembered_area(tagged)
    monkeypatch.setattr(connection, "fetch", None)

    offered = [
        complete(text, len(text), known).candidates
        for text in ("tag:te", "tag.project:", "tag.Team:a", "tag.none:", "link:")
    ]

    assert offered == [("team",), ("zeus", "hermes", "apollo"), ('"a b"',), (), ()]
