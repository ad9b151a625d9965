"""Who else works in the demo's organisation: one of each role, one who left, one with a key."""

from dataclasses import replace
from typing import NamedTuple

from boconsole import audit, credentials, signing_in
from boconsole.accounts import changing, own_roles, securing
from boconsole.session import Session
from db import users

DOMAIN = "arunika.example"
FRONT_DESK = ("contact.read", "ticket.create", "ticket.read")
KEY = (
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFINIHuCnXy/DW7seCUk1gMTs4F+AGgLlIQOSGKn3zQv "
    "lestari@laptop"
)  # fmt: skip
"""A public key whose private half nobody has."""
ADDRESS = "10.20.0.14"


class Colleague(NamedTuple):
    """An account: its name and roles."""

    login: str
    name: str
    roles: tuple[str, ...]
    language: str = ""


COLLEAGUES = (
    Colleague("hasan", "Hasan Basri", ("accountant",)),
    Colleague("lestari", "Lestari Dewi", ("approver", "executive"), "id"),
    Colleague("wayan", "Wayan Sudarma", ("asset_manager", "agent")),
    Colleague("putri", "Putri Maharani", ("hr_officer",), "id"),
    Colleague("damar", "Damar Wicaksono", ("project_manager",)),
    Colleague("sekar", "Sekar Ayu", ("front_desk",), "id"),
)
LEFT = Colleague("bagus", "Bagus Pratama", ("agent",))


def keep(session: Session) -> int:
    """Add the accounts; returns how many. Nobody gets the login of who opens the demo."""
    with audit.writing():
        return _write(session)


def _write(session: Session) -> int:
    own_roles.save(session, "front_desk", FRONT_DESK, "Takes requests at the reception.")
    for one in (*COLLEAGUES, LEFT):
        login = _login(one)
        made = changing.add(
            session, login, name=one.name, email=f"{one.login}@{DOMAIN}", roles=one.roles
        )
        changing.edit(session, made, {"zone": "Asia/Jakarta", "language": one.language})
    changing.disable(session, _login_of(LEFT))
    _sign_in(session, _login_of(COLLEAGUES[1]))
    return len(COLLEAGUES) + 1


def _login(one: Colleague) -> str:
    return f"{one.login}.arunika" if users.find_id(one.login) else one.login


def _login_of(one: Colleague) -> str:
    """Return the login that somebody got."""
    other = f"{one.login}.arunika"
    return other if users.find_id(other) else one.login


def _sign_in(session: Session, login: str) -> None:
    """Let somebody come in with a key, so that the trail and the key know of it."""
    key = securing.add_key(session, login, KEY)
    user = users.find(login)
    assert user is not None
    there = replace(session, user=user, origin="ssh")
    signing_in.signed_in(there, "key", ADDRESS)
    credentials.key_used(login, key.fingerprint, session.now(), ADDRESS)
    signing_in.signed_out(there, ADDRESS)
