"""A questionnaire: sections of questions, each answered on a scale; read from TOML. Pure.

Answers have points, questions and sections have weights. An answer may knock out: whatever the
rest comes to, the outcome is the worst grade.
"""

import json
import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any, NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.text import LINE_LIMIT, clean_line

READY = ("supplier", "information-security", "internal-control")
"""Questionnaires that come with the console."""
MOST = 200
"""Questions of one questionnaire."""


class Option(NamedTuple):
    """An answer that can be chosen: its word, what it says, and its points."""

    word: str
    text: str
    points: int


class Question(NamedTuple):
    """A question; `knockout` holds the words that end it all."""

    id: str
    text: str
    options: tuple[Option, ...]
    weight: int
    knockout: tuple[str, ...]

    @property
    def most(self) -> int:
        """The points of the best answer."""
        return max(option.points for option in self.options)


class Section(NamedTuple):
    """Questions that belong together."""

    title: str
    weight: int
    questions: tuple[Question, ...]


class Grade(NamedTuple):
    """What a score from so many per cent on is called."""

    name: str
    least: int


class Questionnaire(NamedTuple):
    """All of it.

    Attributes:
        name: A word, by which it is chosen.
        months: After which the next assessment is due, 0 for never.
        grades: The best first; the last one begins at 0.
        said: By language (`id`), what its texts are there.
    """

    name: str
    title: str
    months: int
    grades: tuple[Grade, ...]
    sections: tuple[Section, ...]
    said: Mapping[str, Mapping[str, str]] = {}

    @property
    def questions(self) -> list[Question]:
        """All questions, in order."""
        return [question for section in self.sections for question in section.questions]


def ready(name: str) -> str:
    """Return the TOML of a questionnaire that comes with the console."""
    return files("boconsole.assessments").joinpath(f"{name}.toml").read_text("utf-8")


def parse(text: str) -> Questionnaire:
    """Return the questionnaire of a TOML text.

    Raises:
        InvalidChangeError: It is no TOML, or something in it is missing or cannot be; the
            sentence says where.
    """
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidChangeError("file", str(error)) from error
    scales = {name: _options(options, f"scales.{name}")
              for name, options in _table(found, "scales", "file").items()}  # fmt: skip
    sections = tuple(_section(each, place, scales)
                     for place, each in enumerate(_list(found, "section", "file"), 1))  # fmt: skip
    grades = tuple(
        Grade(_text(each, "name", "grade"), _whole(each, "least", "grade", 0, 100))
        for each in _list(found, "grade", "file")
    )
    months = _whole(found, "months", "file", 0, 120, 12)
    name, title = _text(found, "name", "file"), _text(found, "title", "file")
    whole = Questionnaire(name, title, months, grades, sections, _said(found))
    _check(whole)
    return whole


def _said(found: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Return what `text_id` and `title_id` beside texts say, by language."""
    said: dict[str, dict[str, str]] = {}
    sections = found["section"]
    options = [each for scale in found["scales"].values() for each in scale]
    questions = [each for section in sections for each in section["question"]]
    for each in (found, *sections, *questions, *options):
        for key in each:
            name, _line, code = key.partition("_")
            if name in ("text", "title") and len(code) == 2 and code.isalpha():
                where = str(each[name])
                said.setdefault(code, {})[clean_line(where, field="file")] = _text(each, key, where)
    return said


def in_language(
    whole: Questionnaire, language: str, newest: Questionnaire | None = None
) -> Questionnaire:
    """Return a questionnaire with its texts as a language says them, where it does.

    Args:
        whole: Any version.
        language: Of the reader, such as `id`.
        newest: The version in use: what it says holds for the same texts of earlier ones.
    """
    told = {**(newest.said.get(language, {}) if newest else {}), **whole.said.get(language, {})}
    if not told:
        return whole

    def option(each: Option) -> Option:
        return each._replace(text=told.get(each.text, each.text))

    def question(each: Question) -> Question:
        options = tuple(map(option, each.options))
        return each._replace(text=told.get(each.text, each.text), options=options)

    sections = tuple(
        Section(told.get(each.title, each.title), each.weight, tuple(map(question, each.questions)))
        for each in whole.sections
    )
    return whole._replace(title=told.get(whole.title, whole.title), sections=sections)


def to_toml(whole: Questionnaire) -> str:
    """Return a questionnaire as a text to edit, which `parse` reads back the same."""

    def pair(name: str, text: str) -> list[str]:
        others = [f"{name}_{code} = {_quoted(told[text])}"
                  for code, told in whole.said.items() if text in told]  # fmt: skip
        return [f"{name} = {_quoted(text)}", *others]

    scales: dict[tuple[Option, ...], str] = {}
    for one in whole.questions:
        scales.setdefault(one.options, f"scale-{len(scales) + 1}")
    lines = [f"name = {_quoted(whole.name)}", *pair("title", whole.title),
             f"months = {whole.months}"]  # fmt: skip
    for grade in whole.grades:
        lines += ["", "[[grade]]", f"name = {_quoted(grade.name)}", f"least = {grade.least}"]
    lines += ["", "[scales]"]
    for options, name in scales.items():
        lines.append(f"{name} = [")
        for each in options:
            texts = ", ".join(pair("text", each.text))
            lines.append(f"  {{ word = {_quoted(each.word)}, {texts}, points = {each.points} }},")
        lines.append("]")
    for section in whole.sections:
        lines += ["", "[[section]]", *pair("title", section.title), f"weight = {section.weight}"]
        for one in section.questions:
            lines += ["[[section.question]]", f"id = {_quoted(one.id)}", *pair("text", one.text)]
            lines += [f"scale = {_quoted(scales[one.options])}", f"weight = {one.weight}"]
            if one.knockout:
                lines.append(f"knockout = [{', '.join(map(_quoted, one.knockout))}]")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Return a text of one line as TOML quotes it; JSON quotes it the same."""
    return json.dumps(text, ensure_ascii=False)


def _check(whole: Questionnaire) -> None:
    ids = [question.id for question in whole.questions]
    if not ids or len(ids) > MOST:
        raise InvalidChangeError("file", _("expected 1 to {most} questions").format(most=MOST))
    if double := next((one for one in ids if ids.count(one) > 1), ""):
        raise InvalidChangeError("file", _("question {id} is there twice").format(id=double))
    least = [grade.least for grade in whole.grades]
    if least != sorted(set(least), reverse=True) or least[-1:] != [0]:
        raise InvalidChangeError("file", _("grades go from the best one down to one from 0 on"))


def _section(
    found: Mapping[str, Any], place: int, scales: Mapping[str, tuple[Option, ...]]
) -> Section:
    where = f"section {place}"
    questions = tuple(
        _question(each, f"{where}, question {at}", scales)
        for at, each in enumerate(_list(found, "question", where), 1)
    )
    return Section(_text(found, "title", where), _whole(found, "weight", where, 1, 1000, 1),
                   questions)  # fmt: skip


def _question(
    found: Mapping[str, Any], where: str, scales: Mapping[str, tuple[Option, ...]]
) -> Question:
    scale = _text(found, "scale", where)
    if scale not in scales:
        told = _("{where}: there is no scale {name}").format(where=where, name=scale)
        raise InvalidChangeError("file", told)
    words = [option.word for option in scales[scale]]
    knockout = tuple(str(word) for word in found.get("knockout", ()))
    if wrong := next((word for word in knockout if word not in words), ""):
        told = _("{where}: {word} is none of {words}")
        raise InvalidChangeError(
            "file", told.format(where=where, word=wrong, words=", ".join(words))
        )
    return Question(_text(found, "id", where), _text(found, "text", where), scales[scale],
                    _whole(found, "weight", where, 1, 1000, 1), knockout)  # fmt: skip


def _options(found: object, where: str) -> tuple[Option, ...]:
    if not isinstance(found, list) or len(found) < 2:
        raise InvalidChangeError("file", _("{where}: expected two answers or more").format(
            where=where))  # fmt: skip
    options = tuple(
        Option(_text(each, "word", where), _text(each, "text", where),
               _whole(each, "points", where, 0, 1000))
        for each in found
    )  # fmt: skip
    words = {option.word for option in options}
    if len(words) < len(options) or "na" in words or not max(each.points for each in options):
        told = _("{where}: answers need words of their own, not na, and one with points")
        raise InvalidChangeError("file", told.format(where=where))
    return options


def _text(found: Mapping[str, Any], name: str, where: str) -> str:
    value = found.get(name) if isinstance(found, dict) else None
    if not isinstance(value, str) or not value.strip():
        raise InvalidChangeError("file", _("{where}: {name} is missing").format(
            where=where, name=name))  # fmt: skip
    return clean_line(value, field="file", limit=LINE_LIMIT)


def _whole(
    found: Mapping[str, Any], name: str, where: str, least: int, most: int, usual: int | None = None
) -> int:
    value = found.get(name, usual)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        told = _("{where}: {name} is no whole number from {least} to {most}")
        raise InvalidChangeError(
            "file", told.format(where=where, name=name, least=least, most=most)
        )
    return value


def _list(found: Mapping[str, Any], name: str, where: str) -> list[dict[str, Any]]:
    value = found.get(name)
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise InvalidChangeError("file", _("{where}: {name} is missing").format(
            where=where, name=f"[[{name}]]"))  # fmt: skip
    return value


def _table(found: Mapping[str, Any], name: str, where: str) -> dict[str, Any]:
    value = found.get(name)
    if not isinstance(value, dict):
        raise InvalidChangeError("file", _("{where}: {name} is missing").format(
            where=where, name=f"[{name}]"))  # fmt: skip
    return value


def to_json(whole: Questionnaire) -> str:
    """Return it as it is stored."""
    return json.dumps(whole, ensure_ascii=False)


def of_json(text: str) -> Questionnaire:
    """Return what was stored."""
    name, title, months, grades, sections, *said = json.loads(text)
    return Questionnaire(
        name, title, months, tuple(Grade(*each) for each in grades),
        tuple(_of_list(each) for each in sections), *said,
    )  # fmt: skip


def _of_list(found: Sequence[Any]) -> Section:  # Any: what JSON can hold
    title, weight, questions = found
    return Section(title, weight, tuple(
        Question(id_, text, tuple(Option(*each) for each in options), of, tuple(knockout))
        for id_, text, options, of, knockout in questions
    ))  # fmt: skip
