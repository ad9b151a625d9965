"""Recruitment by command: openings, candidates and how far they are."""

from pathlib import Path
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.commands.files import import_answer
from boconsole.doors.output import Answer
from boconsole.doors.progress import Progress
from boconsole.errors import InvalidChangeError
from boconsole.language import _, ngettext

if TYPE_CHECKING:
    from boconsole.recruitment.asking import Line
    from boconsole.recruitment.candidates import CandidateRow
    from boconsole.recruitment.openings import OpeningRow

OPENING = ("title", "department", "manager", "place", "seats", "criteria", "note")
CANDIDATE = {"name": "name", "email": "email", "phone": "phone", "source": "source",
             "note": "note", "consent": "consent_on", "keep_until": "keep_until"}  # fmt: skip


def _given(call: Call, names: dict[str, str]) -> dict[str, object]:
    found = {field: getattr(call.words, word) for word, field in names.items()}
    return {field: value for field, value in found.items() if value is not None}


def _require(given: dict[str, object]) -> None:
    if not given:
        raise InvalidChangeError("recruitment", _("say what to change; see --help"))


# Openings


def _opening(row: "OpeningRow", told: str) -> Answer:
    from boconsole.recruitment import exporting

    sentence = told.format(number=row.number, title=output.safe(row.title))
    return Answer(exporting.opening_record(row), sentence)


def new_opening(call: Call) -> Answer:
    """Add an opening."""
    from boconsole.recruitment import openings

    given = _given(call, {name: name for name in OPENING})
    row = openings.new(call.session(), given, call.words.state)
    return _opening(row, _("{number} {title} is added."))


def edit_opening(call: Call) -> Answer:
    """Change an opening."""
    from boconsole.recruitment import openings, seeing

    session = call.session()
    given = _given(call, {name: name for name in OPENING})
    _require(given)
    row = openings.edit(session, seeing.opening(session, call.words.number), given)
    return _opening(row, _("{number} {title} is changed."))


def set_state(call: Call) -> Answer:
    """Open, hold, fill or cancel an opening."""
    from boconsole.recruitment import openings, seeing, words

    session = call.session()
    row = seeing.opening(session, call.words.number)
    row = openings.set_state(session, row, call.words.state)
    state = _(words.STATE_TITLES[row.state]).lower()
    return _opening(row, _("{number} {title} is now {state}.").replace("{state}", state))


def list_openings(call: Call) -> Answer:
    """List openings."""
    from boconsole.recruitment import asking, exporting

    found = [one.row for one in asking.openings(call.session(), " ".join(call.words.query))]

    def text() -> str:
        rows = [(row.number, row.title, row.department or "-", row.manager or "-",
                 f"{row.hired}/{row.seats}", str(row.live), str(row.opened_on or "-"), row.state)
                for row in found]  # fmt: skip
        headings = (_("Number"), _("Title"), _("Department"), _("Manager"), _("Filled"),
                    _("Candidates"), _("Opened"), _("State"))  # fmt: skip
        return output.table(headings, rows) if rows else _("Nothing.")

    return Answer([exporting.opening_record(row) for row in found], text)


def show_opening(call: Call) -> Answer:
    """Show an opening and its candidates."""
    from boconsole.recruitment import asking, exporting, seeing

    session = call.session()
    row = seeing.opening(session, call.words.number)
    lines = asking.candidates(session, f"stage:any opening:{row.number}")
    record = exporting.opening_record(row)

    def text() -> str:
        told = [(name, ", ".join(value) if isinstance(value, list) else str(value))
                for name, value in record.items() if value not in ("", None)]  # fmt: skip
        return output.pairs(told) + "\n\n" + _table(lines)

    return Answer({**record, "applications": [exporting.line_record(one) for one in lines]}, text)


def export_openings(call: Call) -> Answer:
    """Write openings to a file."""
    from boconsole.recruitment import asking, exporting

    *query, name = call.words.words
    found = asking.openings(call.session(), " ".join(query))
    done = exporting.export_openings(Path(name), found)
    told = ngettext("{n} opening is in {path}.", "{n} openings are in {path}.", done)
    return Answer({"openings": done, "file": name}, told.format(n=done, path=name))


# Candidates


def _candidate(row: "CandidateRow", told: str) -> Answer:
    from boconsole.recruitment import exporting

    sentence = told.format(number=row.number, name=output.safe(row.name))
    return Answer(exporting.candidate_record(row), sentence)


def new_candidate(call: Call) -> Answer:
    """Add a candidate, who may apply at once and bring a résumé."""
    from boconsole.doors.commands.tickets import read_files
    from boconsole.recruitment import seeing, stages

    session, words = call.session(), call.words
    files = read_files([words.resume], call.settings.attachment_limit) if words.resume else []
    opening = seeing.opening(session, words.opening) if words.opening else None
    row = stages.new_candidate(session, _given(call, CANDIDATE), opening, files)
    return _candidate(row, _("{number} {name} is added."))


def edit_candidate(call: Call) -> Answer:
    """Change a candidate."""
    from boconsole.recruitment import candidates, seeing

    session, given = call.session(), _given(call, CANDIDATE)
    _require(given)
    row = candidates.edit(session, seeing.candidate(session, call.words.number), given)
    return _candidate(row, _("{number} {name} is changed."))


def list_candidates(call: Call) -> Answer:
    """List candidates and how far they are."""
    from boconsole.recruitment import asking, exporting

    found = asking.candidates(call.session(), " ".join(call.words.query))
    return Answer([exporting.line_record(one) for one in found], lambda: _table(found))


def _table(found: "list[Line]") -> str:
    rows = []
    for one in found:
        row = one.application
        rows.append((one.number, one.candidate.name, row.opening_number if row else "-",
                     row.opening if row else "-", one.stage or "-",
                     str(row.since_at.date()) if row else "-", one.candidate.source or "-",
                     str(one.candidate.keep_until)))  # fmt: skip
    headings = (_("Number"), _("Name"), _("Opening"), _("Title"), _("Stage"), _("Since"),
                _("Source"), _("Kept until"))  # fmt: skip
    return output.table(headings, rows) if rows else _("Nothing.")


def show_candidate(call: Call) -> Answer:
    """Show a candidate with applications, steps, interviews and offers."""
    from boconsole.recruitment import card, seeing

    session = call.session()
    row = seeing.candidate(session, call.words.number)
    found = card.read(session, row.id, opened=call.words.private)
    return Answer(card.record(found), lambda: output.safe("\n\n".join(card.told(session, found))))


def apply(call: Call) -> Answer:
    """Let a candidate apply."""
    from boconsole.recruitment import exporting, seeing, stages

    session, words = call.session(), call.words
    candidate = seeing.candidate(session, words.number)
    opening = seeing.opening(session, words.opening)
    row = stages.apply(session, candidate, opening, words.reason)
    told = _("{number} applied for {opening}.").format(number=row.number, opening=opening.number)
    return Answer({"number": row.number, **exporting.application_record(row)}, told)


def move(call: Call) -> Answer:
    """Move candidates to a stage."""
    from boconsole.recruitment import exporting, seeing, stages

    session, words = call.session(), call.words
    seen = [stages.named(session, seeing.candidate(session, number), words.opening)
            for number in words.numbers]  # fmt: skip
    rows = stages.move(session, seen, words.stage, words.reason)
    records = [{"number": row.number, **exporting.application_record(row)} for row in rows]
    sentence = ngettext(
        "{n} candidate is {stage} now; undo takes it back.",
        "{n} candidates are {stage} now; undo takes it back.",
        len(rows),
    )
    return Answer(records, sentence.format(n=len(rows), stage=words.stage))


def undo(call: Call) -> Answer:
    """Take the last move back."""
    from boconsole.recruitment import exporting, stages

    rows = stages.undo_last(call.session())
    records = [{"number": row.number, **exporting.application_record(row)} for row in rows]
    told = ", ".join(f"{row.number} {row.stage}" for row in rows)
    return Answer(records, _("Taken back: {told}.").format(told=told))


def export(call: Call) -> Answer:
    """Write candidates to a file."""
    from boconsole.recruitment import asking, exporting

    *query, name = call.words.words
    session = call.session()
    done = exporting.export(session, Path(name), asking.candidates(session, " ".join(query)))
    told = ngettext("{n} candidate is in {path}.", "{n} candidates are in {path}.", done)
    return Answer({"candidates": done, "file": name}, told.format(n=done, path=name))


def import_candidates(call: Call) -> Answer:
    """Take candidates in from a file by a map."""
    from boconsole.recruitment import importing

    words, session = call.words, call.session()
    with Progress(_("Candidates read")) as progress:
        report = importing.import_candidates(
            session, Path(words.file), Path(words.map), dry_run=words.dry_run,
            refused_path=Path(words.refused) if words.refused else None, progress=progress,
        )  # fmt: skip
    return import_answer(report, _("candidates made"), _("candidates would be made"))


# Forgetting


def forget(call: Call) -> Answer:
    """Forget a candidate for good."""
    from boconsole.recruitment import forgetting, seeing

    session = call.session()
    row = forgetting.forget(session, [seeing.candidate(session, call.words.number)])[0]
    told = _("{number} is forgotten.").format(number=row.number)
    return Answer({"forgotten": [row.number]}, f"{told} {_(forgetting.STAYS)}")


def keep(call: Call) -> Answer:
    """Say for how many months candidates are kept."""
    from boconsole.recruitment import keeping, words

    session, typed = call.session(), call.words.months
    session.require(words.READ)
    if typed and not (typed.isascii() and typed.isdecimal()):
        raise InvalidChangeError("months", _("is a number such as 12 or 12.5"))
    if typed:
        keeping.set_months(session, int(typed))
    now = keeping.months()
    told = ngettext(
        "Candidates are kept for {n} month.", "Candidates are kept for {n} months.", now
    )
    return Answer({"months": now}, told.format(n=now))


def forget_due(call: Call) -> Answer:
    """Forget candidates who were kept long enough and not hired, or say who they are."""
    from boconsole.recruitment import forgetting

    session = call.session()
    if call.words.dry_run:
        numbers = [row.number for row in forgetting.due(session)]
        return Answer({"due": numbers}, _told(numbers, _("To be forgotten: {numbers}.")))
    numbers = [row.number for row in forgetting.forget_due(session)]
    told = _told(numbers, _("Forgotten: {numbers}."))
    return Answer({"forgotten": numbers}, f"{told} {_(forgetting.STAYS)}" if numbers else told)


def _told(numbers: list[str], sentence: str) -> str:
    return sentence.format(numbers=", ".join(numbers)) if numbers else _("Nobody is due.")
