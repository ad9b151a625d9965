"""Training: what a result gives a person, who lacks what, and skills with levels."""

from datetime import date

import pytest

from boconsole import ending
from boconsole.errors import InvalidChangeError, NotAllowedError, StaleRecordError
from boconsole.session import Session
from boconsole.staff import asking, card, changing, finding, skills
from boconsole.staff.changing import NewFact
from boconsole.training import courses, needing, sessions, words
from tests.officers import company, officer
from tests.people import add_agent

ANN, BUDI, DIAN = 1, 2, 3
AID = {"name": "First aid", "provider": "Red Cross", "hours": "7.5", "certificate": "Aider",
       "valid_months": "24", "skill": "First aid", "level": "2"}  # fmt: skip
DAYS = {"starts_on": "2026-04-27", "ends_on": "2026-04-28", "seats": "2"}


@pytest.fixture
def hr(session: Session) -> Session:
    found = officer(session)
    company(found)
    return found


def states(session: Session) -> list[tuple[str, str]]:
    return [(one.name, one.state) for one in needing.lacking(session)]


def test_who_passes_gets_training_certificate_and_skill_in_one_step(hr: Session) -> None:
    row = sessions.enrol(hr, sessions.new(hr, courses.new(hr, AID), DAYS), [BUDI, DIAN])
    places = {one.employee_id: one.id for one in sessions.places(hr, row)}

    done = sessions.record(hr, row, [places[BUDI]], words.PASSED, "92 of 100")
    done = sessions.record(hr, done, [places[DIAN]], words.ABSENT)
    held = sessions.hold(hr, done)

    parts = card.read(hr, BUDI).parts
    assert [(one.name, one.value) for one in parts["training"]] == [("First aid", "92 of 100")]
    assert [(one.name, one.head.ends_on) for one in parts["certificate"]] == [
        ("Aider", date(2028, 4, 28))
    ]
    assert [(one.name, one.value) for one in parts["skill"]] == [("First aid", "2")]
    assert "training" not in card.read(hr, DIAN).parts
    ends = ending.between(hr, date(2028, 4, 1), date(2028, 4, 30))
    assert [(one.number, one.about) for one in ends] == [("EMP-0002", "Certificate Aider")]
    back = sessions.take_back(hr, held, places[BUDI], "somebody else's paper")
    assert back.state == words.PLANNED
    assert card.read(hr, BUDI).parts == {}


def test_a_full_or_ended_session_takes_nobody(hr: Session) -> None:
    course = courses.new(hr, AID)
    row = sessions.enrol(hr, sessions.new(hr, course, DAYS), [BUDI, DIAN])

    with pytest.raises(InvalidChangeError, match="seats"):
        sessions.enrol(hr, row, [ANN])
    with pytest.raises(StaleRecordError):
        sessions.edit(hr, row._replace(version=1), {"place": "Hall"})
    with pytest.raises(InvalidChangeError, match="no result yet"):
        sessions.hold(hr, row)
    with pytest.raises(NotAllowedError):
        sessions.cancel(add_agent(hr, "eve"), row, "tired")
    later = sessions.new(hr, course, {"starts_on": "2026-05-05"})
    later = sessions.enrol(hr, later, [ANN])
    with pytest.raises(InvalidChangeError, match="begins on 2026-05-05"):
        sessions.record(hr, later, [sessions.places(hr, later)[0].id], words.PASSED)
    ended = sessions.cancel(hr, row, "the trainer is ill")
    with pytest.raises(InvalidChangeError):
        sessions.record(hr, ended, [1], words.PASSED)
    with pytest.raises(InvalidChangeError):
        sessions.new(hr, course, {"starts_on": "2026-05-11", "ends_on": "2026-05-10"})


def test_a_session_is_held_once_it_begins_and_keeps_what_its_results_rest_on(hr: Session) -> None:
    course = courses.new(hr, AID)
    coming = sessions.new(hr, course, {"starts_on": "2026-05-05"})
    with pytest.raises(InvalidChangeError, match="begins on 2026-05-05"):
        sessions.hold(hr, coming)
    row = sessions.enrol(hr, sessions.new(hr, course, DAYS), [BUDI, DIAN])
    with pytest.raises(InvalidChangeError, match="2 are taken"):
        sessions.edit(hr, row, {"seats": "1"})
    passed = sessions.record(hr, row, [sessions.places(hr, row)[0].id], words.PASSED)

    for change in ({"starts_on": "2026-04-26"}, {"ends_on": "2026-04-30"}):
        with pytest.raises(InvalidChangeError, match="take it back"):
            sessions.edit(hr, passed, change)
    with pytest.raises(InvalidChangeError, match="take it back"):
        sessions.cancel(hr, passed, "nobody came")
    assert sessions.edit(hr, passed, {"place": "Hall"}).place == "Hall"


def test_who_needs_a_course_lacks_it_until_the_certificate_holds(hr: Session) -> None:
    course = courses.new(hr, AID)
    courses.need(hr, course, "Company", "Clerk")
    courses.need(hr, course, "Finance", "head of finance")
    with pytest.raises(InvalidChangeError):
        courses.need(hr, course, "Finance", "Head of Finance")
    before = states(hr)

    row = sessions.enrol(hr, sessions.new(hr, course, DAYS), [DIAN])
    booked = states(hr)
    budi = finding.again(BUDI)
    changing.enter(hr, budi, NewFact("certificate", {"name": "aider"}, date(2024, 1, 1),
                                     date(2026, 5, 3)))  # fmt: skip
    expired = states(hr)
    sessions.record(hr, row, [sessions.places(hr, row)[0].id], words.PASSED)

    assert before == [("Budi", "missing"), ("Dian", "missing")]
    assert booked == [("Budi", "missing"), ("Dian", "booked")]
    assert expired == [("Budi", "expired"), ("Dian", "booked")]
    assert [one.state for one in needing.lacking(hr, day=date(2028, 4, 1))] == [
        "expired", "ending",
    ]  # fmt: skip
    assert [one.name for one in needing.lacking(hr, day=date(2026, 5, 20))] == ["Budi"]


def test_people_are_found_by_skill_and_level(hr: Session) -> None:
    for person, level in ((BUDI, "4 of 5"), (DIAN, "2"), (ANN, "fluent")):
        entry = NewFact("skill", {"name": "C Sharp" if person == ANN else "Python", "value": level})
        changing.enter(hr, finding.again(person), entry)

    def found(query: str) -> list[str]:
        return [one.row.name for one in asking.select(hr, query)]

    assert found("skill:python>=3") == ["Budi"]
    assert found("skill:python<3,python=4") == ["Budi", "Dian"]
    assert found("skill:PYTHON") == ["Budi", "Dian"]
    assert found('skill:"c sharp"') == ["Ann Lee"]
    assert found('skill:"c sharp>1"') == []
    assert found("skill:~sharp") == ["Ann Lee"]
    table = skills.matrix(hr)
    assert table.skills == ("C Sharp", "Python")
    assert table.people == (1, 2)
    assert [line.levels for line in table.lines] == [("x", ""), ("", "4"), ("", "2")]
