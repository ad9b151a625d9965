"""Cycles and appraisals for programs."""

from collections.abc import Sequence

from boconsole.appraisals import questions, reading, words
from boconsole.appraisals.reading import Cycle, CycleRow, Form, Person, Share


def cycle(row: CycleRow) -> dict[str, object]:
    """Return a cycle."""
    return {
        "number": row.number, "name": row.name, "from": row.starts_on, "to": row.ends_on,
        "state": row.state, "takes": row.takes, "takes_from": row.takes_from or None,
        "due": {phase: getattr(row, field) for phase, field in words.DUE.items()},
        "scale": {str(step.value): step.title for step in questions.scale_of(row.scale)},
        "questions": [one._asdict() for one in questions.questions_of(row.questions)],
    }  # fmt: skip


def listed(one: Cycle) -> dict[str, object]:
    """Return a cycle of a list."""
    return {**cycle(one.row), "people": one.people, "done": one.done}


def person(one: Person) -> dict[str, object]:
    """Return somebody in a cycle, as far as seen."""
    row = one.row
    return {
        "number": one.number, "employee": f"EMP-{row.employee_id:04}", "name": row.name,
        "department": one.department, "manager": row.manager, "step": one.step,
        "goals": row.goals, "weight": row.weight, "reached": one.reached, "rating": row.rating,
        "rated": one.title or None, "released": row.released_at is not None,
        "acknowledged": row.acknowledged_at is not None,
    }  # fmt: skip


def share(one: Share, row: CycleRow) -> dict[str, object]:
    """Return the ratings of a department."""
    values = [str(step.value) for step in questions.scale_of(row.scale)]
    return {"department": one.department, "unrated": one.unrated,
            "ratings": dict(zip(values, one.counts, strict=True))}  # fmt: skip


def whole(row: CycleRow, people: Sequence[Person]) -> dict[str, object]:
    """Return a cycle with its people and the distribution of ratings."""
    shares = reading.distribution(row, people)
    return {**cycle(row), "people": [person(one) for one in people],
            "distribution": [share(one, row) for one in shares]}  # fmt: skip


def form(found: Form) -> dict[str, object]:
    """Return an appraisal whole, as far as seen."""
    row = found.person.row
    value: dict[str, object] = {
        **person(found.person), "cycle": found.cycle.name, "state": found.cycle.state,
        "role": found.person.role,
        "goals": [goal._asdict() for goal in found.goals],
        "answers": [
            {"question": one.title,
             **{side: {"score": kept.score, "note": kept.note} if kept else None
                for side, kept in (("self", found.own.get(one.title)),
                                   ("review", found.boss.get(one.title)))}}
            for one in found.questions
        ],
        "self": {"state": row.self_state, "text": row.self_text, "at": row.self_at},
        "review": {"state": row.review_state, "text": row.review_text, "at": row.review_at,
                   "by": row.review_by},
        "reply": row.reply,
        "moves": [move._asdict() for move in found.moves],
    }  # fmt: skip
    if row.proposal:
        value["proposal"] = {
            "kind": row.proposal, "amount": row.proposal_amount, "from": row.proposal_from,
            "state": row.proposal_state, "note": row.proposal_note,
        }  # fmt: skip
    return value
