"""How keys ask for leave and decide it, in lists and on an open request alike."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _, ngettext
from boconsole.leave import asking, deciding, words
from boconsole.leave.reading import Request
from boconsole.text import required_line
from screens.actions import CHANGE, SHOW, of_feature
from screens.dialogs import ConfirmDialog, PromptDialog
from screens.keys import Action
from screens.leave_facts import FEATURE
from screens.shell import ShellScreen


def needed(text: str) -> str:
    """Say that a reason is missing."""
    try:
        required_line(text, field="reason")
    except InvalidChangeError as error:
        return error.reason
    return ""


def leave_actions(where: str) -> tuple[Action, ...]:
    """Return the actions on requests, for a list or an open one."""
    new, edit = of_feature(FEATURE, "new", "edit", where=where)
    return (
        new,
        edit,
        Action("leave.approve", N_("Approve"), ("A",), where, CHANGE, rank=11,
               short=N_("approve"), help=N_("What somebody asks for; never one's own.")),
        Action("leave.reject", N_("Reject"), ("X",), where, CHANGE, rank=12, short=N_("reject"),
               help=N_("Asks for the reason, which the person reads.")),
        Action("leave.remove", N_("Withdraw"), ("D",), where, CHANGE, rank=17,
               short=N_("withdraw"), help=N_("Approved leave too, until it begins.")),
        Action("leave.post", N_("Ask for what is a draft"), ("P",), where, CHANGE, rank=18,
               short=N_("ask")),
        Action("leave.explain", N_("Explain the balance"), ("E",), where, SHOW, rank=13,
               short=N_("balance")),
    )  # fmt: skip


def impossible(action: Action, request: Request) -> str:
    """Say why an action cannot be done to a request."""
    if action.verb in ("approve", "reject") and not request.decides:
        return _("This is decided already, or not by you.")
    if action.verb == "post" and request.state != words.DRAFT:
        return _("This is no draft; it is asked for already.")
    if action.verb == "remove" and request.state not in (words.DRAFT, *words.STANDING):
        return _("This is over, or taken back already.")
    return ""


class LeaveActs(ShellScreen):
    """Answers the keys of `leave_actions`."""

    FEATURE: ClassVar[str] = FEATURE

    @abstractmethod
    def with_requests(self, then: Callable[[Sequence[Request]], object]) -> None:
        """Call `then` with the requests that an action works on."""

    def acted(self) -> None:
        """React once an operation is done."""

    def _on_some(self, then: Callable[[Sequence[Request]], object]) -> None:
        def take(found: Sequence[Request]) -> None:
            if found:
                then(found)
            else:
                self.app.say(_("There is no request here; n asks for leave."))

        self.with_requests(take)

    def _on_one(self, then: Callable[[Request], object]) -> None:
        def take(found: Sequence[Request]) -> None:
            if len(found) > 1:
                self.app.say(_("This works on one request at a time; clear the marks with esc."))
            else:
                then(found[0])

        self._on_some(take)

    # Answering keys

    def action_new(self) -> None:
        """Open the form of a new request."""
        from screens import leave_forms

        leave_forms.open_new(self, lambda _row: self.acted())

    def action_edit(self) -> None:
        """Open the form of a change."""
        from screens import leave_forms

        self._on_one(lambda found: leave_forms.open_change(self, found, lambda _row: self.acted()))

    def action_approve(self) -> None:
        """Approve."""

        def approve(found: Sequence[Request]) -> None:
            refs = [each.ref for each in found]
            said = _("{number} is approved.") if len(refs) == 1 else _("{n} requests are approved.")
            self._change(
                found, partial(deciding.approve, self.session, refs),
                said.format(number=found[0].number, n=len(refs)),
            )  # fmt: skip

        self._on_some(approve)

    def action_reject(self) -> None:
        """Ask for the reason, then reject."""

        def ask(found: Sequence[Request]) -> None:
            refs = [each.ref for each in found]
            title = ngettext("Why is {number} rejected?", "Why are {n} requests rejected?",
                             len(refs)).format(number=found[0].number, n=len(refs))  # fmt: skip
            said = ngettext("{number} is rejected.", "{n} requests are rejected.", len(refs))

            def reject(reason: str | None) -> None:
                if reason is not None:
                    self._change(
                        found, partial(deciding.reject, self.session, refs, reason),
                        said.format(number=found[0].number, n=len(refs)),
                    )  # fmt: skip

            self.app.push_screen(PromptDialog(title, check=needed), reject)

        self._on_some(ask)

    def action_remove(self) -> None:
        """Ask, then withdraw."""

        def ask(found: Request) -> None:
            number = found.number
            question = _("Withdraw {number}, {title}?").format(number=number, title=found.row.title)

            def withdraw(sure: bool | None) -> None:
                if sure:
                    self._change(
                        [found],
                        partial(asking.withdraw, self.session, found.row.id, found.row.version),
                        _("{number} is withdrawn.").format(number=number),
                    )

            self.app.push_screen(ConfirmDialog(question, yes=_("withdraw")), withdraw)

        self._on_one(ask)

    def action_post(self) -> None:
        """Ask for what was a draft."""

        def submit(found: Request) -> None:
            self._change(
                [found], partial(asking.submit, self.session, found.row.id, found.row.version),
                _("{number} is asked for.").format(number=found.number),
            )  # fmt: skip

        self._on_one(submit)

    def action_explain(self) -> None:
        """Show the ledger of the person under the cursor, or one's own."""

        def show(found: Sequence[Request]) -> None:
            from screens.leave_balance import BalanceScreen

            person = found[0].row if found else None
            self.app.push_screen(
                BalanceScreen(person.employee_id if person else 0, person.code if person else "")
            )

        self.with_requests(show)

    def _change(self, found: Sequence[Request], work: Callable[[], object], said: str) -> None:
        self.change(
            work, said=said, touched=[each.row.id for each in found], feature=FEATURE,
            done=lambda _answer: self.acted(),
        )  # fmt: skip
