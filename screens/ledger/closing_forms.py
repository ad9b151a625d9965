"""What is asked before something is opened again, locked or excepted, with what follows from it.

What was refused leaves everything as it was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from textual.app import ComposeResult
from textual.widgets import Static

from boconsole.closing.overview import Row
from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _
from boconsole.ledger import closing, exceptions, periods
from boconsole.ledger.words import PARTS
from boconsole.session import Session
from screens.entries import Field, Suggestion
from screens.forms import Form, FormScreen, draft_of
from screens.ledger import closing_facts
from screens.prose import toned

FEATURE = "period"
Saved = Callable[[object], None]
Values = Mapping[str, object]
REASON = Field("reason", N_("Reason"), required=True, hint=N_("For the audit trail."))


class ConsequenceForm(FormScreen):
    """A form that says above its fields what follows from it.

    Args:
        form: What is asked.
        consequence: Sentences.
    """

    CSS_PATH = "../styles/closing.tcss"

    def __init__(self, form: Form, consequence: str) -> None:
        super().__init__(form)
        self.consequence = consequence

    def body(self) -> ComposeResult:
        """Yield the consequence, then the fields."""
        yield Static(toned((self.consequence, "warn")), id="consequence", markup=False)
        yield from super().body()


def reopen_form(session: Session, row: Row, saved: Saved) -> ConsequenceForm:
    """Return the form that asks why a month or year is opened again."""

    def save(given: Values, _version: int) -> object:
        reason = str(given["reason"])
        if row.kind == "year":
            return closing.reopen(session, row.name, reason)
        periods.reopen_period(session, periods.find_month(session, row.name), reason)
        return row.name

    if row.kind == "year":
        follows = _(
            "The closing entry of {name} is reversed on {day}, its result leaves retained "
            "earnings, and its open months take entries again."
        ).format(name=row.name, day=row.ends)
    else:
        follows = _("{name} takes entries again until it is closed once more.").format(
            name=row.name
        )
    form = Form(
        draft_of("period.reopen", row.kind, row.id), _("Open {name} again").format(name=row.name),
        [REASON], save,
        said=_("{name} is open again.").format(name=row.name), saved=saved, feature=FEATURE,
    )  # fmt: skip
    return ConsequenceForm(form, follows)


def lock_form(session: Session, row: Row, saved: Saved) -> ConsequenceForm:
    """Return the form that asks up to which day a part of the books is locked."""
    part = PARTS[row.id]
    fields = [
        Field("through", N_("Locked through"), "date", required=True,
              hint=N_("today, fri, +3d, 31/12 …"))
    ]  # fmt: skip
    if part == "hard":
        fields.append(
            Field("sure", N_("Sure?"), required=True, check=_unsure, hint=N_("Type: for ever"))
        )

    def save(given: Values, _version: int) -> object:
        day = given["through"]
        if not isinstance(day, date):
            raise InvalidChangeError("through", _("is needed"))
        periods.set_lock(session, part, day)
        return day

    def said(day: object) -> str:
        return _("{part} is locked through {through}.").format(part=_(part), through=day)

    follows = _(closing_facts.KEPT_OUT[part])
    if part != "hard":
        follows += " " + _("It moves back only for who may reopen; exceptions run besides.")
    form = Form(
        draft_of("period.lock", part), _("Lock date: {part}").format(part=_(part)), fields, save,
        {"through": row.ends}, said=said, saved=saved, feature=FEATURE,
    )  # fmt: skip
    return ConsequenceForm(form, follows)


def _unsure(text: str) -> str:
    wanted = _("for ever")
    return "" if text.strip().casefold() == wanted else _("type {words}").format(words=wanted)


def exception_form(session: Session, part: str, saved: Saved) -> ConsequenceForm:
    """Return the form that lets somebody book before a lock date for some time.

    Args:
        session: Who allows it.
        part: The part that is offered first.
        saved: Called once it is done.
    """

    def people(start: str) -> list[Suggestion]:
        return [Suggestion(login) for login in exceptions.people(session, start)]

    fields = [
        Field("part", N_("Part"), "choice", required=True,
              choices=[(each, each) for each in exceptions.EXCEPTED]),
        Field("who", N_("Who"), "lookup", required=True, suggest=people,
              hint=N_("A login, or: everybody")),
        Field("until", N_("Until"), "moment", required=True,
              hint=N_("+2h, tomorrow 17:00 …; 31 days at most")),
        REASON,
    ]  # fmt: skip

    def save(given: Values, _version: int) -> object:
        until = given["until"]
        if not isinstance(until, datetime):
            raise InvalidChangeError("until", _("is needed"))
        made = exceptions.allow(
            session, str(given["part"]), str(given["who"]), until, str(given["reason"])
        )
        return Row("exception", made.id, made.part, exception=made)

    def said(made: Row) -> str:
        return _("{who} may book before the lock of {part} now.").format(
            who=closing_facts.who(made), part=_(made.name)
        )

    follows = _(
        "Whoever is named books before the lock date of that part until then, as if it were not "
        "there. Closed months and the hard lock stay shut. D withdraws it."
    )
    form = Form(
        "period.except", _("Allow an exception"), fields, save, {"part": part},
        said=said, saved=saved, feature=FEATURE,
    )  # fmt: skip
    return ConsequenceForm(form, follows)
