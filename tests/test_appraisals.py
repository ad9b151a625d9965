"""Appraisals: phases and their rules, who sees what, ratings that move, and closed cycles."""

from dataclasses import replace
from datetime import date
from typing import NamedTuple

import pytest

from boconsole import audit
from boconsole.appraisals import (
    cycles,
    gathering,
    goals,
    possible,
    proposing,
    rating,
    reading,
    reviewing,
    telling,
    undoing,
    words,
    writing,
)
from boconsole.appraisals.errors import (
    CycleClosedError,
    NotReadyError,
    NotYoursError,
    SubmittedError,
    UnansweredError,
    UnfinishedError,
    WeightsError,
    WrongPhaseError,
)
from boconsole.appraisals.reading import CycleRow
from boconsole.appraisals.reviewing import Answer
from boconsole.errors import InvalidChangeError, NotAllowedError, StaleRecordError, UndoError
from boconsole.home import lists, rows
from boconsole.roles import ROLES, permissions_of
from boconsole.session import Session
from boconsole.staff import card, changing, finding
from boconsole.staff.changing import NewFact
from db import connection
from tests.officers import officer
from tests.people import add_agent

YEAR = {
    "name": "Year 2025",
    "starts_on": "2025-01-01",
    "ends_on": "2025-12-31",
    "questions": "Results: are they right?\nManners",
    "scale": "1=below; 2=meets; 3=exceeds",
}
GOOD = {"Results": Answer("3", "All in time"), "Manners": Answer("meets", "")}


class Firm(NamedTuple):
    """Ann leads Budi, Budi leads Citra; Hana of HR reports to Ann."""

    hr: Session
    ann: Session
    budi: Session
    citra: Session
    other: Session
    """An agent without a record."""
    admin: Session


@pytest.fixture
def firm(session: Session) -> Firm:
    hr = officer(session)
    logins = {}
    for name, manager in (("ann", ""), ("budi", "EMP-0001"), ("citra", "EMP-0002"),
                          ("hana", "EMP-0001")):  # fmt: skip
        logins[name] = add_agent(session, name, ("hr_officer",) if name == "hana" else ("agent",))
        works = NewFact("position", {"title": "Clerk", "manager": manager})
        pay = NewFact("salary", {"amount": "1000000.01 IDR"})
        changing.hire(hr, {"name": name.title(), "user": name}, date(2024, 3, 1), [works, pay])
    return Firm(logins["hana"], logins["ann"], logins["budi"], logins["citra"],
                add_agent(session, "other"), session)  # fmt: skip


def at(firm: Firm, state: str) -> tuple[CycleRow, int]:
    """Return a cycle in a phase with everything done before, and the id of Citra's appraisal."""
    cycle = cycles.new(firm.hr, YEAR)
    row = next(one for one in reading.people(firm.hr, cycle) if one.row.name == "Citra").row
    for one in reading.people(firm.hr, cycle):
        if one.row.name not in ("Citra", "Budi", "Hana"):
            gathering.leave_out(firm.hr, one.row, "leads the firm")
    while cycle.state != state:
        if cycle.state == words.SELF:
            row = goals.put(firm.citra, again(row.id), {"result": "day 4", "reached": "90"},
                            goals.of(row)[0].id)  # fmt: skip
            row = reviewing.write_self(firm.citra, row, GOOD, "A good year", submit=True)
        if cycle.state == words.REVIEW:
            row = reviewing.write_review(firm.budi, row, GOOD, "Well done", "2", submit=True)
        cycle = cycles.advance(firm.hr, cycle, "the others are away")
        if cycle.state == words.GOALS:
            row = goals.put(firm.citra, again(row.id), {"title": "Close early", "weight": "60 %"})
            row = goals.put(firm.budi, row, {"title": "Teach", "weight": "40", "measure": "two"})
    return cycle, row.id


def again(appraisal_id: int) -> reading.AppraisalRow:
    return writing.again(appraisal_id)


def test_a_phase_ends_when_everybody_is_ready_or_with_a_reason(firm: Firm) -> None:
    cycle, _row = at(firm, words.GOALS)

    with pytest.raises(NotReadyError) as refused:
        cycles.advance(firm.hr, cycle)
    cycle = cycles.advance(firm.hr, cycle, "Budi is on leave")
    back = cycles.back(firm.hr, cycle, "too early")

    assert "Budi" in str(refused.value)
    assert "Citra" not in str(refused.value)
    assert (cycle.state, back.state) == (words.SELF, words.GOALS)
    with pytest.raises(WrongPhaseError):
        cycles.edit(firm.hr, back, {"scale": "1=a; 2=b"})
    with pytest.raises(InvalidChangeError):
        cycles.edit(firm.hr, back, {"goals_on": "2026-02-01", "self_on": "2026-01-01"})
    with pytest.raises(NotAllowedError):
        cycles.advance(firm.budi, back)


def test_goals_are_set_in_their_phase_and_weigh_a_hundred(firm: Firm) -> None:
    cycle, citra = at(firm, words.GOALS)
    first = goals.of(again(citra))[0]

    heavy = goals.put(firm.budi, again(citra), {"weight": "61"}, first.id)
    with pytest.raises(StaleRecordError):
        goals.remove(firm.citra, heavy._replace(version=heavy.version - 1), first.id)
    with pytest.raises(InvalidChangeError):
        goals.put(firm.citra, heavy, {"weight": "0"}, first.id)
    with pytest.raises(NotAllowedError):
        goals.put(firm.other, heavy, {"title": "Spy", "weight": "1"})
    cycle = cycles.advance(firm.hr, cycle, "go on")
    with pytest.raises(WrongPhaseError):
        goals.put(firm.citra, heavy, {"weight": "60"}, first.id)
    cycles.advance(firm.hr, cycle, "go on")

    with pytest.raises(WeightsError):
        reviewing.write_review(firm.budi, heavy, GOOD, "Well", "2", submit=True)
    assert (again(citra).review_text, again(citra).review_state) == ("Well", "draft")
    scored = [goal._replace(reached=at) for goal, at in zip(goals.of(heavy), (90, 45), strict=True)]
    assert goals.reached(scored) == 72  # (61 * 90 + 40 * 45) / 101 = 72.18


def test_a_draft_is_the_persons_alone_and_a_submitted_review_stays(firm: Firm) -> None:
    _cycle, citra = at(firm, words.SELF)

    kept = reviewing.write_self(firm.citra, again(citra), {"Results": Answer("2")}, "Half done")
    seen = [reading.form(who, citra) for who in (firm.citra, firm.budi, firm.hr)]
    with pytest.raises(UnansweredError):
        reviewing.write_self(firm.citra, kept, {}, "Almost done", submit=True)
    kept = again(citra)
    assert (kept.self_text, kept.self_state) == ("Almost done", "draft")  # nothing typed is lost
    done = reviewing.write_self(firm.citra, kept, {"Manners": Answer("3")}, submit=True)

    assert [(one.person.row.self_text, bool(one.own)) for one in seen] == [
        ("Half done", True), ("", False), ("", False),
    ]  # fmt: skip
    assert reading.form(firm.budi, citra).own["Results"].score == 2
    with pytest.raises(SubmittedError):
        reviewing.write_self(firm.citra, done, {}, "Better")
    with pytest.raises(NotYoursError):
        reviewing.write_self(firm.budi, done, {}, "Mine")
    sent = reviewing.send_back(firm.budi, done, "self", "Say more")
    assert reviewing.write_self(firm.citra, sent, {}, "Better").self_text == "Better"


def test_the_managers_review_is_hidden_until_it_is_released(firm: Firm) -> None:
    cycle, citra = at(firm, words.CALIBRATION)

    hidden = reading.form(firm.citra, citra)
    above = reading.form(firm.ann, citra)
    moved = rating.calibrate(firm.hr, again(citra), "3", "as the others")
    rating.release(firm.hr, [moved])
    shown = reading.form(firm.citra, citra)
    rating.acknowledge(firm.citra, again(citra), "Thank you")

    assert (hidden.person.row.review_text, hidden.person.title, hidden.boss) == ("", "", {})
    assert (above.person.row.review_text, above.person.title) == ("Well done", "meets")
    assert (shown.person.row.review_text, shown.person.title) == ("Well done", "exceeds")
    assert shown.moves == []
    (move,) = reading.form(firm.hr, citra).moves
    assert (move.before, move.after, move.reason, move.made_by) == (2, 3, "as the others", "hana")
    assert reading.form(firm.hr, citra).person.row.reply == "Thank you"
    for who in (firm.other, firm.admin):
        with pytest.raises(NotAllowedError):
            reading.form(who, citra)
    assert reading.people(firm.admin, cycle) == []


def test_nobody_is_hr_about_themselves(firm: Firm) -> None:
    cycle, _citra = at(firm, words.REVIEW)
    hana = reading.find(firm.hr, "me")

    with pytest.raises(NotYoursError):
        reviewing.write_review(firm.hr, hana, GOOD, "Splendid", "3", submit=True)
    for name, boss in (("Hana", firm.ann), ("Budi", firm.ann)):
        row = reading.find(boss, name, cycle)
        reviewing.write_review(boss, row, GOOD, "", "1", submit=True)
    citra = reading.find(firm.budi, "Citra", cycle)
    reviewing.write_review(firm.budi, citra, GOOD, "", "3", submit=True)
    cycle = cycles.advance(firm.hr, cycle)

    with pytest.raises(NotYoursError):
        rating.calibrate(firm.hr, again(hana.id), "3", "I am good")
    (share,) = reading.distribution(cycle, reading.people(firm.hr, cycle))
    assert (share.counts, share.unrated) == ((1, 0, 1), 1)  # one's own is not told yet


def test_a_closed_cycle_never_changes_until_who_may_reopens_it(firm: Firm) -> None:
    cycle, citra = at(firm, words.CALIBRATION)
    with pytest.raises(UnfinishedError):
        cycles.advance(firm.hr, cycle, "whatever")
    for name in ("Budi", "Hana"):
        row = reading.find(firm.ann, name, cycle)
        gathering.leave_out(firm.hr if name == "Budi" else officer(firm.admin), row, "away")
    rating.release_all(firm.hr, cycle)
    with pytest.raises(NotReadyError):
        cycles.advance(firm.hr, cycle)
    rating.acknowledge(firm.citra, again(citra))
    closed = cycles.advance(firm.hr, cycle)

    with pytest.raises(CycleClosedError):
        proposing.propose(firm.budi, again(citra), "raise", "5", date(2026, 6, 1))
    with pytest.raises(CycleClosedError):
        cycles.edit(firm.hr, closed, {"name": "Another"})
    for statement in ("UPDATE appraisal SET rating = 1", "DELETE FROM appraisal_goal",
                      "UPDATE appraisal_answer SET score = 1"):  # fmt: skip
        with pytest.raises(Exception, match="closed appraisal cycle"), connection.transaction():
            connection.execute(statement)
    with pytest.raises(NotAllowedError):
        cycles.reopen(firm.hr, closed, "a mistake")
    assert cycles.reopen(firm.admin, closed, "a mistake").state == words.CALIBRATION
    trail = audit.recent(firm.admin, limit=1)[0]
    assert trail.action == "appraisal_cycle.reopen"
    assert {change.field: change.after for change in trail.changes}["reason"] == "a mistake"


def test_a_proposal_becomes_a_dated_fact_by_hr_alone(firm: Firm) -> None:
    _cycle, citra = at(firm, words.CALIBRATION)

    row = proposing.propose(firm.budi, again(citra), "raise", "3,5 %", date(2026, 7, 1), "good")
    assert reading.form(firm.citra, citra).person.row.proposal == ""
    with pytest.raises(NotAllowedError):
        proposing.apply(firm.ann, row)
    proposing.apply(firm.hr, row)
    salaries = card.read(firm.hr, 3, opened=True).facts["salary"]

    # 1 000 000.01 * 1.035 = 1 035 000.01035, half-up to 1 035 000.01
    assert [(one.head.starts_on, one.amount) for one in salaries] == [
        (date(2024, 3, 1), 100_000_001), (date(2026, 7, 1), 103_500_001),
    ]  # fmt: skip
    assert "Year 2025" in salaries[-1].head.reason
    assert proposing.raised_by(1, proposing.percent("50")) == 2
    with pytest.raises(InvalidChangeError):
        proposing.propose(firm.budi, again(citra), "bonus", "1 IDR", date(2026, 7, 1))


def test_no_other_role_sees_anybody_in_a_cycle(firm: Firm) -> None:
    cycle, citra = at(firm, words.CALIBRATION)
    login = firm.other.user

    def sees(role: str) -> bool:
        who = replace(firm.other, user=login, permissions=permissions_of((role,)))
        try:
            return bool(reading.form(who, citra))
        except NotAllowedError:
            assert reading.people(who, cycle) == []
            return False

    assert {role for role in ROLES if sees(role)} == {"hr_officer"}


def test_the_trail_tells_who_looked_and_never_what_is_written(firm: Firm) -> None:
    _cycle, citra = at(firm, words.CALIBRATION)
    reading.form(firm.ann, citra)
    lines = audit.recent(firm.admin, limit=200)

    looks = [line for line in lines if line.action == "staff.look" and line.actor == "ann"]
    assert [(one.record_id, one.changes[0].after) for one in looks] == [(3, ["appraisals"])]
    told = " ".join(str(line.changes) for line in lines)
    for secret in ("All in time", "Well done", "A good year", "Close early", "day 4"):
        assert secret not in told


def test_a_cycle_names_a_department_or_a_query_of_the_list(firm: Firm) -> None:
    found = cycles.new(firm.hr, {**YEAR, "takes": "query", "takes_from": "manager:Ann"})
    names = [one.row.name for one in reading.people(firm.hr, found)]
    later = cycles.edit(firm.hr, found, {"takes_from": "manager:Budi"})

    assert names == ["Budi", "Hana"]
    assert [one.row.name for one in reading.people(firm.hr, later)] == ["Citra"]
    assert reading.cycles(firm.other) == []
    assert [one.row.name for one in reading.cycles(firm.citra)] == ["Year 2025"]


def test_what_is_released_stays_whatever_an_older_window_shows(firm: Firm) -> None:
    _cycle, citra = at(firm, words.CALIBRATION)
    shown = again(citra)
    released = rating.release(firm.hr, [again(citra)])[0]

    with pytest.raises(InvalidChangeError):
        gathering.leave_out(firm.hr, shown, "by mistake")
    assert again(citra) == released
    budi = reading.find(firm.ann, "Budi")
    written = proposing.propose(firm.ann, budi, "raise", "5", date(2026, 7, 1))
    with pytest.raises(StaleRecordError):
        gathering.leave_out(firm.hr, budi, "away")
    gathering.leave_out(firm.hr, written, "away")


def test_hr_releases_itself_last(firm: Firm) -> None:
    cycle, citra = at(firm, words.REVIEW)
    hana = reading.find(firm.hr, "me")
    reviewing.write_review(firm.ann, hana, GOOD, "", "3", submit=True)
    reviewing.write_review(firm.budi, again(citra), GOOD, "", "3", submit=True)
    gathering.leave_out(firm.hr, reading.find(firm.ann, "Budi", cycle), "away")
    cycles.advance(firm.hr, cycle)

    with pytest.raises(InvalidChangeError, match="others"):
        rating.release(firm.hr, [again(hana.id)])
    both = rating.release(firm.hr, [again(hana.id), again(citra)])
    assert all(one.released_at for one in both)


def test_a_draft_of_the_manager_is_not_written_over_by_hr(firm: Firm) -> None:
    cycle, citra = at(firm, words.REVIEW)
    reviewing.write_review(firm.budi, again(citra), {"Results": Answer("2")}, "Half")
    budi = reading.find(firm.hr, "Budi", cycle)
    reviewing.write_review(firm.hr, budi, {}, "Mine")

    with pytest.raises(InvalidChangeError, match="budi"):
        reviewing.write_review(firm.hr, again(citra), {}, "Splendid")
    assert reading.form(firm.hr, citra).person.row.review_text == ""
    assert reading.form(firm.hr, budi.id).person.row.review_text == "Mine"
    given = gathering.give_to(firm.hr, again(citra), "Hana")
    assert reviewing.write_review(firm.hr, given, {}, "Whole").review_text == "Whole"


def test_a_phase_tells_whom_it_waits_for_and_home_counts_the_same(firm: Firm) -> None:
    _cycle, citra = at(firm, words.SELF)

    def told(who: Session) -> list[tuple[str, str]]:
        return [(one.record, one.text) for one in rows.news(who)]

    def waits(who: Session) -> list[int]:
        cycle = reading.cycles(who)[0]
        people = sum(one.waits for one in reading.people(who, cycle.row))
        return [reading.waiting(who), cycle.waits, people, lists.LISTS["appraisals"]
                .tally(who, "is:waiting").number]  # fmt: skip

    assert told(firm.citra)[0] == (f"APR-{citra:04}", "Year 2025: write your self review")
    assert waits(firm.citra) == [1, 1, 1, 1]
    telling.mark_read(firm.citra, words.APPRAISAL, citra)
    assert told(firm.citra) == []
    reviewing.write_self(firm.citra, again(citra), GOOD, "", submit=True)
    assert waits(firm.citra) == [0, 0, 0, 0]
    cycle = cycles.advance(firm.hr, cycles.edit(firm.hr, _cycle, {"review_on": "2026-02-01"}), "-")
    assert told(firm.ann) == [
        (cycle.number, "Year 2025: 2 reviews are yours to write until 2026-02-01"),
    ]  # fmt: skip
    assert waits(firm.ann) == [1, 2, 2, 1]
    assert waits(firm.budi) == [1, 1, 1, 1]
    reviewing.send_back(firm.budi, again(citra), "self", "more")
    assert told(firm.citra) == [(f"APR-{citra:04}", f"APR-{citra:04} Citra: the review was sent "
                                 "back to you")]  # fmt: skip


def test_a_card_tells_appraisals_to_the_person_managers_above_and_hr(firm: Firm) -> None:
    _cycle, citra = at(firm, words.CALIBRATION)

    seen = {name: [(one.number, one.title) for _cycle, one in reading.of_person(who, 3)]
            for name, who in firm._asdict().items()}  # fmt: skip

    number = f"APR-{citra:04}"
    assert seen == {
        "hr": [(number, "meets")], "ann": [(number, "meets")], "budi": [(number, "meets")],
        "citra": [(number, "")], "other": [], "admin": [],
    }  # fmt: skip
    looks = [
        line.actor
        for line in audit.recent(firm.admin, limit=200)
        if line.action == "staff.look" and "appraisals of Citra" in str(line.changes)
    ]
    assert sorted(looks) == ["ann", "budi", "hana"]


def test_a_page_offers_what_the_phase_allows(firm: Firm) -> None:
    _cycle, citra = at(firm, words.CALIBRATION)

    def offered(who: Session) -> set[str]:
        form = reading.form(who, citra)
        return {what for what in (possible.WRITE, *possible.PHASES)
                if not possible.why_not(form, what)}  # fmt: skip

    assert offered(firm.hr) == {possible.RATE, possible.RELEASE, possible.PROPOSE}
    rating.release(firm.hr, [again(citra)])
    assert possible.READ in offered(firm.citra)
    assert possible.why_not(reading.form(firm.hr, citra), possible.WRITE, briefly=True) == (
        "only in: manager review"
    )
    assert "released already" in possible.why_not(reading.form(firm.hr, citra), possible.RATE)
    with pytest.raises(WrongPhaseError) as refused:
        reviewing.write_review(firm.budi, again(citra), GOOD)
    assert possible.why_not(reading.form(firm.budi, citra), possible.WRITE) == str(refused.value)


def test_ones_own_last_step_is_taken_back_while_nothing_touched_it(firm: Firm) -> None:
    cycle, citra = at(firm, words.REVIEW)
    hana = reading.find(firm.hr, "me")
    reviewing.write_review(firm.ann, hana, GOOD, "", "1", submit=True)
    gathering.leave_out(firm.hr, reading.find(firm.ann, "Budi", cycle), "away")
    gathering.give_to(firm.hr, again(citra), "Ann")
    given = undoing.undo_last(firm.hr)[0]
    reviewing.write_review(firm.budi, given, GOOD, "Well", "2", submit=True)
    back = undoing.undo_last(firm.budi)[0]
    assert (given.manager_id, back.review_state, back.review_text) == (2, "draft", "Well")
    reviewing.write_review(firm.budi, back, {}, submit=True)
    cycles.advance(firm.hr, cycle)
    rating.calibrate(firm.hr, again(citra), "3", "as the others")
    rated = undoing.undo_last(firm.hr)[0]
    rating.release(firm.hr, [rated, again(hana.id)])
    hidden = undoing.undo_last(firm.hr)

    assert [one.released_at for one in hidden] == [None, None]
    assert rated.rating == 2
    assert [(one.before, one.after) for one in reading.form(firm.hr, citra).moves] == [
        (2, 3), (3, 2),
    ]  # fmt: skip
    rating.release(firm.hr, hidden)
    rating.acknowledge(firm.citra, again(citra))
    with pytest.raises(UndoError, match=f"APR-{citra:04} was changed since"):
        undoing.undo_last(firm.hr)
    with pytest.raises(UndoError, match="nothing"):
        undoing.undo_last(firm.other)


def test_reviews_of_a_manager_who_left_go_to_who_leads_now(firm: Firm) -> None:
    cycle, citra = at(firm, words.SELF)
    changing.leave(firm.hr, finding.find(firm.hr, "Budi"), date(2026, 4, 30))

    cycles.advance(firm.hr, cycle, "nobody is ready")

    assert again(citra).manager == "Ann"
    assert reading.find(firm.ann, "Hana", cycle).manager == "Ann"
    assert reviewing.write_review(firm.ann, again(citra), {}, "Well").review_by == "ann"
    assert [one.text for one in rows.news(firm.ann)] == [
        "Year 2025: 3 reviews are yours to write",
    ]  # fmt: skip
