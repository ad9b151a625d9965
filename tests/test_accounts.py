"""Accounts: who may change which one, what is refused, and what the trail says."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from boconsole import audit, credentials, signing_in
from boconsole.accounts import changing, own_roles, public_keys, ranks, reading, securing
from boconsole.accounts.errors import (
    AdminOnlyError,
    KeyTakenError,
    LastAdminError,
    OwnAccountError,
    RoleHeldError,
)
from boconsole.errors import (
    BoconsoleError,
    InvalidChangeError,
    NotAllowedError,
    NotFoundError,
    StaleRecordError,
)
from boconsole.ledger import approving
from boconsole.roles import ROLES
from boconsole.session import Session
from boconsole.tickets import changing as tickets
from boconsole.tickets import creating
from boconsole.tickets.rows import NewTicket, Ref
from db import connection
from tests.people import add_agent, hash_quickly


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


GOOD = "tujuh ekor bebek biru"
KEY = (
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0n8vKPXY6bG6S2rYJwLr6nG1b7lq6O4e0p0m1m8p3H "
    "eve@laptop"
)  # fmt: skip


def trail(session: Session, login: str) -> list[tuple[str, dict[str, tuple[object, object]]]]:
    account = reading.get(session, login)
    return [
        (entry.action, {one.field: (one.before, one.after) for one in entry.changes})
        for entry in audit.history(session, "user", account.id)
    ]


def test_a_change_is_written_down_with_before_and_after(session: Session) -> None:
    eve = changing.add(session, "eve", name="Eve", roles=["auditor"])

    changing.edit(session, eve, {"name": "Eve Adams", "roles": ["agent", "auditor"], "zone": ""})

    assert trail(session, "eve") == [
        ("user.add", {"login": (None, "eve"), "name": (None, "Eve"),
                      "roles": (None, ["auditor"])}),
        ("user.edit", {"name": ("Eve", "Eve Adams"),
                       "roles": (["auditor"], ["agent", "auditor"])}),
    ]  # fmt: skip
    with pytest.raises(StaleRecordError) as stale:
        changing.edit(session, eve, {"name": "Evelyn"})
    assert stale.value.theirs["name"] == "Eve Adams"


def test_the_last_active_administrator_stays_one(session: Session) -> None:
    second = add_agent(session, "second", ("admin",))
    root = reading.get(session, "root")

    changing.disable(second, "root")
    for forbidden in (
        lambda: changing.disable(session, "second"),
        lambda: changing.edit(session, reading.by_login("second"), {"roles": ["agent"]}),
    ):
        with pytest.raises(NotFoundError, match="root"):
            forbidden()
    with pytest.raises(LastAdminError, match="second"):
        ranks.require_admin_left(reading.by_login("second"))

    changing.enable(second, "root")
    assert changing.edit(second, reading.by_login("root"), {"roles": ["agent"]}).id == root.id
    with pytest.raises(OwnAccountError):
        changing.disable(second, "second")


def test_nobody_changes_their_own_roles_or_shuts_themselves_out(session: Session) -> None:
    changing.add(session, "second", roles=["admin"])
    me = reading.get(session, "root")

    for forbidden in (
        lambda: changing.edit(session, me, {"roles": ["agent"]}),
        lambda: changing.disable(session, "root"),
        lambda: securing.reset(session, "root"),
    ):
        with pytest.raises(OwnAccountError):
            forbidden()
    assert changing.edit(session, me, {"zone": "Asia/Jakarta"}).zone == "Asia/Jakarta"


def test_who_looks_after_accounts_makes_nobody_an_administrator(session: Session) -> None:
    own_roles.save(session, "front_desk", ["user.read", "user.edit", "ticket.read"])
    changing.add(session, "dora", roles=["front_desk"])
    dora = replace(session, user=session.user._replace(id=2, login="dora"),
                   permissions=signing_in.permissions_for(2))  # fmt: skip
    eve = changing.add(dora, "eve")
    root = reading.get(dora, "root")

    for forbidden in (
        lambda: changing.add(dora, "bob", roles=["admin"]),
        lambda: changing.edit(dora, eve, {"roles": ["front-desk"]}),
        lambda: changing.edit(dora, root, {"email": "dora@own.example"}),
        lambda: securing.reset(dora, "root"),
        lambda: securing.add_key(dora, "root", KEY),
        lambda: changing.disable(dora, "root"),
    ):
        with pytest.raises(AdminOnlyError):
            forbidden()
    with pytest.raises(NotAllowedError):
        own_roles.save(dora, "front_desk", ["audit.read"])
    assert changing.edit(dora, eve, {"roles": ["auditor"]}).roles == ("auditor",)


def test_open_tickets_of_a_disabled_account_are_named_and_take_no_new_ones(
    session: Session,
) -> None:
    eve = add_agent(session, "eve")
    one, two = (creating.create(session, NewTicket(name)) for name in ("One", "Two"))
    tickets.assign(session, [Ref(one.id)], "eve")

    done = changing.disable(session, "eve")

    assert (done.tickets, done.open) == (("TKT-1",), 1)
    with pytest.raises(BoconsoleError, match="eve"):
        tickets.assign(session, [Ref(two.id)], "eve")
    assert trail(session, "eve")[-1] == ("user.disable", {"active": (True, False)})
    assert [row.login for row in reading.list_page(session, "").rows] == ["root"]
    assert changing.enable(session, "eve").roles == ("agent",)
    assert eve.user.id == reading.get(session, "eve").id


def test_a_reset_password_opens_the_account_once(session: Session) -> None:
    eve = add_agent(session, "eve")
    credentials.change_password(eve, "", GOOD)

    given = securing.reset(session, "eve")

    now = session.now()
    assert credentials.check_password("eve", given.password, now)
    assert not credentials.check_password("eve", GOOD, now)
    assert credentials.must_change("eve")
    assert not credentials.check_password("eve", given.password, given.until)
    assert given.password not in str(connection.fetch("SELECT * FROM audit_entry"))


def test_a_key_opens_one_account_and_is_removed_by_name(session: Session) -> None:
    eve, bob = add_agent(session, "eve"), add_agent(session, "bob")

    key = securing.add_key(eve, "eve", KEY)

    assert (key.label, key.kind) == ("eve@laptop", "ssh-ed25519")
    assert credentials.keys_of("eve") == [KEY.rpartition(" ")[0]]
    with pytest.raises(KeyTakenError, match="another account"):
        securing.add_key(bob, "bob", KEY, "mine")
    with pytest.raises(NotAllowedError):
        securing.remove_key(bob, "eve", "eve@laptop")
    with pytest.raises(NotFoundError):
        securing.remove_key(eve, "eve", "tower")
    securing.remove_key(eve, "eve", key.fingerprint)
    assert credentials.keys_of("eve") == []


@pytest.mark.parametrize(
    ("options", "refused"),
    [
        (("-t", "ed25519"), ""), (("-t", "ecdsa", "-b", "384"), ""),
        (("-t", "rsa", "-b", "2048"), ""),
        (("-t", "rsa", "-b", "1024"), "1024 bits"),
    ],
)  # fmt: skip
def test_keys_are_judged_and_named_as_openssh_does(
    tmp_path: Path, options: tuple[str, ...], refused: str
) -> None:
    path = tmp_path / "key"
    subprocess.run(
        ["ssh-keygen", "-q", "-N", "", "-C", "eve@laptop", "-f", path, *options], check=True
    )
    told = subprocess.run(
        ["ssh-keygen", "-l", "-f", path], capture_output=True, text=True, check=True
    )
    text = path.with_suffix(".pub").read_text()

    if refused:
        with pytest.raises(InvalidChangeError, match=refused):
            public_keys.read_key(text)
    else:
        assert public_keys.read_key(text).fingerprint == told.stdout.split()[1]
    with pytest.raises(InvalidChangeError, match="private"):
        public_keys.read_key(path.read_text())


@pytest.mark.parametrize(
    "text",
    ["", "hello", KEY[:60], f'command="ls" {KEY}', f"{KEY}\n{KEY}", KEY.replace("ed25519", "rsa"),
     "ssh-ed25519 AAAA", "ssh-dss AAAAB3NzaC1kc3MAAAAA x"],
)  # fmt: skip
def test_what_is_no_public_key_is_refused_in_words(text: str) -> None:
    with pytest.raises(InvalidChangeError) as refusal:
        public_keys.read_key(text)

    assert refusal.value.field == "key"


def test_a_code_counts_once_it_was_shown_to_work(session: Session) -> None:
    import pyotp

    eve = add_agent(session, "eve")
    fresh = securing.new_code(eve)
    now = session.now()

    with pytest.raises(InvalidChangeError, match="six digits"):
        securing.set_code(eve, fresh.secret, "000000")
    assert not credentials.needs_code("eve")
    code = pyotp.TOTP(fresh.secret).at(now)
    securing.set_code(eve, fresh.secret, code)

    assert fresh.uri.startswith("otpauth://totp/boconsole:eve?secret=")
    assert credentials.needs_code("eve")
    assert not credentials.check_code("eve", code, now)
    assert fresh.secret not in str(connection.fetch("SELECT * FROM audit_entry"))
    assert len({len(line) for line in securing.qr_lines(fresh.uri)}) == 1
    securing.remove_code(session, "eve")
    assert not credentials.needs_code("eve")


def test_an_own_role_allows_what_it_names_until_nobody_holds_it(session: Session) -> None:
    own_roles.save(session, "viewer", ["ticket.read"], "Looks on.")
    changing.add(session, "eve", roles=["viewer"])
    user_id = reading.get(session, "eve").id

    own_roles.save(session, "viewer", ["ticket.read", "contact.read"])

    assert signing_in.permissions_for(user_id) == {"ticket.read", "contact.read"}
    with pytest.raises(RoleHeldError, match="1 account holds"):
        own_roles.remove(session, "viewer")
    with pytest.raises(InvalidChangeError, match=r"role\.edit"):
        own_roles.save(session, "maker", ["role.edit"])
    with pytest.raises(InvalidChangeError, match="built in"):
        own_roles.save(session, "auditor", ["ticket.read"])
    changing.edit(session, reading.get(session, "eve"), {"roles": ["agent"]})
    own_roles.remove(session, "viewer")
    assert [role.name for role in own_roles.list_all(session) if role.own] == []


DOORS: dict[str, Callable[[Session], object]] = {
    "user.read": lambda session: reading.get(session, "bob"),
    "user.edit": lambda session: changing.add(session, "new"),
    "role.edit": lambda session: own_roles.save(session, "made", ["ticket.read"]),
}
OTHERS: dict[str, Callable[[Session], object]] = {
    "list": lambda session: reading.list_page(session, ""),
    "count": lambda session: reading.count(session, ""),
    "keys": lambda session: reading.keys(session, reading.by_login("bob")),
    "edit": lambda session: changing.edit(session, reading.by_login("bob"), {"name": "B"}),
    "disable": lambda session: changing.disable(session, "bob"),
    "enable": lambda session: changing.enable(session, "bob"),
    "reset": lambda session: securing.reset(session, "bob"),
    "add_key": lambda session: securing.add_key(session, "bob", KEY),
    "remove_key": lambda session: securing.remove_key(session, "bob", "x"),
    "remove_code": lambda session: securing.remove_code(session, "bob"),
    "remove_password": lambda session: securing.remove_password(session, "bob"),
    "remove_role": lambda session: own_roles.remove(session, "made"),
}


@pytest.mark.parametrize("role", sorted(ROLES))
def test_each_role_does_with_accounts_what_it_may_and_no_more(
    local_session: Session, role: str
) -> None:
    add_agent(local_session, "bob")
    actor = add_agent(local_session, "actor", (role,))

    for permission, door in DOORS.items():
        if actor.may(permission):
            door(actor)
        else:
            with pytest.raises(NotAllowedError):
                door(actor)
    readers = {"list", "count", "keys"} if actor.may("user.read") else set()
    for name, door in OTHERS.items():
        if role == "admin" or name in readers:
            continue
        with pytest.raises(NotAllowedError):
            door(actor)
    before = audit.length()
    credentials.change_password(actor, "", GOOD)
    changing.edit(actor, reading.get(actor, "actor"), {"language": "id"})
    assert audit.length() == before + 2


def test_accounts_are_found_by_role_team_state_and_words(session: Session) -> None:
    changing.add(session, "eve", name="Eve Adams", email="eve@own.example", roles=["auditor"])
    changing.add(session, "bob", roles=["agent", "approver"])
    changing.disable(session, "bob")
    securing.reset(session, "eve")

    def logins(query: str) -> list[str]:
        return [row.login for row in reading.list_page(session, query).rows]

    found = {
        query: logins(query)
        for query in ("", "disabled", "role:approver state:active,disabled", "adams", "is:new",
                      "email:@own.example", "no:password", "is:changing",
                      "state:active,disabled sort:-login")
    }  # fmt: skip
    assert list(found.values()) == [
        ["eve", "root"], ["bob"], ["bob"], ["eve"], ["eve", "root"], ["eve"], ["root"], ["eve"],
        ["root", "eve", "bob"],
    ]  # fmt: skip
    page = reading.list_page(session, "", limit=1)
    assert [row.login for row in reading.list_page(session, "", page.cursors[0], 1).rows] == [
        "root"
    ]


def test_who_may_approve_by_an_own_role_is_among_the_approvers(session: Session) -> None:
    own_roles.save(session, "treasurer", ["ledger.read", "ledger.approve"])
    changing.add(session, "eve", roles=["treasurer"])

    assert [login for _id, login in approving.holders()] == ["eve", "root"]


def test_what_was_taken_away_counts_at_once_where_accounts_are_looked_after(
    session: Session,
) -> None:
    second = add_agent(session, "second", ("admin",))
    third = add_agent(session, "third", ("admin",))
    changing.disable(session, "second")
    changing.edit(session, reading.get(session, "third"), {"roles": ["agent"]})

    for actor in (second, third):
        for forbidden in (
            lambda actor=actor: changing.add(actor, "puppet"),
            lambda actor=actor: securing.reset(actor, "root"),
            lambda actor=actor: own_roles.save(actor, "made", ["ticket.read"]),
        ):
            with pytest.raises((NotAllowedError, NotFoundError)):
                forbidden()
    with pytest.raises(NotFoundError):
        securing.add_key(second, "second", KEY)


def test_people_read_the_history_of_their_own_account(session: Session) -> None:
    eve, bob = add_agent(session, "eve"), add_agent(session, "bob")
    securing.add_key(eve, "eve", KEY)
    account = reading.get(eve, "eve")

    assert [entry.action for entry in reading.history(eve, account)] == ["user.add_key"]
    with pytest.raises(NotAllowedError):
        reading.history(bob, account)
