"""The forms of accounts; no secret is typed in them, as forms keep drafts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from boconsole.accounts import changing, words
from boconsole.accounts.reading import EDIT, AccountRow
from boconsole.language import N_, _
from boconsole.session import Session
from boconsole.settings import LANGUAGES
from screens.admin.user_facts import FEATURE
from screens.entries import Field, Suggestion
from screens.forms import Form, FormScreen


def _role_field(roles: Sequence[str]) -> Field:
    def suggest(start: str) -> list[Suggestion]:
        low = start.lower()
        return [
            Suggestion(role, words.role_title(role))
            for role in roles
            if low in role.lower() or low in words.role_title(role).lower()
        ]

    return Field("roles", N_("Roles"), "tags", suggest=suggest, hint=N_("With commas between."))


NAME = Field("name", N_("Name"), required=True)
EMAIL = Field("email", N_("Mail address"))
OWN = (
    Field("zone", N_("Time zone"), hint=N_("Such as Asia/Jakarta; empty for the console's.")),
    Field("language", N_("Language"), "choice",
          choices=(("", N_("as the console")), *((word, word) for word in LANGUAGES))),
)  # fmt: skip


def new_form(
    session: Session, roles: Sequence[str], saved: Callable[[AccountRow], None]
) -> FormScreen:
    """Return the form of a new account."""
    login = Field("login", N_("Login"), required=True,
                  hint=N_("Small letters, digits, point, dash or underscore."))  # fmt: skip
    fields = (login, Field("name", N_("Name")), EMAIL, _role_field(roles))

    def save(given: Mapping[str, object], _version: int) -> AccountRow:
        return changing.add(
            session, str(given["login"]), name=str(given.get("name") or ""),
            email=str(given.get("email") or ""), roles=_words(given.get("roles")),
        )  # fmt: skip

    def said(account: AccountRow) -> str:
        return _("Account {login} is added; W gives it a key or a password.").format(
            login=account.login
        )

    values: dict[str, object] = {"roles": ("agent",)}
    return FormScreen(
        Form("user.new", _("New account"), fields, save, values, said=said,
             saved=saved, feature=FEATURE)
    )  # fmt: skip


def edit_form(
    session: Session, account: AccountRow, roles: Sequence[str],
    saved: Callable[[AccountRow], None],
) -> FormScreen:  # fmt: skip
    """Return the form of an account: all of it, or what people change of their own."""
    fields: tuple[Field, ...] = OWN
    if session.may(EDIT):
        fields = (NAME, EMAIL, *OWN)
        if account.id != session.user.id:
            fields = (NAME, EMAIL, _role_field(roles), *OWN)

    def save(given: Mapping[str, object], version: int) -> AccountRow:
        wanted = {
            name: _words(value) if name == "roles" else str(value or "")
            for name, value in given.items()
        }
        return changing.edit(session, account._replace(version=version), wanted)

    return FormScreen(
        Form("user.edit", _("Account {login}").format(login=account.login), fields, save,
             account._asdict(), account.id, account.version,
             said=_("Account {login} is changed.").format(login=account.login),
             saved=saved, feature=FEATURE)
    )  # fmt: skip


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(word) for word in value) if isinstance(value, tuple | list) else ()
