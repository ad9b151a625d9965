"""Who somebody is: passwords, keys and one-time codes, at every door alike."""

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from boconsole import audit, credentials, passwords, signing_in
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.session import Session
from boconsole.settings import Settings, read_settings
from db import connection
from db import credentials as stored
from tests.people import MONDAY, add_agent, hash_quickly

GOOD = "tujuh ekor bebek biru"
OTHER = "een fiets naar de maan"
RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


@pytest.fixture
def settings() -> Settings:
    return read_settings({"BOCONSOLE_CLOCK": MONDAY.isoformat(), "BOCONSOLE_ZONE": "UTC"}, {})


def with_password(session: Session, login: str = "eve", password: str = GOOD) -> Session:
    eve = add_agent(session, login)
    credentials.change_password(eve, "", password)
    return eve


def disable(login: str) -> None:
    connection.execute("UPDATE user_account SET active = ? WHERE login = ?", (False, login))


@pytest.mark.usefixtures("quick")
def test_a_password_lets_in_its_active_account_alone(session: Session) -> None:
    with_password(session)
    add_agent(session, "bob")

    tries = [("eve", GOOD), ("eve", GOOD + "!"), ("eve", ""), ("bob", ""), ("nobody", GOOD)]
    answers = [credentials.check_password(*one) for one in tries]
    disable("eve")

    assert answers == [True, False, False, False, False]
    assert not credentials.check_password("eve", GOOD)


def test_an_unknown_login_costs_the_same_work(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_password(session)
    checked: list[str] = []
    matches = passwords.matches
    monkeypatch.setattr(
        passwords, "matches", lambda hash_, word: checked.append(hash_) or matches(hash_, word)
    )

    for login in ("eve", "nobody"):
        credentials.check_password(login, "wrong")

    assert [hash_.rpartition("$")[0].rpartition("$")[0] for hash_ in checked] == [
        "$argon2id$v=19$m=65536,t=3,p=4"
    ] * 2


def test_a_hash_of_other_parameters_is_made_anew(session: Session) -> None:
    from argon2 import PasswordHasher

    eve = add_agent(session, "eve")
    weak = PasswordHasher(time_cost=1, memory_cost=64).hash(GOOD)
    stored.put_password(eve.user.id, weak, MONDAY, must_change=False, valid_until=None)

    assert credentials.check_password("eve", GOOD)

    row = stored.select_password("eve")
    assert row is not None
    assert row.hash != weak
    assert not passwords.is_outdated(row.hash)
    assert credentials.check_password("eve", GOOD)


@pytest.mark.usefixtures("quick")
def test_a_one_time_password_runs_out_and_must_be_changed(session: Session) -> None:
    eve = add_agent(session, "eve")
    until = MONDAY + timedelta(days=7)
    stored.put_password(
        eve.user.id, passwords.hashed("once"), MONDAY, must_change=True, valid_until=until
    )

    assert credentials.must_change("eve")
    assert credentials.check_password("eve", "once", until - timedelta(seconds=1))
    assert not credentials.check_password("eve", "once", until)
    credentials.change_password(eve, "once", GOOD)
    assert not credentials.must_change("eve")


@pytest.mark.parametrize(
    "refused",
    [
        "short words", "x" * 257, "password1234", "P@ssw0rd-2026!", "qwertyuiop12", "abcabcabcabc",
        "1q2w3e4r5t6y", "aaaaaaaaaaaa", "Selamat2026Datang", "eve.adams-2026", "ada\tlovelace moon",
    ],
)  # fmt: skip
def test_a_password_that_is_guessed_first_is_refused_in_words(refused: str) -> None:
    with pytest.raises(InvalidChangeError) as refusal:
        passwords.check_rules(refused, "eve.adams", "Eve Adams", "eve@own.example")

    assert refusal.value.field == "password"
    assert refused not in str(refusal.value)


@pytest.mark.parametrize("taken", [GOOD, "пять серых мышей бегут", "k7mp-2xqd-9wva-bh3t"])
def test_no_signs_or_digits_are_asked_for(taken: str) -> None:
    passwords.check_rules(taken, "eve.adams", "Eve Adams")


@pytest.mark.usefixtures("quick")
def test_one_of_the_last_passwords_is_not_taken_again(session: Session) -> None:
    eve = with_password(session)
    credentials.change_password(eve, GOOD, OTHER)

    with pytest.raises(InvalidChangeError, match="last 5"):
        credentials.change_password(eve, OTHER, GOOD)
    with pytest.raises(InvalidChangeError, match="old password"):
        credentials.change_password(eve, GOOD, "a third long sentence")

    assert credentials.check_password("eve", OTHER)


@pytest.mark.usefixtures("quick")
def test_no_secret_reaches_the_trail(session: Session) -> None:
    with_password(session)

    texts = str(connection.fetch("SELECT * FROM audit_entry"))

    assert "user.change_password" in texts
    assert "argon2" not in texts
    assert GOOD not in texts


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_rfc_6238_appendix_b(seconds: int, code: str) -> None:
    instant = datetime.fromtimestamp(seconds, UTC)

    assert credentials.step_of(RFC_SECRET, code, instant) == seconds // 30


def test_a_code_is_taken_once_and_one_step_off_at_most(session: Session) -> None:
    eve = add_agent(session, "eve")
    stored.put_code(eve.user.id, RFC_SECRET, 0, MONDAY)
    at = datetime.fromtimestamp(1111111109, UTC)

    def step(seconds: int) -> bool:
        return credentials.check_code("eve", "081 804", at + timedelta(seconds=seconds))

    assert credentials.needs_code("eve")
    assert [step(-60), step(60), step(29), step(0)] == [False, False, True, False]
    assert not credentials.check_code("eve", "08180４", at)
    assert not credentials.check_code("nobody", "081804", at)


def test_keys_of_a_disabled_account_open_nothing(session: Session) -> None:
    eve = add_agent(session, "eve")
    stored.insert_key(eve.user.id, "ssh-ed25519 AAAA", "SHA256:x", "laptop", MONDAY)

    assert credentials.keys_of("eve") == ["ssh-ed25519 AAAA"]
    before = audit.length()
    credentials.key_used("eve", "SHA256:x", MONDAY, "192.0.2.7")
    assert audit.length() == before
    key = stored.select_keys(eve.user.id)[0]
    assert (key.used_at, key.used_from) == (MONDAY, "192.0.2.7")
    disable("eve")
    assert credentials.keys_of("eve") == credentials.keys_of("nobody") == []


def test_a_door_lets_in_active_accounts_and_makes_none(
    session: Session, settings: Settings
) -> None:
    add_agent(session, "eve", ("auditor",))
    connection.execute(
        "UPDATE user_account SET zone = 'Asia/Jakarta', language = 'id' WHERE login = 'eve'"
    )

    eve = signing_in.session_of(settings, "eve", "ssh")
    disable("eve")

    assert (eve.zone.key, eve.language, eve.origin) == ("Asia/Jakarta", "id", "ssh")
    assert eve.may("audit.read")
    for login in ("eve", "nobody"):
        with pytest.raises(NotFoundError):
            signing_in.session_of(settings, login, "ssh")


def test_doors_write_who_came_and_never_an_unknown_name(
    session: Session, settings: Settings
) -> None:
    eve = replace(add_agent(session, "eve"), origin="ssh")

    signing_in.signed_in(eve, "key", "192.0.2.7")
    signing_in.signed_out(eve, "192.0.2.7")
    for login in ("eve", "my secret password"):
        signing_in.sign_in_refused(settings, login, "password", "192.0.2.7", "wrong", "ssh")

    admin = replace(session, permissions=frozenset(("audit.read",)))
    lines = [
        (one.actor, one.action, one.record_id, one.origin) for one in audit.recent(admin, 0, 4)
    ]
    assert lines == [
        ("system", "user.sign_in_refused", 0, "ssh"),
        ("system", "user.sign_in_refused", eve.user.id, "ssh"),
        ("eve", "user.sign_out", eve.user.id, "ssh"),
        ("eve", "user.sign_in", eve.user.id, "ssh"),
    ]
    assert "secret" not in str(connection.fetch("SELECT * FROM audit_entry"))
    assert audit.verify().broken == 0


@pytest.mark.parametrize("login", ["e\0ve", "ev\ud800", "eve\u202e", "eve" * 100, ""])
@pytest.mark.usefixtures("quick")
def test_a_login_that_nobody_can_have_is_unknown_and_no_fault(session: Session, login: str) -> None:
    with_password(session)

    assert not credentials.check_password(login, GOOD)
    assert not credentials.check_password("eve", login)
    assert credentials.keys_of(login) == []
    assert not credentials.needs_code(login)
    assert not credentials.must_change(login)


@pytest.mark.usefixtures("quick")
def test_a_password_is_the_same_however_a_keyboard_composes_it(session: Session) -> None:
    with_password(session, password="\u00e9" * 200 + " un deux trois quatre")

    assert credentials.check_password("eve", "e\u0301" * 200 + " un deux trois quatre")
    assert not credentials.check_password("eve", "e\u0301" * 199 + " un deux trois quatre")
