"""The forms of leave: a request counts its days while it is typed, and tells what is left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from boconsole.errors import REFUSALS, InvalidChangeError
from boconsole.language import DAYS, N_, _
from boconsole.leave import asking, explaining, reading, typing
from boconsole.leave.asking import Preview
from boconsole.leave.counting import Wish
from boconsole.leave.reading import Request
from boconsole.session import Session
from boconsole.staff import finding
from screens.cells import safe
from screens.entries import Field, Suggestion
from screens.forms import Form, FormScreen, draft_of
from screens.leave_facts import FEATURE
from screens.prose import block, toned, wrapped
from screens.shell import ShellScreen
from screens.widgets.fields import FieldRow

PAUSE = 0.15
DAY_HINT = N_("2026-12-24, fri, +3d, 24/12 …")


class Choices(NamedTuple):
    """What a form offers: the person, and the types in use."""

    person: str
    types: Sequence[tuple[str, str]]


def open_new(
    screen: ShellScreen, saved: Callable[[Any], None], first: date | None = None, person: str = ""
) -> None:
    """Read the types and show the form of a new request.

    Args:
        screen: The form is laid over.
        saved: Called with the request.
        first: The first day, where one is known.
        person: Number of whom it is for; empty for oneself.
    """
    session = screen.session

    def read() -> Choices:
        own = person or finding.own(session).number
        types = [(row.code, row.title) for row, rule in reading.types_of(session)
                 if rule and not row.closed]  # fmt: skip
        return Choices(own, types)

    def show(found: Choices) -> None:
        if found.types:
            screen.app.push_screen(_form(session, found, saved, first=first))
        else:
            told = _("There is no type of leave yet; take some in: boconsole leave load --help")
            screen.app.say(told, "warning")

    screen.load(read, show, group="ask")


def open_change(screen: ShellScreen, request: Request, saved: Callable[[Any], None]) -> None:
    """Read the types and show the form of a change."""
    session = screen.session

    def read() -> Choices:
        row = finding.get(session, request.row.employee_id)
        types = [(kind.code, kind.title) for kind, rule in reading.types_of(session) if rule]
        return Choices(row.number, types)

    def show(found: Choices) -> None:
        screen.app.push_screen(_form(session, found, saved, request=request))

    screen.load(read, show, group="ask")


def _form(
    session: Session, found: Choices, saved: Callable[[Any], None], *,
    request: Request | None = None, first: date | None = None,
) -> FormScreen:  # fmt: skip
    others = session.may("leave.edit") and request is None
    day = partial(_wrong_day, session)
    fields = [
        *([Field("person", N_("For"), required=True, suggest=partial(_people, session))]
          if others else []),
        Field("type", N_("Type"), "choice", required=True, choices=found.types),
        Field("first", N_("First day"), required=True, hint=DAY_HINT, check=day),
        Field("last", N_("Last day"), hint=N_("Empty for a single day."), check=day),
        Field("from_noon", N_("From noon"), "switch", hint=N_("The first day begins at noon.")),
        Field("to_noon", N_("To noon"), "switch", hint=N_("The last day ends at noon.")),
        Field("hours", N_("Hours"), hint=N_("Of a single day, such as 2.5; empty for days.")),
        Field("note", N_("Note"), hint=N_("Health notes are read by few.")),
        *([] if request else [Field("draft", N_("Draft"), "switch",
                                    hint=N_("Kept, and asked for later."))]),
    ]  # fmt: skip
    values: dict[str, object] = {"person": found.person, "type": found.types[0][0]}
    if first is not None:
        values["first"] = str(first)
    if request is not None:
        row = request.row
        values |= {
            "type": row.code, "first": str(row.first),
            "last": "" if row.last == row.first else str(row.last), "from_noon": row.from_noon,
            "to_noon": row.to_noon, "note": row.note,
            "hours": f"{row.minutes / 60:g}" if row.minutes else "",
        }  # fmt: skip
    title = _("Change {number}").format(number=request.number) if request else _("Ask for leave")
    form = Form(
        "leave.edit" if request else draft_of("leave.new", found.person), title, fields,
        partial(_save, session, found.person, request), values, said=_said, saved=saved,
        feature=FEATURE, record_id=request.row.id if request else 0,
        version=request.row.version if request else 0,
    )  # fmt: skip
    return LeaveFormScreen(form, found.person, request.row.id if request else 0)


def _people(session: Session, start: str) -> list[Suggestion]:
    return [Suggestion(number, name) for number, name in finding.suggest(session, start)]


def _wrong_day(session: Session, text: str) -> str:
    try:
        typing.day(session, text)
    except InvalidChangeError as error:
        return error.reason
    return ""


def _wish(session: Session, given: Mapping[str, object]) -> Wish:
    """Return the days of what is typed."""
    found = {name: str(given.get(name) or "") for name in ("first", "last", "hours")}
    if not found["first"].strip():
        raise InvalidChangeError("first", _("is needed"))
    return typing.wish(
        session, found["first"], found["last"], found["hours"],
        from_noon=given.get("from_noon") in (True, "yes"),
        to_noon=given.get("to_noon") in (True, "yes"),
    )  # fmt: skip


def _save(
    session: Session, person: str, request: Request | None, given: Mapping[str, object],
    version: int,
) -> Any:  # fmt: skip  # Any: the row of a request
    note = str(given.get("note") or "")
    if request is None:
        who = finding.by_word(session, str(given.get("person") or person))
        return asking.request(
            session, who.id, str(given.get("type")), _wish(session, given), note,
            draft=bool(given.get("draft")),
        )  # fmt: skip
    row = request.row
    before: dict[str, object] = {
        "type": row.code, "first": str(row.first), "last": str(row.last), "note": row.note,
        "from_noon": row.from_noon, "to_noon": row.to_noon,
        "hours": f"{row.minutes / 60:g}" if row.minutes else "",
    }  # fmt: skip
    if "first" in given and "last" not in given and row.first == row.last:
        before["last"] = ""
    both = {**before, **given}
    return asking.change(
        session, row.id, version, str(both["type"]), _wish(session, both), str(both["note"] or "")
    )


def _said(row: Any) -> str:  # Any: the row of a request
    from boconsole.leave import words

    return _("{number} is {state}.").format(
        number=words.number(row.id), state=reading.state_title(row.state)
    )


class LeaveFormScreen(FormScreen):
    """A request whose days are counted while it is typed.

    Args:
        form: As of every form.
        person: Number of whom it is for, where the form does not ask.
        without: The request that is changed.
    """

    CSS = "LeaveFormScreen #count { height: auto; width: 100%; padding: 0 1; margin-top: 1; }"

    def __init__(self, form: Form, person: str, without: int) -> None:
        super().__init__(form)
        self._person, self._without = person, without
        self._count_timer: Timer | None = None

    def body(self) -> ComposeResult:
        """Yield the fields, and below them what the request takes."""
        yield from super().body()
        yield Static(id="count", markup=False)

    def on_mount(self) -> None:
        """Count what stands there already."""
        self._count()

    @on(FieldRow.Edited)
    def _count_soon(self) -> None:
        if self._count_timer is not None:
            self._count_timer.stop()
        self._count_timer = self.set_timer(PAUSE, self._count)

    def _count(self) -> None:
        texts = {name: row.text for name, row in self.rows.items()}

        def work() -> Preview | str:
            try:
                who = finding.by_word(self.session, texts.get("person") or self._person)
                wish = _wish(self.session, texts)
                return asking.preview(
                    self.session, who.id, texts["type"], wish, without=self._without
                )
            except REFUSALS as error:
                return str(error)

        if texts.get("first", "").strip():
            self.load(work, self._show_count, group="count")
        else:
            self._show_count(_("Type the days; what they take is told here."))

    def _show_count(self, found: Preview | str) -> None:
        room = max(self.size.width - 2, 30)
        lines = [toned((safe(found), "muted"))] if isinstance(found, str) else counted(found)
        told = [part for line in lines for part in wrapped(line, room)]
        self.query_one("#count", Static).update(block(told))


def counted(found: Preview) -> list[Content]:
    """Return what a request would take, in a few lines."""
    days = found.days
    first, last = days[0].day, days[-1].day
    told = _("{first} to {last} takes {n}.") if first != last else _("{first} takes {n}.")
    unit = found.unit
    parts = [told.format(first=_named(first), last=_named(last),
                         n=explaining.amount(found.total, unit))]  # fmt: skip
    if found.before is not None and found.after is not None:
        parts.append(
            _("{before} left without it, {after} with it.").format(
                before=explaining.amount(found.before, unit),
                after=explaining.amount(found.after, unit),
            )
        )
    lines = [toned((" ".join(parts), "strong"))]
    off = [
        f"{_named(each.day)} {safe(each.off)}" for each in days if each.off and not each.quantity
    ]
    if off:
        lines.append(toned((_("Not counted: {days}").format(days="; ".join(off)), "muted")))
    if found.problem:
        lines.append(toned((f"! {safe(found.problem)}", "bad")))
    return lines


def _named(day: date) -> str:
    return f"{_(DAYS[day.weekday()])} {day}"
