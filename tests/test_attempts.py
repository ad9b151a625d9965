"""Failed tries to sign in make the next one wait, and are forgotten."""

from datetime import timedelta

from boconsole import attempts
from boconsole.attempts import Attempts
from tests.people import MONDAY


def after(seconds: float):  # type: ignore[no-untyped-def]
    return MONDAY + timedelta(seconds=seconds)


def test_each_failed_try_at_an_account_doubles_the_wait() -> None:
    tries = Attempts()
    waits = []
    for number in range(10):
        tries.failed("eve", f"192.0.2.{number}", MONDAY)
        waits.append(tries.wait("EVE", "198.51.100.1", MONDAY))

    assert waits == [0, 0, 1, 2, 4, 8, 16, 30, 30, 30]
    assert tries.wait("eve", "198.51.100.1", after(29)) == 1
    assert tries.wait("eve", "198.51.100.1", after(30)) == 0
    assert tries.wait("bob", "198.51.100.1", MONDAY) == 0


def test_an_address_waits_whatever_name_it_tries_and_however_often_it_succeeds() -> None:
    tries = Attempts()
    for number in range(14):
        tries.failed(f"name{number}", f"2001:db8::{number}", MONDAY)
        tries.succeeded("own", MONDAY)

    assert tries.wait("own", "2001:db8::ffff", MONDAY) == 16
    assert tries.wait("own", "2001:db8:0:1::1", MONDAY) == 0


def test_a_success_frees_the_account() -> None:
    tries = Attempts()
    for _try in range(5):
        tries.failed("eve", "192.0.2.1", MONDAY)

    tries.succeeded("eve", MONDAY)

    assert tries.wait("eve", "192.0.2.1", MONDAY) == 0


def test_quiet_time_and_a_full_memory_forget() -> None:
    tries = Attempts()
    for _try in range(20):
        tries.failed("eve", "192.0.2.1", MONDAY)
    tries.failed("eve", "192.0.2.1", after(attempts.QUIET))

    assert tries.wait("eve", "192.0.2.1", after(attempts.QUIET)) == 0

    for number in range(attempts.ROOM):
        tries.failed(f"name{number}", "192.0.2.2", after(attempts.QUIET))
    assert len(tries._failed) <= attempts.ROOM
