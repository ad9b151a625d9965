"""Assessments: what answers come to, that submitted ones never change, and what follows them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from textual.widgets import TextArea

from boconsole import audit, ending
from boconsole.assessments import keeping, questionnaires, reading, scoring, undoing, writing
from boconsole.assessments.errors import NothingAppliesError, SubmittedError, UnansweredError
from boconsole.assessments.questionnaires import READY
from boconsole.assessments.reading import Assessment
from boconsole.contacts import changing as contacts
from boconsole.errors import InvalidChangeError, NotAllowedError, StaleRecordError, UndoError
from boconsole.filters import whole
from boconsole.session import Session
from tests.desks import SMALL as SMALL_WINDOW
from tests.desks import press, quiet, shown, type_text, whole_desk
from tests.people import StandingClock

SMALL = """
name = "small"
title = "Small"
months = 6
[[grade]]
name = "good"
least = 75
[[grade]]
name = "bad"
least = 0
[scales]
three = [
  { word = "no", text = "No", points = 0 },
  { word = "partly", text = "In part", points = 1 },
  { word = "yes", text = "Yes", points = 2 },
]
[[section]]
title = "First"
weight = 3
[[section.question]]
id = "a"
text = "Is a done?"
scale = "three"
weight = 2
[[section.question]]
id = "b"
text = "Is b done?"
scale = "three"
knockout = ["no"]
[[section]]
title = "Second"
[[section.question]]
id = "c"
text = "Is c done?"
scale = "three"
"""


def submitted(session: Session, subject: str = "Vendor", **answers: str) -> Assessment:
    made = writing.begin(session, "small", subject)
    kept = writing.answer(session, made.row.id, 1, answers)
    return writing.submit(session, made.row.id, kept.row.version)


def test_answers_are_weighed_within_sections_and_sections_within_the_whole() -> None:
    asks = questionnaires.parse(SMALL)

    found = scoring.score(asks, {"a": "partly", "b": "yes", "c": "no"})

    assert [each.score for each in found.sections] == [Fraction(2, 3), Fraction(0)]
    assert [each.share for each in found.sections] == [Fraction(3, 4), Fraction(1, 4)]
    assert (found.total, found.stored, found.grade) == (Fraction(1, 2), 5_000, "bad")
    without = scoring.score(asks, {"a": "yes", "b": "na", "c": "na"})
    assert (without.total, without.grade) == (Fraction(1), "good")
    assert without.sections[1].score is None
    out = scoring.score(asks, {"a": "yes", "b": "no", "c": "yes"})
    assert (out.total, out.grade) == (Fraction(3, 4), "bad")
    assert [each.id for each in out.knocked] == ["b"]


@pytest.mark.parametrize("name", READY)
def test_ready_questionnaires_can_be_read(name: str) -> None:
    found = questionnaires.parse(questionnaires.ready(name))

    best = {one.id: max(one.options, key=lambda each: each.points).word for one in found.questions}
    assert found.name == name
    assert questionnaires.of_json(questionnaires.to_json(found)) == found
    assert scoring.score(found, best).grade == found.grades[0].name


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('scale = "three"\nweight = 2', 'scale = "four"', "section 1, question 1: there is no"),
        ('id = "b"', 'id = "a"', "question a is there twice"),
        ('knockout = ["no"]', 'knockout = ["never"]', "never is none of no, partly, yes"),
        ("least = 0", "least = 80", "grades go from the best"),
        ("points = 0", "points = -1", "scales.three: points is no whole number"),
        ('title = "Second"', "", "section 2: title is missing"),
    ],
)
def test_mistake_in_a_questionnaire_is_told_where_it_stands(old: str, new: str, told: str) -> None:
    with pytest.raises(InvalidChangeError, match=told):
        questionnaires.parse(SMALL.replace(old, new))


def test_a_submitted_assessment_never_changes_and_a_new_one_follows(
    session: Session, clock: StandingClock
) -> None:
    keeping.load(session, SMALL)
    contacts.add(session, "organisation", {"name": "Acme"})
    first = submitted(session, "ORG-1", a="no", b="yes", c="na")
    clock.advance(days=90)
    second = submitted(session, "ORG-1", a="yes", b="partly", c="na")

    assert (first.row.score, first.row.grade, first.row.subject) == (3_333, "bad", "Acme")
    assert (second.row.score, second.row.grade) == (8_333, "good")
    assert [each.score for each in reading.trend(session, second.row)] == [3_333, 8_333]
    before = reading.before(session, second.row)
    assert before is not None
    assert before.id == first.row.id
    compared = reading.compare(session, "ASM-1", "ASM-2")
    assert compared.sections == (("First", Fraction(1, 3), Fraction(5, 6)), ("Second", None, None))
    assert [each.question for each in compared.answers] == ["Is a done?", "Is b done?"]
    assert [each.next_on for each in reading.listed(session)] == [date(2027, 2, 2), None]
    due = ending.between(session, date(2026, 1, 1), date(2027, 12, 31))
    assert [(one.number, one.day) for one in due] == [("ASM-0002", date(2027, 2, 2))]
    with pytest.raises(SubmittedError):
        writing.answer(session, 1, first.row.version, {"a": "yes"})
    with pytest.raises(SubmittedError):
        writing.discard(session, 1, first.row.version)
    assert reading.again(1) == first
    assert audit.verify().broken == 0


def test_a_draft_keeps_its_answers_until_all_are_there(session: Session) -> None:
    keeping.load(session, SMALL)
    made = writing.begin(session, "small", "The server room")
    kept = writing.answer(session, 1, 1, {"a": "YES", "b": "na"}, "Looked at on site.")

    assert (made.number, kept.answers, kept.row.note) == (
        "ASM-0001", {"a": "yes", "b": "na"}, "Looked at on site.",
    )  # fmt: skip
    with pytest.raises(UnansweredError, match=r"1 question has no answer yet \(c\)"):
        writing.submit(session, 1, kept.row.version)
    with pytest.raises(StaleRecordError):
        writing.answer(session, 1, 1, {"c": "yes"})
    with pytest.raises(InvalidChangeError, match="perhaps is none of"):
        writing.answer(session, 1, kept.row.version, {"c": "perhaps"})
    nothing = writing.answer(session, 1, kept.row.version, {"a": "na", "c": "na"})
    with pytest.raises(NothingAppliesError):
        writing.submit(session, 1, nothing.row.version)
    reader = replace(session, permissions=frozenset(("assessment.read",)))
    with pytest.raises(NotAllowedError):
        writing.discard(reader, 1, nothing.row.version)
    writing.discard(session, 1, nothing.row.version)
    assert reading.listed(session) == []


def test_old_versions_stay_with_what_they_asked(session: Session) -> None:
    keeping.load(session, SMALL)
    done = submitted(session, a="yes", b="yes", c="yes")
    same = keeping.load(session, SMALL)
    fresh = keeping.load(session, SMALL.replace("Is c done?", "Is c really done?"))

    assert (same.number, fresh.number) == (1, 2)
    assert reading.again(done.row.id).asks.questions[2].text == "Is c done?"
    assert writing.begin(session, "small", "Vendor").asks.questions[2].text == "Is c really done?"
    rows = reading.listed(session)
    found = whole.select(session, reading.ASSESSMENTS, "state:submitted score>=90", rows)
    assert [row.id for row in found] == [done.row.id]


async def test_an_assessment_is_begun_answered_and_submitted_by_keys(
    local_session: Session, tmp_path: Path
) -> None:
    keeping.load(local_session, SMALL)
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL_WINDOW) as pilot:
        await quiet(pilot)
        await press(pilot, ":", *"assessments", "enter", "n", "tab")
        await type_text(pilot, "Vault")
        await press(pilot, "ctrl+s", "right", "right", "tab", "n", "tab", "y", "ctrl+s")
        half = shown(app)
        await press(pilot, "q", "S", "y", "enter")
        done = shown(app)

    assert "bad: 43.75%, knocked out by b" in half or "bad" in half
    assert "ASM-0001  Vault" in done
    assert reading.again(1).row.state == "submitted"


def test_commands_answer_programs(command, tmp_path) -> None:  # type: ignore[no-untyped-def]
    def say(*words: str) -> object:
        done = command("--json", "assessments", *words)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    (tmp_path / "small.toml").write_text(SMALL)
    say("load", str(tmp_path / "small.toml"))
    say("new", "small", "Vault")
    say("answer", "ASM-1", "a=yes", "b=yes", "c=no", "--note", "Seen.")
    done = say("submit", "ASM-1")
    say("export", "state:submitted", str(tmp_path / "all.csv"))
    refused = command("assessments", "answer", "ASM-1", "a=no")

    assert isinstance(done, dict)
    assert (done["score"], done["grade"], done["next"]) == ("75", "good", "2026-11-04")
    assert "ASM-0001,small,1,Vault,submitted" in (tmp_path / "all.csv").read_text("utf-8-sig")
    assert refused.returncode == 1
    assert "ASM-0001 is submitted and does not change" in refused.stderr


def test_questions_are_asked_in_the_language_of_whoever_reads(session: Session) -> None:
    keeping.load_ready(session)
    made = writing.begin(session, "supplier", "Paper Mill")
    budi = replace(session, language="id")

    asks = reading.get(budi, made.number).asks

    assert asks.title == "Pemasok"
    assert asks.sections[0].title == "Mutu dan pengiriman"
    assert asks.questions[0].options[3].text == "Ya, dan terbukti"
    assert [row.title for row in reading.listed(budi)] == ["Pemasok"]
    assert reading.get(session, made.number).asks.title == "Supplier"
    for name in READY:
        whole = questionnaires.parse(questionnaires.ready(name))
        texts = {whole.title, *(section.title for section in whole.sections)}
        texts |= {each.text for each in whole.questions}
        texts |= {option.text for each in whole.questions for option in each.options}
        assert texts <= set(whole.said["id"]), name


def test_a_questionnaire_that_was_kept_in_english_gets_its_other_language(
    session: Session,
) -> None:
    whole = questionnaires.parse(questionnaires.ready("supplier"))
    keeping.load(session, questionnaires.to_toml(whole._replace(said={})))
    old = writing.begin(session, "supplier", "Paper Mill")

    (row,) = [row for row in keeping.load_ready(session) if row.name == "supplier"]

    assert row.number == 2
    assert reading.get(replace(session, language="id"), old.number).asks.title == "Pemasok"
    assert keeping.load_ready(session) == []


def test_a_questionnaire_is_edited_as_text_and_old_answers_keep_their_version(
    session: Session,
) -> None:
    keeping.load(session, SMALL)
    text = questionnaires.to_toml(keeping.body_of(1))
    assert questionnaires.parse(text) == keeping.body_of(1)
    for name in READY:
        whole = questionnaires.parse(questionnaires.ready(name))
        assert questionnaires.parse(questionnaires.to_toml(whole)) == whole


def test_changes_of_a_draft_are_taken_back_and_a_submitted_one_stays(session: Session) -> None:
    keeping.load(session, SMALL)
    made = writing.begin(session, "small", "Paper Mill")
    ids = [question.id for question in made.asks.questions]
    first = writing.answer(session, made.row.id, 1, {ids[0]: "yes"}, "well")
    writing.answer(session, made.row.id, first.row.version, {ids[0]: "no", ids[1]: "na"})

    assert undoing.undo_last(session) == made.number
    again = reading.get(session, made.number)
    assert (dict(again.answers), again.row.note) == ({ids[0]: "yes"}, "well")
    undoing.undo_last(session)
    assert reading.get(session, made.number).answers == {}
    undoing.undo_last(session)
    assert reading.listed(session) == []
    with pytest.raises(UndoError):
        undoing.undo_last(session)

    other = writing.begin(session, "small", "Print Shop")
    done = writing.answer(session, other.row.id, 1, dict.fromkeys(ids, "yes"))
    writing.submit(session, other.row.id, done.row.version)
    with pytest.raises(UndoError, match="stays"):
        undoing.undo_last(session)
    assert audit.verify().broken == 0


async def test_a_questionnaire_is_edited_in_the_console(
    local_session: Session, tmp_path: Path
) -> None:
    keeping.load(local_session, SMALL)
    old = writing.begin(local_session, "small", "Paper Mill")
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL_WINDOW) as pilot:
        await quiet(pilot)
        await press(pilot, ":")
        await type_text(pilot, " assessments")
        await press(pilot, "enter", "Q", "enter")
        form = shown(app)
        area = app.screen.query_one(TextArea)
        area.text = area.text.replace('title = "Small"', 'title = "Smaller"')
        await press(pilot, "ctrl+s")

    assert "Questionnaire small, version 1" in form
    assert [(row.number, row.title) for row in keeping.listed(local_session)] == [(2, "Smaller")]
    assert reading.get(local_session, old.number).row.number == 1
