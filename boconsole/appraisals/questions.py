"""The scale and the questions of a cycle, as they are typed and kept with it; pure."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _
from boconsole.text import clean_line

MOST, HIGHEST = 30, 100
SCALE = (N_("below"), N_("partly"), N_("meets"), N_("exceeds"), N_("outstanding"))
QUESTIONS = (
    (N_("Results"), N_("Are the tasks done, in time and well?")),
    (N_("Knowledge"), N_("Does the knowledge suffice, and does it grow?")),
    (N_("Working together"), N_("Do others like to rely on this person?")),
    (N_("Initiative"), N_("Is what has to be done seen without being told?")),
)


class Question(NamedTuple):
    """A competency that both sides score."""

    title: str
    about: str


class Step(NamedTuple):
    """A value of the scale and what it means."""

    value: int
    title: str


def parse_scale(text: str) -> list[Step]:
    """Return the scale of `1=below; 2=meets; 3=exceeds`, a line or semicolon for each.

    Raises:
        InvalidChangeError: Values are missing or repeated, or there are fewer than two.
    """
    found: dict[int, str] = {}
    for each in text.replace(";", "\n").splitlines():
        word, _mark, title = each.partition("=")
        word, title = word.strip(), clean_line(title, field="scale", limit=60)
        if not each.strip():
            continue
        if not (word.isascii() and word.isdecimal() and int(word) <= HIGHEST and title):
            raise InvalidChangeError("scale", _("expected value=title, such as 1=below; 2=meets"))
        if int(word) in found:
            raise InvalidChangeError("scale", _("{value} is there twice").format(value=word))
        found[int(word)] = title
    if not found:
        return [Step(value, _(title)) for value, title in enumerate(SCALE, 1)]
    if len(found) < 2:
        raise InvalidChangeError("scale", _("has one value; two are needed at least"))
    return [Step(value, found[value]) for value in sorted(found)]


def parse_questions(text: str) -> list[Question]:
    """Return the questions of lines such as `Results: are they right?`.

    Raises:
        InvalidChangeError: One is repeated, or there are too many.
    """
    found: list[Question] = []
    for each in text.splitlines():
        title, _mark, about = each.partition(":")
        title = clean_line(title, field="questions", limit=60)
        if not title:
            continue
        if title.casefold() in [one.title.casefold() for one in found]:
            raise InvalidChangeError("questions", _("{value} is there twice").format(value=title))
        found.append(Question(title, clean_line(about, field="questions", limit=200)))
    if len(found) > MOST:
        raise InvalidChangeError("questions", _("lies between 0 and {most}").format(most=MOST))
    return found or [Question(_(title), _(about)) for title, about in QUESTIONS]


def stored(rows: Sequence[Question] | Sequence[Step]) -> str:
    """Return a scale or questions as they are kept."""
    return json.dumps([list(row) for row in rows], ensure_ascii=False)


def scale_of(text: str) -> list[Step]:
    """Return a kept scale."""
    return [Step(int(value), str(title)) for value, title in json.loads(text)]


def questions_of(text: str) -> list[Question]:
    """Return kept questions."""
    return [Question(str(title), str(about)) for title, about in json.loads(text)]


def typed_scale(text: str) -> str:
    """Return a kept scale as it could be typed."""
    return "\n".join(f"{step.value}={step.title}" for step in scale_of(text))


def typed_questions(text: str) -> str:
    """Return kept questions as they could be typed."""
    return "\n".join(f"{one.title}: {one.about}".rstrip(": ") for one in questions_of(text))


def score_of(scale: Sequence[Step], value: object, field: str) -> int | None:
    """Return a value of the scale, None for nothing; raises InvalidChangeError."""
    text = str(value if value is not None else "").strip()
    if not text:
        return None
    for step in scale:
        if text.casefold() in (str(step.value), step.title.casefold()):
            return step.value
    words = ", ".join(f"{step.value} {step.title}" for step in scale)
    raise InvalidChangeError(
        field, _("{text!r} is none of {words}").format(text=text[:40], words=words)
    )
