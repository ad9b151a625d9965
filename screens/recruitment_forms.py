"""The forms of recruitment: openings, candidates, interviews, scores and offers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from boconsole.language import N_, _
from boconsole.recruitment import candidates, interviewing, offering, openings, stages, words
from boconsole.recruitment.candidates import CandidateRow
from boconsole.recruitment.interviewing import Talk
from boconsole.recruitment.openings import OpeningRow
from boconsole.recruitment.stages import ApplicationRow
from boconsole.session import Session
from boconsole.staff import words as staff_words
from screens.entries import Field
from screens.forms import Form, FormScreen
from screens.recruitment_facts import APPLICATION, CANDIDATE, OPENING
from screens.staff_forms import departments_of, people_of

Saved = Callable[[Any], None]  # Any: what the operation answers
Given = Mapping[str, object]


def opening_form(session: Session, row: OpeningRow | None, saved: Saved) -> FormScreen:
    """Return the form of an opening; None adds one."""
    fields = [
        Field("title", N_("Title"), required=True),
        Field("department", N_("Department"), suggest=partial(departments_of, session)),
        Field("manager", N_("Manager"), suggest=partial(people_of, session),
              hint=N_("Sees the candidates; EMP-0007, a name or a mail address.")),
        Field("place", N_("Place")),
        Field("seats", N_("Seats"), "number", required=True),
        Field("criteria", N_("Criteria"), "long", hint=N_("What interviews score, one a line.")),
        Field("note", N_("Note"), "long"),
    ]  # fmt: skip
    if row is None:
        fields.append(Field("state", N_("State"), "choice", required=True, choices=[
            (words.DRAFT, N_("Draft")), (words.OPEN, N_("Open"))]))  # fmt: skip

    def save(given: Given, version: int) -> OpeningRow:
        wanted = {name: "" if value is None else value for name, value in given.items()}
        if row is None:
            return openings.new(session, wanted, str(wanted.pop("state")))
        return openings.edit(session, row._replace(version=version), wanted)

    values: dict[str, object] = {"seats": 1, "state": words.OPEN}
    if row is not None:
        values = openings.values_of(row)
    title = _("New opening") if row is None else _("Edit {number}").format(number=row.number)
    return FormScreen(
        Form("recruitment.opening", title, fields, save, values, row.id if row else 0,
             row.version if row else 0, said=_("The opening is kept."), saved=saved,
             feature=OPENING)
    )  # fmt: skip


def candidate_form(
    session: Session, row: CandidateRow | None, saved: Saved, opening: OpeningRow | None = None
) -> FormScreen:
    """Return the form of a candidate; None adds one, who applies for an opening if one is given."""
    fields = [
        Field("name", N_("Name"), required=True),
        Field("email", N_("Mail")), Field("phone", N_("Phone")),
        Field("source", N_("Source"), hint=N_("Such as website, fair, or who named the person.")),
        Field("consent_on", N_("Consent"), "date", hint=N_("When the person agreed to be kept.")),
        Field("keep_until", N_("Kept until"), "date",
              hint=N_("Then it is to be forgotten; empty is as the rule says.")),
        Field("note", N_("Note"), "long"),
    ]  # fmt: skip

    def save(given: Given, version: int) -> CandidateRow:
        if row is not None:
            return candidates.edit(session, row._replace(version=version), given)
        return stages.new_candidate(session, given, opening)

    title = _("New candidate") if row is None else _("Edit {number}").format(number=row.number)
    return FormScreen(
        Form(words.form_of("candidate", opening.id if opening and row is None else 0), title,
             fields, save, candidates.values_of(row) if row else {}, row.id if row else 0,
             row.version if row else 0, said=_("The candidate is kept; f attaches a résumé."),
             saved=saved, feature=CANDIDATE)
    )  # fmt: skip


def interview_form(
    session: Session, application: ApplicationRow, talk: Talk | None, saved: Saved
) -> FormScreen:
    """Return the form of an interview; None plans one."""
    fields = [
        Field("at", N_("When"), "moment", required=True),
        Field("with", N_("Held by"), required=True, hint=N_("Logins, with commas.")),
        Field("minutes", N_("Minutes"), "number", required=True),
        Field("place", N_("Place")),
    ]

    values: dict[str, object] = {"minutes": 60}
    if talk is not None:
        values = {"at": talk.row.at, "minutes": talk.row.minutes, "place": talk.row.place,
                  "with": ", ".join(one.login for one in talk.scores)}  # fmt: skip

    def save(changed: Given, version: int) -> object:
        given = {**values, **changed}
        at, minutes = given["at"], int(str(given["minutes"]))
        if not isinstance(at, datetime):
            raise TypeError(at)
        logins, place = str(given["with"]).split(","), str(given.get("place") or "")
        if talk is None:
            return interviewing.plan(session, application, at, logins, minutes=minutes,
                                     place=place)  # fmt: skip
        seen = talk.row._replace(version=version)
        return interviewing.change(session, seen, at=at, minutes=minutes, place=place,
                                   logins=logins)  # fmt: skip

    draft = words.form_of("talk", talk.row.id) if talk else words.form_of(
        "interview", application.id)  # fmt: skip
    title = _("Interview of {number}").format(number=application.number)
    return FormScreen(
        Form(draft, title, fields, save, values, talk.row.id if talk else 0,
             talk.row.version if talk else 0, said=_("The interview is kept."), saved=saved,
             feature=APPLICATION)
    )  # fmt: skip


def score_form(session: Session, number: str, talk: Talk, saved: Saved) -> FormScreen:
    """Return the form of one's own score."""
    every = range(interviewing.LEAST, interviewing.MOST + 1)
    points = [(str(value), str(value)) for value in every]
    fields = [Field(f"c{place}", name, "choice", required=True, choices=points)
              for place, name in enumerate(talk.criteria)]  # fmt: skip
    fields += [
        Field("recommendation", N_("Would you hire?"), "choice", required=True,
              choices=list(interviewing.RECOMMENDATIONS.items())),
        Field("note", N_("Note"), "long"),
    ]  # fmt: skip

    def save(given: Given, _version: int) -> Talk:
        scores = {name: given[f"c{place}"] for place, name in enumerate(talk.criteria)}
        return interviewing.score(session, talk.row.id, scores, str(given["recommendation"]),
                                  str(given.get("note") or ""))  # fmt: skip

    values: dict[str, object] = {}
    if talk.mine is not None and talk.mine.given_at:
        given = interviewing.points(talk.mine)
        values = {f"c{place}": str(given.get(name, "")) for place, name in enumerate(talk.criteria)}
        values |= {"recommendation": talk.mine.recommendation, "note": talk.mine.note}
    title = _("Your score of {number}, 1 to 5").format(number=number)
    return FormScreen(
        Form(words.form_of("score", talk.row.id), title, fields, save, values,
             said=_("Your score is kept."), saved=saved, feature=APPLICATION)
    )  # fmt: skip


def offer_form(session: Session, application: ApplicationRow, saved: Saved) -> FormScreen:
    """Return the form of an offer."""
    fields = [
        Field("amount", N_("Salary"), required=True,
              hint=N_("With its currency, such as 8000000 IDR.")),
        Field("per", N_("Per"), "choice", required=True,
              choices=list(staff_words.PERIODS.items())),
        Field("starts_on", N_("First day"), "date", required=True),
        Field("contract", N_("Contract"), "choice", required=True,
              choices=list(staff_words.CONTRACTS.items())),
        Field("until", N_("Contract until"), "date"),
        Field("expires_on", N_("Answer by"), "date", required=True),
    ]  # fmt: skip

    def save(given: Given, _version: int) -> object:
        return offering.make(session, application, given)

    title = _("Offer to {number}").format(number=application.number)
    return FormScreen(
        Form(words.form_of("offer", application.id), title, fields, save,
             {"per": "month", "contract": "permanent"},
             said=_("The offer is made; somebody else approves it."), saved=saved,
             feature=APPLICATION)
    )  # fmt: skip
