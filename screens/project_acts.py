"""What is done on an open project: to its tasks, and to what else its tabs show."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from boconsole.language import _, ngettext
from boconsole.projects import (
    baselines,
    changing,
    people,
    reading,
    risks,
    scheduling,
    tasking,
    tree,
    undoing,
    words,
)
from boconsole.projects.card import Card
from boconsole.projects.reading import TaskRow
from screens import project_board as board
from screens import project_forms as forms
from screens import project_tabs as tabs
from screens.dialogs import Choice, ConfirmDialog, MenuDialog, PromptDialog
from screens.project_facts import PROJECT, STATES, TASK, TASK_STATES
from screens.project_lines import Item
from screens.project_timers import Then, toggle
from screens.shell import ShellScreen


class ProjectActs(ShellScreen):
    """Answers the keys that change a project.

    Attributes:
        whole: The project as it is shown.
        tab: Which one is open.
        chosen: What the cursor is on.
    """

    whole: Card | None
    tab: str
    chosen: Item | None

    # What is acted on

    def task_here(self) -> TaskRow | None:
        """Return the task under the cursor, or say that there is none."""
        if self.whole is not None and self.chosen is not None and self.chosen.kind == "task":
            for task in self.whole.plan.tasks:
                if task.id == self.chosen.id:
                    return task
        self.app.say(_("There is no task under the cursor."))
        return None

    def act(self, work: Callable[[], object], said: str | Callable[[object], str]) -> None:
        """Run an operation on tasks and read the project again."""
        self.change(work, said=said, feature=TASK, done=lambda _done: self.action_refresh())

    def action_refresh(self) -> None:
        """Read it again."""
        raise NotImplementedError

    # Adding and changing

    def action_new(self) -> None:
        """Add what the tab shows: a task, a risk, an objective or key result, a person."""
        card = self.whole
        if card is None:
            return
        project = card.plan.project
        if self.tab in tabs.OF_TASKS:
            self.app.push_screen(forms.new_task(self.session, card.plan, self._holder(card)))
        elif self.tab == tabs.RISKS:
            self.app.push_screen(forms.new_risk(self.session, project.id))
        elif self.tab == tabs.GOALS:
            self._new_goal(card)
        elif self.tab == tabs.PEOPLE:
            self.app.push_screen(forms.new_person(self.session, project.id))
        else:
            self.app.push_screen(forms.new_report(self.session, project))

    def _holder(self, card: Card) -> int | None:
        """Return what holds the task under the cursor, or that task where it holds others."""
        for task in card.plan.tasks:
            if self.chosen == Item("task", task.id):
                return task.id if task.children else task.parent_id
        return None

    def _new_goal(self, card: Card) -> None:
        here = self.chosen
        for goal in card.goals:
            results = {Item("result", each.id) for each in goal.results}
            if here is not None and here in {Item("objective", goal.row.id), *results}:
                choices = [Choice("result", _("A key result of it"), "k"),
                           Choice("objective", _("An objective"), "o")]  # fmt: skip
                self.app.push_screen(
                    MenuDialog(goal.row.title, choices), partial(self._new_one, goal)
                )
                return
        self.app.push_screen(forms.new_objective(self.session, card.plan.project.id))

    def _new_one(self, goal: object, chosen: str | None) -> None:
        from boconsole.projects.goals import Goal

        if chosen and isinstance(goal, Goal):
            self.app.push_screen(
                forms.new_result(self.session, goal) if chosen == "result"
                else forms.new_objective(self.session, goal.row.project_id)
            )  # fmt: skip

    def action_edit(self) -> None:
        """Change what is under the cursor."""
        card, here = self.whole, self.chosen
        if card is None:
            return
        if here is None:
            self.action_edit_project()
        elif here.kind == "task":
            if (row := self.task_here()) is not None:
                self.app.push_screen(forms.edit_task(self.session, card.plan, row))
        elif here.kind == "risk":
            risk = next(each for each in card.risks if each.id == here.id)
            self.app.push_screen(forms.edit_risk(self.session, risk))
        elif here.kind == "person":
            person = next(each for each in card.people if each.id == here.id)
            self.app.push_screen(forms.edit_person(self.session, person))
        elif here.kind == "result":
            results = [each for goal in card.goals for each in goal.results]
            found = next(each for each in results if each.id == here.id)
            self.app.push_screen(forms.measure_result(self.session, found))
        else:
            self.app.say(_("This stays as it was said."))

    def action_edit_project(self) -> None:
        """Change facts of the project."""
        if self.whole is not None:
            self.app.push_screen(forms.edit_project(self.session, self.whole.plan.project))

    def action_report(self) -> None:
        """Report how the project stands."""
        if self.whole is not None:
            self.app.push_screen(forms.new_report(self.session, self.whole.plan.project))

    def action_remove(self) -> None:
        """Take somebody out of the project."""
        here = self.chosen
        if here is None or here.kind != "person" or self.whole is None:
            self.app.say(_("Only people are taken out; tasks are dropped with s."))
            return
        person = next(each for each in self.whole.people if each.id == here.id)

        def take(sure: bool | None) -> None:
            if sure:
                self.change(
                    partial(people.remove, self.session, person.id), feature=PROJECT,
                    said=_("{name} is out of it.").format(name=person.name),
                    done=lambda _done: self.action_refresh(),
                )  # fmt: skip

        question = _("Take {name} out of the project?").format(name=person.name)
        self.app.push_screen(ConfirmDialog(question, yes=_("take out")), take)

    # States

    def action_state(self) -> None:
        """Choose the state of what is under the cursor."""
        here = self.chosen
        if here is not None and here.kind == "risk":
            self._turn_risk(here.id)
        elif (row := self.task_here()) is not None:
            choices = [Choice(state, _(look.word), key) for (state, look), key in
                       zip(TASK_STATES.items(), "tgwdx", strict=True)]  # fmt: skip
            seen = row

            def take(chosen: str | None) -> None:
                if chosen:
                    self.move(seen, chosen)

            self.app.push_screen(MenuDialog(row.title, choices, current=row.state), take)

    def move(self, row: TaskRow, state: str) -> None:
        """Let a task have a state."""
        said = _("{number} is {state} now; u undoes it.").format(
            number=words.task_number(row.id), state=_(words.TASK_STATES[state])
        )
        self.act(partial(tasking.set_state, self.session, [row], state), said)

    def _turn_risk(self, risk_id: int) -> None:
        risk = next(each for each in self.whole.risks if each.id == risk_id) if self.whole else None
        if risk is None:
            return
        state = risks.OPEN if risk.state == risks.CLOSED else risks.CLOSED
        self.change(
            partial(risks.edit, self.session, risk.id, risk.version, {"state": state}),
            said=_("{title}: {state}.").format(title=risk.title, state=_(risks.STATES[state])),
            feature=PROJECT, done=lambda _done: self.action_refresh(),
        )  # fmt: skip

    def action_project_state(self) -> None:
        """Choose the state of the project."""
        if self.whole is None:
            return
        project = self.whole.plan.project
        choices = [Choice(state, _(look.word), look.letter.lower()) for state, look in
                   STATES.items()]  # fmt: skip

        def take(chosen: str | None) -> None:
            if chosen:
                said = _("{number} is {state} now; u undoes it.").format(
                    number=words.number(project.id), state=_(words.STATES[chosen])
                )
                self.change(
                    partial(changing.set_state, self.session, project.id, chosen,
                            project.version),
                    said=said, feature=PROJECT, done=lambda _done: self.action_refresh(),
                )  # fmt: skip

        self.app.push_screen(MenuDialog(project.name, choices, current=project.state), take)

    def action_card_left(self) -> None:
        """Move the card to the column before."""
        self._carry(-1)

    def action_card_right(self) -> None:
        """Move the card to the next column."""
        self._carry(1)

    def _carry(self, step: int) -> None:
        row = self.task_here()
        if row is None or row.children:
            return
        here = board.COLUMNS.index(row.state) if row.state in board.COLUMNS else -1
        place = here + step
        if 0 <= place < len(board.COLUMNS):
            self.move(row, board.COLUMNS[place])

    def action_assign(self) -> None:
        """Give the task under the cursor to somebody."""
        row = self.task_here()
        if row is None:
            return

        def take(login: str | None) -> None:
            if login is not None:
                who = login.strip() or _("nobody")
                said = _("{number} is with {login} now; u undoes it.").format(
                    number=words.task_number(row.id), login=who
                )
                self.act(partial(tasking.assign, self.session, [row], login.strip()), said)

        self.app.push_screen(PromptDialog(_("Who does it? A login; nothing for nobody."),
                                          row.owner or self.session.user.login), take)  # fmt: skip

    # The tree

    def action_indent(self) -> None:
        """Put the task into the one above it."""
        row, card = self.task_here(), self.whole
        if row is None or card is None:
            return
        beside = [node.task for node in tree.walk(card.plan.tasks)
                  if node.task.parent_id == row.parent_id]  # fmt: skip
        place = next(at for at, task in enumerate(beside) if task.id == row.id)
        if not place:
            self.app.say(_("There is no task above it that could hold it."))
            return
        self.act(partial(tasking.place, self.session, row, beside[place - 1].id),
                 _("{number} is in {other} now.").format(
                     number=words.task_number(row.id),
                     other=words.task_number(beside[place - 1].id)))  # fmt: skip

    def action_outdent(self) -> None:
        """Put the task beside the one that holds it."""
        row, card = self.task_here(), self.whole
        if row is None or card is None:
            return
        holder = next((task for task in card.plan.tasks if task.id == row.parent_id), None)
        if holder is None:
            self.app.say(_("It lies in no other task."))
            return
        said = _("{number} is out of {other} now.").format(
            number=words.task_number(row.id), other=words.task_number(holder.id)
        )
        self.act(partial(tasking.place, self.session, row, holder.parent_id), said)

    # Time and dates

    def action_timer(self) -> None:
        """Start the timer on the task, or stop it."""
        if (row := self.task_here()) is not None:
            seen = self.whole.timer if self.whole else None
            then = Then(TASK, done=self.action_refresh)
            toggle(self, words.task_number(row.id), seen, then)

    def action_time(self) -> None:
        """Note time on the task by hand."""
        if (row := self.task_here()) is not None:
            number = words.task_number(row.id)
            self.app.push_screen(forms.new_time(self.session, number, row.title))

    def action_follow(self) -> None:
        """Show what would move if dates followed, and move it when it is agreed."""
        if self.whole is None:
            return
        plan = self.whole.plan
        found = scheduling.moves(plan, reading.today(self.session))
        if not found:
            self.app.say(_("Nothing has to move: each task starts when it can."))
            return
        first = ", ".join(
            f"{words.task_number(move.task.id)} {move.task.due_on or '-'} → {move.due_on}"
            for move in found[:4]
        )
        more = _(" and {n} more").format(n=len(found) - 4) if len(found) > 4 else ""

        def take(sure: bool | None) -> None:
            if sure:
                self.act(
                    partial(scheduling.follow, self.session, plan.project.id),
                    lambda done: _("{n} tasks moved; u undoes it.").format(n=_size(done)),
                )

        question = ngettext("{n} task would move: ", "{n} tasks would move: ", len(found)).format(
            n=len(found)
        )
        self.app.push_screen(ConfirmDialog(question + first + more, yes=_("move them")), take)

    def action_baseline(self) -> None:
        """Keep the plan as it is now."""
        if self.whole is None:
            return
        project = self.whole.plan.project

        def take(name: str | None) -> None:
            if name is not None:
                self.change(
                    partial(baselines.keep, self.session, project.id, name), feature=PROJECT,
                    said=lambda kept: _("{name} is kept; the timeline shows it.").format(
                        name=kept.name),
                    done=lambda _done: self.action_refresh(),
                )  # fmt: skip

        name = _("Baseline of {day}").format(day=self.session.now().date())
        self.app.push_screen(PromptDialog(_("Keep the plan as"), name), take)

    def action_undo(self) -> None:
        """Take the last change back."""
        self.change(
            partial(undoing.undo_last, self.session), feature=TASK,
            said=lambda numbers: _("Undone: {numbers}.").format(numbers=", ".join(numbers)),
            done=lambda _done: self.action_refresh(),
        )  # fmt: skip


def _size(done: object) -> int:
    return len(done) if isinstance(done, list) else 0
