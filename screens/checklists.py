"""The check lists that go on, of everybody who is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from rich.console import RenderableType

from boconsole.checklists import reading, ticking, words
from boconsole.checklists.reading import CheckList, is_done
from boconsole.checklists.ticking import StepRow
from boconsole.filters.whole import Has, Register
from boconsole.language import N_, _
from boconsole.session import Session
from boconsole.staff import finding
from boconsole.staff.finding import today_of
from boconsole.staff.words import number as employee_number
from screens import recruitment_rooms, staff_rooms
from screens.cells import Cell, safe
from screens.checklist_tab import mark_of
from screens.dialogs import PromptDialog
from screens.lists import View
from screens.prose import block, toned, wrapped
from screens.registers import RegisterScreen
from screens.shell import ShellScreen
from screens.staff_facts import day
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

REGISTER: Register[CheckList] = Register(
    text=lambda one: "\n".join((employee_number(one.row.employee_id), one.row.employee,
                                *(step.title for step in one.steps))),
    fields={
        "number": Has(lambda one: employee_number(one.row.employee_id)),
        "name": Has(lambda one: one.row.employee),
        "kind": Has(lambda one: one.row.kind, "choice", tuple(words.KINDS)),
        "day": Has(lambda one: one.row.day, "day"),
        "due": Has(lambda one: one.next_due, "day"),
        "state": Has(lambda one: "open" if one.open else "done", "choice", ("open", "done")),
    },
    usual=lambda one: one.open,
)  # fmt: skip


class CheckListsScreen(staff_rooms.InRooms, RegisterScreen[CheckList]):
    """What is to be done for people who come and go; Enter opens the person."""

    TITLE = "Check lists"
    ROOM = recruitment_rooms.LISTS
    AREA = staff_rooms.AREA
    FEATURE = words.FEATURE
    REGISTER = REGISTER
    VIEWS = (
        View(N_("Who comes"), "kind:onboarding sort:day"),
        View(N_("Who goes"), "kind:offboarding sort:day"),
    )

    def columns(self) -> Sequence[Column[CheckList]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("number", N_("Number"), 8,
                   lambda one: Cell(employee_number(one.row.employee_id), "info"), sort="number"),
            Column("name", N_("Name"), 20, lambda one: Cell(safe(one.row.employee)), grow=2,
                   sort="name"),
            Column("kind", N_("Kind"), 12, lambda one: Cell(_(words.KINDS[one.row.kind]))),
            Column("day", N_("Day"), 10, lambda one: day(one.row.day), sort="day"),
            Column("done", N_("Done"), 6, _progress, align="right"),
            Column("due", N_("Next due"), 10, self._due, sort="due"),
            Column("next", N_("Next step"), 20, lambda one: Cell(safe(next_step(one))), grow=3,
                   priority=1),
        )  # fmt: skip

    def _due(self, one: CheckList) -> Cell:
        due: date | None = one.next_due
        return day(due, "bad" if due and due < today_of(self.session) else "")

    def read_rows(self) -> Sequence[CheckList]:
        """Return all check lists that are seen; blocks."""
        return reading.every(self.session)

    def key_of(self, row: CheckList) -> int:
        """Return the id."""
        return row.row.id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("Nobody comes or goes; hiring and leaving begin check lists.")

    def preview(self, row: CheckList) -> RenderableType:
        """Return the steps of a list beside it, each with its mark and day."""
        room, today = self.query_one(Preview).room, today_of(self.session)
        kind = _(words.KINDS[row.row.kind])
        lines = wrapped(toned((f"{safe(row.row.employee)} · {kind}", "strong")), room)
        for step in row.steps:
            mark, tone = mark_of(step, today, ended=row.row.ended_at is not None)
            told = f"{mark} {step.due_on}  {safe(step.title)}"
            lines += wrapped(toned((told, tone)), room)
        return block(lines)

    def open_row(self, row: CheckList) -> None:
        """Open the person at the check lists."""
        from screens.staff_card import StaffCardScreen

        def show(found: finding.EmployeeRow) -> None:
            card = StaffCardScreen(found.id)
            card.turn_to("checklists")
            self.app.push_screen(card)

        self.load(partial(finding.get, self.session, row.row.employee_id), show, group="open")


def _progress(one: CheckList) -> Cell:
    return Cell(f"{one.done}/{len(one.steps)}", "" if one.open else "good")


def next_step(one: CheckList) -> str:
    """Return the first step that is not done."""
    return next((step.title for step in one.steps if not is_done(step)), "") if one.open else ""


# Ticking, wherever steps are shown


def tick(screen: ShellScreen, step: StepRow, done: Callable[[object], None]) -> None:
    """Do a step, or say that it is not done; an asset is asked for first."""
    if is_done(step):
        work = partial(ticking.untick, screen.session, step.id, version=step.version)
        said = _("“{title}” is to be done.")
    elif step.does == words.ASSET:
        _ask_tag(screen, step, done)
        return
    else:
        work = partial(ticking.tick, screen.session, step.id, version=step.version)
        said = _("“{title}” is done; u undoes it.")
    screen.change(work, said=said.format(title=safe(step.title)), touched=(step.list_id,),
                  feature=words.FEATURE, done=done)  # fmt: skip


def _ask_tag(screen: ShellScreen, step: StepRow, done: Callable[[object], None]) -> None:
    def take(tag: str | None) -> None:
        if tag:
            screen.change(
                partial(ticking.tick, screen.session, step.id, version=step.version, tag=tag),
                said=_("{tag} is handed out.").format(tag=safe(tag)), touched=(step.list_id,),
                feature=words.FEATURE, done=done,
            )  # fmt: skip

    title = _("Which asset is handed out? Its tag")
    screen.app.push_screen(PromptDialog(title, ""), take)


def taken_back(session: Session) -> str:
    """Take the last tick back; returns what to say."""
    return _("“{title}” is to be done.").format(title=safe(ticking.undo_last(session).title))
