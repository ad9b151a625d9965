"""Contracts go on, end and warn; documents are held and destroyed by two: on both engines."""

from datetime import date
from pathlib import Path

import pytest

from boconsole import approvals, audit, ending, filing
from boconsole.errors import InvalidChangeError, UndoError
from boconsole.filing import AttachmentLostError, File
from boconsole.registry import (
    agreements,
    beside,
    chores,
    classes,
    contracts,
    destroying,
    exporting,
    importing,
    links,
    obligations,
    protocols,
    reading,
    retaining,
    reviewing,
    undoing,
    writing,
)
from boconsole.registry.agreed import last_notice
from boconsole.registry.contracts import ContractRow
from boconsole.registry.errors import HeldError, NotDueError, NoticeError, SamePersonError
from boconsole.session import Session
from boconsole.tickets import creating
from boconsole.tickets.rows import NewTicket, Ref
from tests.people import StandingClock, add_agent


def cleaning(session: Session, **given: object) -> ContractRow:
    wanted = {"title": "Cleaning", "start_on": "2026-01-01", "end_on": "2026-12-31",
              "notice": "3m", "renewal": "automatic", "renewal_term": "1y",
              "value": "900 USD", "every": "month", **given}  # fmt: skip
    return contracts.create(session, wanted).row


def facts(row: ContractRow) -> tuple[object, ...]:
    return row.term, str(row.start_on), str(row.end_on), str(row.notice_on), row.amount


def test_a_renewal_keeps_the_terms_before_and_is_undone(session: Session) -> None:
    made = cleaning(session)

    renewed = contracts.renew(session, made, {"months": "2y", "value": "950 USD"}).row
    assert facts(renewed) == (2, "2027-01-01", "2028-12-31", "2028-09-30", 95000)
    assert [each.amount for each in contracts.card(session, made.id).terms] == [90000, 95000]
    undoing.undo_last(session)
    assert facts(contracts.get(session, made.id).row) == facts(made)
    assert len(contracts.card(session, made.id).terms) == 1
    contracts.edit(session, made._replace(version=0), {"notice": "90d"})
    assert facts(contracts.get(session, made.id).row)[3] == "2026-10-02"
    undoing.undo_last(session)
    with pytest.raises(UndoError):
        undoing.undo_last(session)
    assert audit.verify().broken == 0


def test_a_contract_ends_when_its_notice_allows_it(session: Session, clock: StandingClock) -> None:
    """The clock stands at 4 May 2026."""
    made = cleaning(session)
    open_ended = cleaning(session, end_on="", renewal="none", renewal_term="", notice="1m")
    with pytest.raises(NoticeError):
        contracts.terminate(session, open_ended, "2026-05-20", "moved")
    ended = contracts.terminate(session, open_ended, None, "moved").row
    assert (ended.state, str(ended.end_on)) == ("terminated", "2026-06-04")

    clock.advance(days=200)
    late = contracts.earliest_end(made, reading.today(session))
    assert str(late) == "2027-12-31"
    assert chores.run_due(session) == 1
    assert contracts.get(session, ended.id).row.state == "ended"
    clock.advance(days=400)
    chores.run_due(session)
    assert facts(contracts.get(session, made.id).row)[:3] == (2, "2027-01-01", "2027-12-31")


@pytest.mark.parametrize(
    ("end", "months", "days", "last"),
    [("2026-12-31", 3, 0, "2026-09-30"), ("2026-05-31", 1, 0, "2026-04-30"),
     ("2028-03-01", 0, 1, "2028-02-29")],
)  # fmt: skip
def test_the_last_day_for_a_notice_is_the_end_less_the_period(
    end: str, months: int, days: int, last: str
) -> None:
    assert str(last_notice(date.fromisoformat(end), months, days)) == last


def test_ends_notices_and_duties_are_warned_of(session: Session) -> None:
    made = cleaning(session, end_on="2026-08-01", notice="2m")
    duty = obligations.add(
        session, made.id, {"title": "Report", "due_on": "2026-05-10", "every": "3m"}
    )
    writing.create(session, {"title": "Permit", "expires_on": "2026-05-30"})

    found = [(each.what, str(each.day)) for each in ending.around(session)]
    obligations.close(session, duty)

    assert found == [("obligation", "2026-05-10"), ("document", "2026-05-30"),
                     ("notice", "2026-06-01"), ("contract", "2026-08-01")]  # fmt: skip
    duties = agreements.DUTIES.list_page(session, "any sort:-due").rows
    assert [(row.state, str(row.due_on)) for row in duties] == [
        ("open", "2026-08-10"), ("done", "2026-05-10"),
    ]  # fmt: skip


@pytest.fixture
def eve(session: Session) -> Session:
    """An approver, who may confirm a destruction."""
    return add_agent(session, "eve", ("approver",))


def old(session: Session, title: str, content: bytes) -> Ref:
    given = {"title": title, "class": "6", "dated_on": "2020-01-31"}
    return Ref(writing.create(session, given, File(f"{title}.txt", content)).id)


def test_documents_are_destroyed_by_two_and_never_when_held(
    session: Session, eve: Session, tmp_path: Path
) -> None:
    classes.load(session, [("6", "Letters", "", "2y", "dated", "destroy", "policy 4")])
    letter, twin = old(session, "letter", b"secret words"), old(session, "twin", b"same")
    keeper = writing.create(session, {"title": "kept"}, File("k.txt", b"same"))
    retaining.hold(session, [letter], "Acme 2026-14", "claim")
    with pytest.raises(HeldError):
        destroying.propose(session, [letter, twin], "old")
    with pytest.raises(NotDueError):
        destroying.propose(session, [Ref(keeper.id)], "old")
    retaining.release(session, [letter], "settled")
    order = destroying.propose(session, [letter, twin], "old")
    with pytest.raises(SamePersonError):
        destroying.confirm(session, order.row.id)
    retaining.hold(session, [twin], "Acme", "again")
    with pytest.raises(HeldError):
        destroying.confirm(eve, order.row.id)
    assert filing.content("", reading_hash(session, letter)) == b"secret words"
    retaining.release(session, [twin], "settled")

    done = destroying.confirm(eve, order.row.id)

    assert (done.row.state, [line.shared for line in done.lines]) == ("done", [0, 1])
    with pytest.raises(AttachmentLostError):
        filing.content("", reading_hash(session, letter))
    assert filing.content("", reading_hash(session, twin)) == b"same"
    assert reading.card(session, letter.id).row.state == "destroyed"
    assert not reading.list_page(session, "any secret words").rows
    protocols.write(done, tmp_path / "p.csv")
    assert reading_hash(session, letter) in (tmp_path / "p.csv").read_text()
    protocols.write(done, tmp_path / "p.pdf")
    assert (tmp_path / "p.pdf").read_bytes().startswith(b"%PDF")
    assert audit.verify().broken == 0


def reading_hash(session: Session, ref: Ref) -> str:
    return reading.card(session, ref.id).versions[0].sha256


def test_a_register_goes_out_and_comes_in_once(session: Session, tmp_path: Path) -> None:
    for title in ("Deed", "Permit"):
        writing.create(session, {"title": title, "tags": "a,b", "dated_on": "2026-01-02"})
    path = tmp_path / "register.csv"

    assert exporting.export(session, "deed", path) == 1
    first = importing.import_file(session, path, Path("boconsole_documents"))
    second = importing.import_file(session, path, Path("boconsole_documents"))

    assert (first.created, second.created, second.known) == (1, 0, 1)
    assert [row.tags for row in reading.list_page(session, "deed").rows] == ["a, b", "a, b"]


def test_links_are_told_from_both_sides_and_approvals_reach_the_inbox(
    session: Session, eve: Session
) -> None:
    ticket = creating.create(session, NewTicket("Printer"))
    made = cleaning(session)
    paper = writing.create(session, {"title": "Lease", "contract": f"CTR-{made.id}"},
                           File("a.txt", b"a"))  # fmt: skip
    links.link(session, "contract", made.id, f"TKT-{ticket.id}")
    links.link(session, "document", paper.id, f"TKT-{ticket.id}")
    reviewing.submit(session, [Ref(paper.id)], "eve")

    assert [each.title for each in beside.at(session, "ticket", ticket.id)] == ["Lease", "Cleaning"]
    assert [each.title for each in links.listed(session, "contract", made.id)] == ["Printer"]
    assert [row.title for row in reading.naming(session, "contract", made.id)] == ["Lease"]
    waiting = approvals.waiting(eve, "you")
    assert [row.number for row in waiting] == ["DOC-0001"]
    approvals.approve(eve, waiting)
    assert reading.get(session, paper.id).row.state == "approved"
    with pytest.raises(InvalidChangeError):
        links.link(session, "contract", made.id, "")
