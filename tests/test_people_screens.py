"""Accounts, roles, sessions and one's own account on the screen."""

from pathlib import Path

import pyotp
import pytest
from textual.widgets import Input

from boconsole import credentials, open_sessions
from boconsole.accounts import changing, own_roles, reading
from boconsole.session import Session
from boconsole.tickets import changing as tickets
from boconsole.tickets.rows import Ref
from db import connection
from screens.admin.secrets import CodeScreen, SecretsDialog, ShownOnceDialog
from screens.admin.user import AccountScreen, UserScreen
from screens.forms import FormScreen
from screens.widgets.bars import NoticeLine
from tests.consoles import line
from tests.desks import SMALL, make, press, row, shown, type_text, whole_desk
from tests.people import add_agent, hash_quickly


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


GOOD = "tujuh ekor bebek biru"


async def test_account_is_made_let_in_once_and_disabled(
    local_session: Session, tmp_path: Path
) -> None:
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "0", "enter", "n")
        row(app, "login").text = "eve"
        row(app, "roles").text = "agent, auditor"
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, UserScreen)
        await press(pilot, "W", "p", "y")
        assert isinstance(app.screen, ShownOnceDialog)
        given = app.screen._secret
        opens = credentials.check_password("eve", given, local_session.now())
        tickets.assign(local_session, [Ref(make(local_session).id)], "eve")
        await press(pilot, "enter", "s", "y")
        left = shown(app)
        await press(pilot, "q", "q")
        listed = shown(app)

    assert opens
    assert "1 open ticket stays with it until somebody takes it: TKT-1" in left
    assert "eve" not in listed
    account = reading.get(local_session, "eve")
    assert (account.roles, account.active) == (("agent", "auditor"), False)
    assert given not in "".join(app.notices.current.text if app.notices.current else "")


async def test_own_password_is_changed_where_no_draft_keeps_it(
    local_session: Session, tmp_path: Path
) -> None:
    bea = add_agent(local_session, "bea")
    app = whole_desk(bea, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, ":", *"account", "enter", "W", "p")
        assert isinstance(app.screen, SecretsDialog)
        new, again = (app.screen.query_one(f"#{name}", Input) for name in ("new", "again"))
        new.value = again.value = "password1234"
        await press(pilot, "enter", "enter")
        refused = shown(app)
        new.value = again.value = GOOD
        await press(pilot)
        assert isinstance(app.screen, SecretsDialog)
        hidden = GOOD not in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, AccountScreen)

    assert "guessed first" in refused
    assert hidden
    assert credentials.check_password("bea", GOOD)
    assert connection.fetch("SELECT count(*) FROM draft") == [(0,)]


async def test_one_time_codes_are_asked_for_once_the_first_was_right(
    local_session: Session, tmp_path: Path
) -> None:
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, ":", *"account", "enter", "W", "c")
        assert isinstance(app.screen, CodeScreen)
        secret = app.screen._secret.replace(" ", "")
        await type_text(pilot, pyotp.TOTP(secret).at(local_session.now()))
        await press(pilot, "enter")

        assert "code" in shown(app)

    assert credentials.needs_code("root")


async def test_own_role_is_made_and_shown_in_words(local_session: Session, tmp_path: Path) -> None:
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, ":", *"roles", "enter", "e")
        built_in = line(app, NoticeLine)
        await press(pilot, "n")
        row(app, "name").text = "front_desk"
        row(app, "permissions").text = "ticket.read, contact.read"
        await press(pilot, "ctrl+s", "G", "enter")
        told = shown(app)

    assert "built in" in built_in
    assert "contacts" in told
    assert own_roles.get(local_session, "front_desk").permissions == (
        "contact.read", "ticket.read",
    )  # fmt: skip


async def test_session_is_ended_after_a_question(local_session: Session, tmp_path: Path) -> None:
    bea = add_agent(local_session, "bea")
    number = open_sessions.began(bea, "server", "console", "192.0.2.7")
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, ":", *"sessions", "enter")
        before = shown(app)
        await press(pilot, "D", "y")
        after = shown(app)

    assert "192.0.2.7" in before
    assert "ends, by root" in after
    assert open_sessions.to_end("server") == {number: "root"}


async def test_who_may_not_look_after_accounts_sees_their_own_alone(
    local_session: Session, tmp_path: Path
) -> None:
    changing.add(local_session, "hidden", name="Hidden Name")
    app = whole_desk(add_agent(local_session, "bea"), tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, ":", *"users", "enter")
        listed = shown(app)
        await press(pilot, ":", *"account", "enter", "s")
        said = line(app, NoticeLine)
        await press(pilot, "e")
        assert isinstance(app.screen, FormScreen)
        fields = [one.name for one in app.screen.form.fields]

    assert "Hidden Name" not in listed
    assert "your own account alone" in said
    assert fields == ["zone", "language"]
