"""What the keys do to tickets, one or many: the same for a list with marks and an open ticket.

A screen that takes this in names its tickets with `targets`; every change goes through `change`
of the shell, so refusals, conflicts and undo are the same everywhere. What only a key needs is
imported when it is pressed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _
from boconsole.moments import parse_moment
from boconsole.session import Session
from boconsole.tickets.rows import Done, Ref
from boconsole.tickets.transitions import possible
from boconsole.tickets.words import STATES
from screens.cells import STATES as LOOKS
from screens.dialogs import Choice, MenuDialog, PromptDialog
from screens.shell import ShellScreen
from screens.ticket_facts import FEATURE, number, told_of

if TYPE_CHECKING:
    from boconsole.tickets import choosing
    from screens.picking import PickDialog

STATE_KEYS = {
    "new": "n", "open": "o", "pending": "p", "on_hold": "h", "resolved": "r", "closed": "c",
}  # fmt: skip
RESULTS = (
    ("fixed", N_("fixed")),
    ("answered", N_("answered")),
    ("workaround", N_("worked around")),
    ("not_reproducible", N_("cannot be reproduced")),
    ("declined", N_("declined")),
    ("by_itself", N_("went away by itself")),
)
"""Resolution codes offered; any other can be typed."""
OTHER = "?"
MANY = 500


class Seen(Protocol):
    """A ticket as a list or a detail shows it."""

    @property
    def id(self) -> int: ...  # noqa: D102
    @property
    def version(self) -> int: ...  # noqa: D102
    @property
    def state(self) -> str: ...  # noqa: D102
    @property
    def subject(self) -> str: ...  # noqa: D102
    @property
    def assignee(self) -> str: ...  # noqa: D102
    @property
    def tags(self) -> str | tuple[str, ...]: ...  # noqa: D102


class TicketChanges(ShellScreen):
    """Answers the keys that change fields of tickets; subclasses name the tickets."""

    FEATURE: ClassVar[str] = FEATURE

    if TYPE_CHECKING:

        def with_chosen(self, then: Callable[[Sequence[Seen]], object]) -> None:
            """Call `then` with the tickets a key acts on: the marked ones, else the one shown."""

    def changed(self, answer: Any) -> None:  # Any: what the operation answered
        """Do what follows a change; lists clear their marks."""

    def act(self, operation: Callable[[list[Ref]], Done], seen: Sequence[Seen]) -> None:
        """Run an operation on tickets and say how it went."""
        refs = [Ref(row.id, row.version) for row in seen]
        self.change(
            partial(operation, refs),
            said=partial(told_of, seen),
            touched=[row.id for row in seen],
            feature=FEATURE,
            done=self.changed,
        )

    def picker(self) -> type[PickDialog]:
        """Return the dialog in which one or several of many are chosen."""
        from screens.picking import PickDialog

        return PickDialog

    def on_chosen(self, then: Callable[[Sequence[Seen]], object]) -> None:
        """Call `then` with the tickets to act on, or say that there is none."""

        def check(seen: Sequence[Seen]) -> None:
            if seen:
                then(seen)
            else:
                self.app.say(_("There is no ticket here to change."), "warning")

        self.with_chosen(check)

    # State

    def action_state(self) -> None:
        """Choose one of the states that are possible from here."""
        self.on_chosen(self._ask_state)

    def _ask_state(self, seen: Sequence[Seen]) -> None:
        ways = [
            word for word in STATES if all(word in possible(row.state) for row in seen)
        ]  # fmt: skip
        if not ways:
            self.app.say(_("No state is possible from here; a merged ticket is parted with U."),
                         "warning")  # fmt: skip
            return
        choices = [Choice(word, _(LOOKS[word].word), STATE_KEYS[word]) for word in ways]
        title = _("State of {tickets}").format(tickets=named(seen))
        self.app.push_screen(MenuDialog(title, choices), partial(self._take_state, seen))

    def _take_state(self, seen: Sequence[Seen], state: str | None) -> None:
        if state == "pending":
            title = _("Open again by itself on (fri, +3d, 31/12; empty: when they answer)")
            self.app.push_screen(
                PromptDialog(title, check=self._moment_problem),
                lambda until: None if until is None else self.set_state(seen, state, until=until),
            )
        elif state in ("resolved", "closed") and any(row.state != "resolved" for row in seen):
            self._ask_result(seen, state)
        elif state is not None:
            self.set_state(seen, state)

    def _ask_result(self, seen: Sequence[Seen], state: str) -> None:
        choices = [Choice(code, _(text)) for code, text in RESULTS]
        choices += [Choice(OTHER, _("something else …")), Choice("", _("without a word"))]

        def take(code: str | None) -> None:
            if code == OTHER:
                self.app.push_screen(PromptDialog(_("Result in a word or two")), take)
            elif code is not None:
                self.set_state(seen, state, resolution=code)

        self.app.push_screen(MenuDialog(_("How did it end?"), choices), take)

    def _moment_problem(self, text: str) -> str:
        try:
            if text.strip():
                parse_moment(text, self.session.now(), self.session.zone, field="until")
        except InvalidChangeError as error:
            return error.reason
        return ""

    def set_state(
        self, seen: Sequence[Seen], state: str, *, until: str = "", resolution: str = ""
    ) -> None:
        """Bring tickets into a state."""
        from boconsole.tickets import changing

        def run(refs: list[Ref]) -> Done:
            return changing.set_state(
                self.session, refs, state, until=until or None, resolution=resolution
            )

        self.act(run, seen)

    # Assignee, tags

    def action_assign(self) -> None:
        """Choose who works on it."""
        from boconsole.tickets import choosing

        find = partial(choosing.accounts, self.session, "", MANY)
        self.on_chosen(lambda seen: self.load(find, partial(self._ask_assignee, seen), group="ask"))

    def _ask_assignee(self, seen: Sequence[Seen], accounts: Sequence[choosing.Choosable]) -> None:
        from boconsole.tickets import changing

        me = self.session.user.login
        choices = [
            Choice(one.value, _("{login} (me)").format(login=me) if one.value == me
                   else f"{one.value}  {one.about}")
            for one in accounts
        ]  # fmt: skip
        choices.insert(1, Choice("-", _("nobody")))

        def take(chosen: tuple[str, ...] | None) -> None:
            if chosen:
                login = None if chosen[0] == "-" else chosen[0]
                self.act(lambda refs: changing.assign(self.session, refs, login), seen)

        self.app.push_screen(
            self.picker()(_("Assign {tickets} to").format(tickets=named(seen)), choices), take
        )

    def action_tags(self) -> None:
        """Choose tags; those that all of the tickets have are marked."""
        from boconsole.tickets import choosing

        find = partial(choosing.tags, self.session, "", MANY)
        self.on_chosen(lambda seen: self.load(find, partial(self._ask_tags, seen), group="ask"))

    def _ask_tags(self, seen: Sequence[Seen], tags: Sequence[choosing.Choosable]) -> None:
        from boconsole.tickets import changing

        common = set.intersection(*(set(tags_of(row)) for row in seen))
        words = sorted(common) + [tag.value for tag in tags if tag.value not in common]

        def take(chosen: tuple[str, ...] | None) -> None:
            if chosen is None:
                return
            add, remove = sorted(set(chosen) - common), sorted(common - set(chosen))
            if not add and not remove:
                self.app.say(_("Nothing was changed."))
                return
            self.act(
                lambda refs: changing.change_tags(self.session, refs, add=add, remove=remove), seen
            )

        dialog = self.picker()(
            _("Tags of {tickets}").format(tickets=named(seen)),
            [Choice(word, word) for word in words],
            several=True, marked=sorted(common), new=True,
        )  # fmt: skip
        self.app.push_screen(dialog, take)

    # Undo

    def undo_work(self) -> Callable[[], str] | None:
        """Return the operation that takes back the last one of this person."""
        return partial(undo_last, self.session)


UNDONE = {
    "ticket.edit": N_("the edit"),
    "ticket.state": N_("the change of state"),
    "ticket.assign": N_("the assignment"),
    "ticket.tag": N_("the change of tags"),
    "ticket.watch": N_("the watching"),
    "ticket.reply": N_("the reply"),
    "ticket.note": N_("the note"),
    "ticket.request": N_("the message"),
    "ticket.macro": N_("the macro"),
    "ticket.merge": N_("the merge"),
    "ticket.link": N_("the link"),
    "ticket.unlink": N_("the removal of a link"),
}


def undo_last(session: Session) -> str:
    """Take back the last operation of the one who acts and return what it was; blocks."""
    from boconsole.tickets import undoing

    last = undoing.last_undoable(session)
    done = undoing.undo_last(session)
    action = last.action if last else ""
    what = _(UNDONE.get(action, action))
    return _("Undone: {what} of {tickets}.").format(what=what, tickets=named(done.tickets))


class Named(Protocol):
    """Anything with the id of a ticket."""

    @property
    def id(self) -> int: ...  # noqa: D102


def named(seen: Sequence[Named]) -> str:
    """Return tickets in a word: `TKT-4`, or `12 tickets`."""
    if len(seen) == 1:
        return number(seen[0].id)
    return _("{count} tickets").format(count=len(seen))


def tags_of(row: Seen) -> tuple[str, ...]:
    """Return the tags of a line or of a whole ticket."""
    if isinstance(row.tags, str):
        return tuple(word.strip() for word in row.tags.split(",") if word.strip())
    return row.tags
