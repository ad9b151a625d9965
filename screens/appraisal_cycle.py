"""A cycle: who takes part, how far each is, and how the ratings lie."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from rich.console import RenderableType
from textual.content import Content

from boconsole.appraisals import gathering, questions, rating, reading, telling, words
from boconsole.appraisals.reading import CycleRow, Person, Share
from boconsole.filters.whole import Has, Register
from boconsole.language import N_, _, ngettext
from boconsole.staff import finding
from screens import appraisal_acts, staff_rooms
from screens import appraisal_facts as facts
from screens.actions import CHANGE, SHOW, of_feature
from screens.appraisal_rooms import CYCLES
from screens.appraisals import ask_state, cycle_form, may_run
from screens.cells import Cell, fit, safe
from screens.dialogs import PromptDialog
from screens.following import RecordsChanged
from screens.keys import LIST, Action
from screens.lists import View
from screens.places import Place
from screens.prose import block, toned
from screens.registers import RegisterScreen, number
from screens.staff_facts import labelled
from screens.staff_forms import people_of
from screens.widgets.bars import Heading
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

FEATURE = facts.FEATURE
LABEL, BESIDE, WIDEST = 16, 24, 30
"""Cells of a value of the scale, of all beside its bar, and of the longest bar."""
EDIT, GIVE = (replace(one, when=may_run) for one in of_feature(FEATURE, "edit", "assign"))
(STATE,) = of_feature(FEATURE, "state")


class CycleScreen(staff_rooms.InRooms, RegisterScreen[Person]):
    """The people of a cycle by name, as far as they are seen.

    Args:
        cycle: As it was read.
    """

    TITLE = "Appraisals"
    ROOM = CYCLES
    AREA = staff_rooms.AREA
    FEATURE = FEATURE
    REGISTER = Register(
        text=lambda one: f"{one.number}\n{one.row.name}\n{one.department}",
        fields={
            "name": Has(lambda one: one.row.name), "department": Has(lambda one: one.department),
            "manager": Has(lambda one: one.row.manager),
            "rating": Has(lambda one: one.row.rating, "number"),
            "step": Has(lambda one: one.step, "choice", tuple(words.STEPS)),
            "reached": Has(lambda one: one.reached, "number"),
        },
        flags={"mine": lambda one: one.role == "manager", "waiting": lambda one: one.waits},
    )  # fmt: skip
    VIEWS = (
        View(N_("Whom I review"), "is:mine"),
        View(N_("What waits for me"), "is:waiting"),
        View(N_("Not yet rated"), "no:rating"),
        View(N_("By rating"), "sort:-rating"),
    )
    ACTIONS: ClassVar[Sequence[Action]] = (
        EDIT, STATE, GIVE,
        Action("appraisal.rate", N_("Move the rating"), ("c",), LIST, CHANGE, rank=11,
               short=N_("rate"), when=may_run),
        Action("appraisal.release", N_("Release the reviews"), ("A",), LIST, CHANGE, rank=14,
               short=N_("release"), when=may_run,
               help=N_("Marked ones, or this one; then the people read them.")),
        Action("appraisal.take", N_("Take somebody in"), ("+",), LIST, CHANGE, rank=15,
               short=N_("take in"), when=may_run),
        Action("appraisal.leave-out", N_("Take somebody out"), ("-",), LIST, CHANGE,
               when=may_run),
        Action("appraisal.compare", N_("Show how ratings lie by department"), ("=",), LIST, SHOW,
               rank=12, short=N_("ratings")),
    )  # fmt: skip
    PARTS = ("screens.appraisal_cycle:RatingsScreen",)

    def __init__(self, cycle: CycleRow) -> None:
        self.cycle = cycle
        self._shares: Sequence[Share] = ()
        super().__init__()

    # What it shows

    def heading(self) -> Heading:
        """Return the cycle, its phase and how the ratings lie."""
        cycle = self.cycle
        parts = [safe(cycle.name), _(facts.STATES[cycle.state].word)]
        if self._shares:
            steps = questions.scale_of(cycle.scale)
            counts = " ".join(f"{step.value}:{count}" for step, count
                              in zip(steps, self._shares[-1].counts, strict=True))  # fmt: skip
            parts.append(counts)
        return super().heading()._replace(view=" · ".join(parts))

    def columns(self) -> Sequence[Column[Person]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("number", N_("Number"), 8, lambda one: Cell(one.number, "info"), priority=2),
            Column("name", N_("Name"), 18, lambda one: Cell(safe(one.row.name)), grow=2,
                   sort="name"),
            Column("department", N_("Department"), 13, lambda one: Cell(safe(one.department)),
                   grow=1, sort="department"),
            Column("manager", N_("Reviewed by"), 14, lambda one: Cell(safe(one.row.manager)),
                   grow=1, priority=1, sort="manager"),
            Column("step", N_("Step"), 22, facts.step_word),
            Column("goals", N_("Goals"), 6, _weight, align="right", priority=3),
            Column("reached", N_("Reached"), 7, lambda one: facts.percent(one.reached),
                   align="right", priority=4, sort="reached"),
            Column("rating", N_("Rating"), 13, _rating, sort="rating"),
        )  # fmt: skip

    def read_rows(self) -> Sequence[Person]:
        """Return the people, and the cycle as it is now; blocks."""
        self.cycle = reading.find_cycle(self.session, self.cycle.number)
        found = reading.people(self.session, self.cycle)
        self._shares = reading.distribution(self.cycle, found)
        telling.mark_read(self.session, words.CYCLE, self.cycle.id)
        self.app.call_later(self.show_status)
        return found

    def key_of(self, row: Person) -> int:
        """Return the id."""
        return row.id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("Nobody is here; + takes somebody in, esc clears the filter.")

    def preview(self, row: Person) -> RenderableType:
        """Return somebody beside the list, with how the ratings of the department lie."""
        room = self.query_one(Preview).room
        lines = [toned((f"{row.number} {safe(row.row.name)}", "strong"))]
        lines += labelled(
            [(N_("Step"), facts.step_word(row)), (N_("Reviewed by"), Cell(safe(row.row.manager))),
             (N_("Rating"), _rating(row) if row.title else Cell(""))], room,
        )  # fmt: skip
        most = max((1, *(count for share in self._shares for count in share.counts)))
        for share in self._shares:
            if share.department in (row.department or "-", _("All")):
                lines += [Content(), toned((safe(share.department), "muted"))]
                lines += self._bars(share, most, room)
        return block(lines)

    def _bars(self, share: Share, most: int, room: int) -> list[Content]:
        """Return how many have each rating, all departments drawn to the same measure."""
        steps = questions.scale_of(self.cycle.scale)
        width = min(max(room - BESIDE, 4), WIDEST)
        return [
            toned((fit(f"{step.value} {safe(step.title)}", LABEL), ""), (f"{count:>5} ", "muted"),
                  ("▇" * -(-count * width // most), "info"))
            for step, count in zip(steps, share.counts, strict=True)
        ]  # fmt: skip

    def place(self) -> Place:
        """Return the cycle."""
        return Place(self.AREA, record=self.cycle.number)

    def records_changed(self, event: RecordsChanged) -> None:
        """Read everything again when the cycle changes too."""
        if event.feature in (FEATURE, facts.CYCLE):
            super().records_changed(RecordsChanged(FEATURE, ()))

    def undo_work(self) -> Callable[[], str] | None:
        """Return the operation that takes back one's own last step."""
        return partial(appraisal_acts.taken_back, self.session)

    # Going

    def open_row(self, row: Person) -> None:
        """Open an appraisal; J and K go on along the list."""
        from screens.appraisal import AppraisalScreen

        self.app.push_screen(AppraisalScreen(row.id, self))

    def neighbour(self, record_id: int, step: int) -> int | None:
        """Return the appraisal after (1) or before (-1) another, moving there."""
        window = self.table.listing.window
        ids = [window.key(row) for row in window.rows]
        place = ids.index(record_id) + step if record_id in ids else -1
        if not 0 <= place < len(ids):
            return None
        self.table.jump_to(ids[place])
        return ids[place]

    def action_compare(self) -> None:
        """Show the ratings by department."""
        self.app.push_screen(RatingsScreen(self.cycle))

    # Changing

    def action_edit(self) -> None:
        """Open the form of the cycle."""
        self.app.push_screen(cycle_form(self.session, self.cycle, lambda _row: None))

    def action_state(self) -> None:
        """Move the cycle to another phase."""
        ask_state(self, self.cycle, lambda _row: self.table.refresh_rows())

    def action_assign(self) -> None:
        """Choose who writes the review."""
        if (one := self.row) is not None:
            appraisal_acts.give(self, one.row, self._done)

    def action_rate(self) -> None:
        """Move the rating of the person under the cursor."""
        if (one := self.row) is not None:
            appraisal_acts.rate(self, self.cycle, one.row, self._done)

    def _done(self, _answer: object = None) -> None:
        self.table.refresh_rows()

    def action_release(self) -> None:
        """Release the marked reviews, or the one under the cursor."""

        def release(rows: Sequence[Person]) -> None:
            def said(done: Sequence[object]) -> str:
                told = ngettext("{n} review is released.", "{n} reviews are released.", len(done))
                return told.format(n=len(done))

            work = partial(rating.release, self.session, [one.row for one in rows])
            self.change(work, said=said, touched=tuple(one.id for one in rows), feature=FEATURE,
                        done=self._done)  # fmt: skip

        self.with_chosen(release)

    def action_take(self) -> None:
        """Ask who takes part too."""
        from screens.entries import Field
        from screens.forms import Form, FormScreen, draft_of

        field = Field("person", N_("Who"), required=True,
                      suggest=partial(people_of, self.session))  # fmt: skip

        def save(given: Mapping[str, object], _version: int) -> object:
            person = finding.find(self.session, str(given["person"]))
            return gathering.add(self.session, self.cycle, person.id)

        self.app.push_screen(FormScreen(
            Form(draft_of("appraisal.take", self.cycle.id), _("Take somebody in"), [field], save,
                 said=_("The person takes part."), saved=self._done, feature=FEATURE)
        ))  # fmt: skip

    def action_leave_out(self) -> None:
        """Ask why somebody takes no part any more."""
        if (one := self.row) is None:
            return
        row = one.row

        def take(reason: str | None) -> None:
            if reason:
                self.change(
                    partial(gathering.leave_out, self.session, row, reason),
                    said=_("{name} does not take part any more.").format(name=safe(row.name)),
                    touched=(row.id,), feature=FEATURE, done=self._done,
                )  # fmt: skip

        told = _("Why does {name} take no part? What was written is lost.").format(name=row.name)
        self.app.push_screen(PromptDialog(told), take)


class RatingsScreen(RegisterScreen[Share]):
    """How the ratings of a cycle lie, by department.

    Args:
        cycle: As it was read.
    """

    TITLE = "Ratings"
    AREA = staff_rooms.AREA
    FEATURE = FEATURE

    def __init__(self, cycle: CycleRow) -> None:
        self.cycle = cycle
        self._names: list[str] = []
        super().__init__()

    def heading(self) -> Heading:
        """Return the cycle."""
        told = _("{name}: ratings by department").format(name=safe(self.cycle.name))
        return super().heading()._replace(view=told)

    def columns(self) -> Sequence[Column[Share]]:
        """Return the department, then a column for each value of the scale."""
        steps = questions.scale_of(self.cycle.scale)
        return (
            Column("department", N_("Department"), 13, lambda one: Cell(safe(one.department)),
                   grow=1),
            *(Column(f"step{place}", f"{step.value} {step.title}"[:10], 10, _count(place),
                     align="right", priority=max(0, place - 4))
              for place, step in enumerate(steps)),
            Column("unrated", N_("None yet"), 8, lambda one: number(one.unrated), align="right"),
        )  # fmt: skip

    def read_rows(self) -> Sequence[Share]:
        """Return a row for each department, and all; blocks."""
        found = reading.distribution(self.cycle, reading.people(self.session, self.cycle))
        self._names = [one.department for one in found]
        return found

    def key_of(self, row: Share) -> int:
        """Return the place."""
        return self._names.index(row.department) + 1

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("Nobody takes part.")

    def open_row(self, row: Share) -> None:
        """Show who is in the department."""
        del row
        self.app.call_later(self.app.action_back)


def _count(place: int) -> Callable[[Share], Cell]:
    return lambda one: number(one.counts[place])


def _weight(one: Person) -> Cell:
    if not one.row.goals:
        return Cell("-", "muted")
    return Cell(f"{one.row.weight} %", "" if one.row.weight == 100 else "bad")


def _rating(one: Person) -> Cell:
    if one.row.rating is None:
        return Cell("-", "muted")
    return Cell(f"{one.row.rating} {safe(one.title)}", "strong")
