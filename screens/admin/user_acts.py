"""What is done to accounts, in the list and on an open one alike."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar

from boconsole import credentials, passwords
from boconsole.accounts import changing, own_roles, reading, securing
from boconsole.accounts.changing import Disabled
from boconsole.accounts.reading import AccountRow, KeyRow
from boconsole.errors import BoconsoleError, InvalidChangeError
from boconsole.language import N_, _, grouped, ngettext
from boconsole.session import Session
from screens.actions import CHANGE, SHOW, of_feature
from screens.admin.secrets import CodeScreen, SecretsDialog, ShownOnceDialog, Values
from screens.admin.user_facts import FEATURE, when
from screens.admin.user_forms import edit_form, new_form
from screens.cells import line_text
from screens.dialogs import Choice, ConfirmDialog, MenuDialog, PromptDialog
from screens.help import LinesScreen
from screens.keys import Action
from screens.ledger.histories import show_history
from screens.shell import ShellScreen


def _why_not_others(screen: UserActs) -> str:
    if screen.session.may(reading.EDIT):
        return ""
    return _("You look after your own account alone; e and W change it.")


def user_actions(where: str) -> tuple[Action, ...]:
    """Return the actions on accounts, for the list or an open one."""
    new, edit, state = of_feature(FEATURE, "new", "edit", "state", where=where)
    return (
        replace(new, when=_why_not_others),
        edit,
        Action(state.id, N_("Disable or let in again"), state.keys, where, CHANGE, rank=12,
               short=N_("state"), when=_why_not_others),
        Action("user.ways", N_("Keys, password, one-time codes"), ("W",), where, CHANGE, rank=13,
               short=N_("keys/password")),
        Action("user.history", N_("What happened to it"), ("H",), where, SHOW, rank=20,
               short=N_("history")),
    )  # fmt: skip


class UserActs(ShellScreen):
    """Answers the keys of `user_actions`."""

    FEATURE: ClassVar[str] = FEATURE

    @abstractmethod
    def with_account(self, then: Callable[[AccountRow], object]) -> None:
        """Call `then` with the account that is looked at, if there is one."""

    @abstractmethod
    def open_account(self, account: AccountRow) -> None:
        """Show an account that was made."""

    def changed(self) -> None:
        """React once an operation is done."""

    def _is_mine(self, account: AccountRow) -> bool:
        return account.id == self.session.user.id

    def _do(self, work: Callable[[], object], said: str, account: AccountRow) -> None:
        self.change(work, said=said, touched=(account.id,), done=lambda _done: self.changed())

    # Forms

    def _roles(self, then: Callable[[Sequence[str]], None]) -> None:
        def read() -> list[str]:
            return [role.name for role in own_roles.list_all(self.session)]

        self.load(read, then, group="ask")

    def action_new(self) -> None:
        """Open an empty form."""

        def show(roles: Sequence[str]) -> None:
            self.app.push_screen(new_form(self.session, roles, self.open_account))

        self._roles(show)

    def action_edit(self) -> None:
        """Open the form of an account."""

        def show(account: AccountRow, roles: Sequence[str]) -> None:
            self.app.push_screen(
                edit_form(self.session, account, roles, lambda _account: self.changed())
            )

        self.with_account(lambda account: self._roles(partial(show, account)))

    def action_history(self) -> None:
        """Show who did what to the account."""

        def show(account: AccountRow) -> None:
            read = partial(reading.history, self.session, account)
            show_history(self, account.login, read)

        self.with_account(show)

    # State

    def action_state(self) -> None:
        """Disable an active account after a question; let a disabled one in again."""
        self.with_account(lambda account: self._state(account))

    def _state(self, account: AccountRow) -> None:
        if not account.active:
            self._do(
                partial(changing.enable, self.session, account.login),
                _("Account {login} is active.").format(login=account.login), account,
            )  # fmt: skip
            return

        def take(sure: bool | None) -> None:
            if sure:
                self.change(
                    partial(changing.disable, self.session, account.login),
                    said=_("Account {login} is disabled; its sessions end.").format(
                        login=account.login),
                    touched=(account.id,), done=self._tell_left_behind,
                )  # fmt: skip

        question = _(
            "Disable {login}? It is let in no more and its sessions end; its tickets and drafts "
            "stay with it."
        ).format(login=account.login)
        self.app.push_screen(ConfirmDialog(question, yes=_("disable")), take)

    def _tell_left_behind(self, done: Disabled) -> None:
        """Show what stays with a disabled account, where something does."""
        self.changed()
        login = done.account.login
        lines = []
        if done.open:
            told = ngettext(
                "{n} open ticket stays with it until somebody takes it: {numbers}",
                "{n} open tickets stay with it until somebody takes them: {numbers}", done.open,
            )  # fmt: skip
            more = " …" if done.open > len(done.tickets) else ""
            numbers = ", ".join(done.tickets) + more
            lines += [
                told.format(n=grouped(done.open), numbers=numbers),
                _("All of them: :tickets assignee:{login}").format(login=login),
            ]
        if done.drafts:
            told = ngettext("{n} text that it never sent is kept.",
                            "{n} texts that it never sent are kept.", done.drafts)  # fmt: skip
            lines.append(told.format(n=grouped(done.drafts)))
        if lines:
            title = _("{login} is disabled").format(login=login)
            self.app.push_screen(LinesScreen(title, [line_text(line) for line in lines]))

    # Ways in

    def action_ways(self) -> None:
        """Offer what can be done about keys, password and codes."""

        def ask(account: AccountRow) -> None:
            def take(act: str | None) -> None:
                if act is not None:
                    self._acts[act](account)

            menu = MenuDialog(
                _("Ways in of {login}").format(login=account.login), self._choices(account)
            )
            self.app.push_screen(menu, take)

        self.with_account(ask)

    def _choices(self, account: AccountRow) -> list[Choice]:
        mine = self._is_mine(account)
        found = [Choice("add-key", _("Add a key"), "a")]
        if account.keys:
            found.append(Choice("remove-key", _("Remove a key"), "r"))
        if mine:
            title = _("Change my password") if account.password else _("Set a password")
            found.append(Choice("password", title, "p"))
        else:
            found.append(Choice("reset", _("Give a one-time password"), "p"))
        if account.password:
            reason = "" if account.keys else _("it is the only way in")
            found.append(Choice("no-password", _("Sign in without a password"), "w", reason))
        if mine:
            title = _("Set up one-time codes anew") if account.code else _("Set up one-time codes")
            found.append(Choice("code", title, "c"))
        if account.code:
            found.append(Choice("no-code", _("Sign in without one-time codes"), "n"))
        return found

    @property
    def _acts(self) -> Mapping[str, Callable[[AccountRow], object]]:
        return {
            "add-key": self._add_key, "remove-key": self._remove_key, "password": self._password,
            "reset": self._reset, "no-password": self._no_password, "code": self._code,
            "no-code": self._no_code,
        }  # fmt: skip

    def _add_key(self, account: AccountRow) -> None:
        def take(text: str | None) -> None:
            if text:
                self.change(
                    partial(_add_key, self.session, account.login, text),
                    said=_key_said(account), touched=(account.id,),
                    done=lambda _key: self.changed(),
                )  # fmt: skip

        title = _("Paste the line of the file ending in .pub, or type the path of the file")
        self.app.push_screen(PromptDialog(title), take)

    def _remove_key(self, account: AccountRow) -> None:
        def show(keys: Sequence[KeyRow]) -> None:
            choices = [
                Choice(key.fingerprint, f"{key.label}  {key.fingerprint[:20]}…") for key in keys
            ]

            def take(which: str | None) -> None:
                if which is not None:
                    self._do(
                        partial(securing.remove_key, self.session, account.login, which),
                        _("The key opens {login} no more.").format(login=account.login), account,
                    )  # fmt: skip

            self.app.push_screen(MenuDialog(_("Remove which key?"), choices), take)

        self.load(partial(reading.keys, self.session, account), show, group="ask")

    def _password(self, account: AccountRow) -> None:
        lines = [("new", _("New password")), ("again", _("The same again"))]
        if account.password:
            lines.insert(0, ("old", _("Old password")))

        def check(values: Values) -> str:
            try:
                passwords.check_rules(values["new"], account.login, account.name, account.email)
            except InvalidChangeError as error:
                return str(error)
            return "" if values["new"] == values["again"] else _("The two are not the same.")

        def take(values: Values | None) -> None:
            if values is not None:
                self._do(
                    partial(credentials.change_password, self.session, values.get("old", ""),
                            values["new"]),
                    _("Your password is changed."), account,
                )  # fmt: skip

        dialog = SecretsDialog(_("My password"), lines, passwords.rules(), check)
        self.app.push_screen(dialog, take)

    def _reset(self, account: AccountRow) -> None:
        def show(given: securing.Reset) -> None:
            about = (
                _("For {login}, good until {until}.").format(
                    login=given.login, until=when(given.until, self.session)
                ),
                _("It has to be changed at the first sign-in; the one before is forgotten."),
            )
            self.app.push_screen(ShownOnceDialog(_("One-time password"), given.password, about))
            self.changed()

        def take(sure: bool | None) -> None:
            if sure:
                work = partial(securing.reset, self.session, account.login)
                self.change(work, touched=(account.id,), done=show)

        question = _("Give {login} a one-time password? The present one is forgotten.")
        dialog = ConfirmDialog(question.format(login=account.login), yes=_("give one"))
        self.app.push_screen(dialog, take)

    def _no_password(self, account: AccountRow) -> None:
        self._do(
            partial(securing.remove_password, self.session, account.login),
            _("{login} signs in with keys alone.").format(login=account.login), account,
        )  # fmt: skip

    def _code(self, account: AccountRow) -> None:
        def show(found: tuple[securing.NewCode, list[str]]) -> None:
            fresh, picture = found

            def take(code: str | None) -> None:
                if code:
                    self._do(
                        partial(securing.set_code, self.session, fresh.secret, code),
                        _("From now on you sign in with a one-time code too."), account,
                    )  # fmt: skip

            self.app.push_screen(CodeScreen(picture, fresh.secret, fresh.uri), take)

        def make() -> tuple[securing.NewCode, list[str]]:
            fresh = securing.new_code(self.session)
            return fresh, securing.qr_lines(fresh.uri)

        self.load(make, show, group="ask")

    def _no_code(self, account: AccountRow) -> None:
        self._do(
            partial(securing.remove_code, self.session, account.login),
            _("{login} signs in without a one-time code.").format(login=account.login), account,
        )  # fmt: skip


def _add_key(session: Session, login: str, text: str) -> KeyRow:
    """Add the key of a pasted line, or of a file on the machine of the console."""
    is_line = " " in text.strip()
    if not is_line and session.origin in ("cli", "console"):
        try:
            text = Path(text.strip()).expanduser().read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or _("it is no text")
            raise BoconsoleError(
                _("{path} cannot be read: {reason}.").format(path=text, reason=reason)
            ) from error
    return securing.add_key(session, login, text)


def _key_said(account: AccountRow) -> Callable[[KeyRow], str]:
    told = _("Key {key} opens {login} now.")
    return lambda key: told.format(key=key.label, login=account.login)
