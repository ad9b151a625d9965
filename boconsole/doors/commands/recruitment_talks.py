"""Interviews, scores and offers by command."""

from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _
from boconsole.moments import parse_moment

if TYPE_CHECKING:
    from boconsole.recruitment.stages import ApplicationRow
    from boconsole.session import Session

OFFER = {"salary": "amount", "per": "per", "start": "starts_on", "expires": "expires_on",
         "contract": "contract", "until": "until"}  # fmt: skip


def _application(call: Call, session: "Session") -> "ApplicationRow":
    from boconsole.recruitment import seeing, stages

    candidate = seeing.candidate(session, call.words.number)
    return stages.named(session, candidate, call.words.opening)


def _number(text: str | None, field: str) -> int | None:
    if text is None or not text:
        return None
    if not (text.isascii() and text.isdecimal()):
        raise InvalidChangeError(field, _("is a number such as 12 or 12.5"))
    return int(text)


def interview(call: Call) -> Answer:
    """Plan an interview, change one, or call it off."""
    from boconsole.recruitment import card, interviewing

    session, words = call.session(), call.words
    application = _application(call, session)
    at = words.at and parse_moment(words.at, session.now(), session.zone, field="at")
    logins = words.people.split(",") if words.people is not None else None
    minutes, old = _number(words.minutes, "minutes"), _number(words.id, "id")
    if old is not None:
        talk = interviewing.get(session, old)
        if talk.row.application_id != application.id:
            raise NotFoundError(_("interview {id}").format(id=old))
        row = interviewing.cancel(session, talk.row) if words.cancel else interviewing.change(
            session, talk.row, at=at or None, minutes=minutes, place=words.place, logins=logins,
        )  # fmt: skip
    else:
        if not at:
            raise InvalidChangeError("at", _("is needed"))
        row = interviewing.plan(session, application, at, logins or [], minutes=minutes or 60,
                                place=words.place or "")  # fmt: skip
    found = interviewing.get(session, row.id)
    return Answer({"number": application.number, **found.record()},
                  lambda: output.safe(card.talk_text(session, found)))  # fmt: skip


def score(call: Call) -> Answer:
    """Give one's score of an interview."""
    from boconsole.recruitment import card, interviewing

    session, words = call.session(), call.words
    application = _application(call, session)
    wanted = _number(words.id, "id")
    held = [talk for talk in interviewing.talks(session, [application.id])
            if (talk.row.id == wanted if wanted else talk.mine)]  # fmt: skip
    if not held:
        raise NotFoundError(_("interview of {number} that you hold").format(
            number=application.number))  # fmt: skip
    given = dict(word.partition("=")[::2] for word in words.scores)
    found = interviewing.score(session, held[-1].row.id, given, words.recommend, words.note)
    return Answer({"number": application.number, **found.record()},
                  lambda: output.safe(card.talk_text(session, found)))  # fmt: skip


def offer(call: Call) -> Answer:
    """Offer a place, or decide on the offer that stands."""
    from boconsole.recruitment import card, offering

    session, words = call.session(), call.words
    application = _application(call, session)
    if words.verb_given == "make":
        given = {field: getattr(words, word) for word, field in OFFER.items()}
        row = offering.make(session, application, given)
    else:
        decide = offering.DECISIONS.get(words.verb_given)
        if decide is None:
            raise InvalidChangeError("offer", _("{text!r} is none of {words}").format(
                text=words.verb_given[:40], words=", ".join(offering.DECISIONS)))  # fmt: skip
        row = decide(session, offering.named(application))
    shown = offering.closed(row)
    return Answer({"number": application.number, **offering.record(shown)},
                  lambda: output.safe(card.offer_text(shown)))  # fmt: skip
