"""What one check found, and what to do about it."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from boconsole.errors import REFUSALS, BoconsoleError

OK, WARN, FAIL = "ok", "warn", "fail"


class Finding(NamedTuple):
    """What one check found.

    Attributes:
        check: Its name, the same in every language.
        state: `ok`; `warn` where all works, but something should be done; `fail` where it does not.
        detail: What was found.
        advice: What to do; empty when all is well.
    """

    check: str
    state: str
    detail: str
    advice: str = ""


class Warned(BoconsoleError):  # noqa: N818 - it is no error
    """A check found what works, but should be seen to."""

    def __init__(self, detail: str, advice: str) -> None:
        super().__init__(detail)
        self.advice = advice


class Failed(BoconsoleError):  # noqa: N818 - as above
    """A check found what is broken."""

    def __init__(self, detail: str, advice: str) -> None:
        super().__init__(detail)
        self.advice = advice


def checked(name: str, check: Callable[[], str]) -> Finding:
    """Run one check; it answers with what is well and raises what is not."""
    try:
        return Finding(name, OK, check())
    except Warned as found:
        return Finding(name, WARN, str(found), found.advice)
    except Failed as found:
        return Finding(name, FAIL, str(found), found.advice)
    except (*REFUSALS, OSError) as error:
        return Finding(name, FAIL, str(error))


def all_of(*checks: tuple[str, Callable[[], str]]) -> Iterator[Finding]:
    """Run checks one after the other."""
    for name, check in checks:
        yield checked(name, check)
