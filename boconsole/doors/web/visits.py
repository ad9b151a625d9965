"""Who is signed in by which cookie, and until when: in memory, forgotten when the server ends.

Pure: the clock is passed in. A cookie's text is kept as its hash only.
"""

import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import compare_digest

from boconsole.session import Session

LONGEST = 12 * 3600
"""Seconds after which one signs in again, however busy one was."""
SIGNING_IN = 300
MOST_UNFINISHED = 1_000


@dataclass
class Visit:
    """One browser that is signed in.

    Attributes:
        session: Who acts.
        address: From where.
        guard: What its forms carry (against forged requests).
        began: Seconds of the clock.
        touched: When a key was pressed last.
        mark: Of the password at the sign-in; another one ends the visit.
    """

    session: Session
    address: str
    began: float
    touched: float
    mark: str = ""
    guard: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    def holds(self, guard: str) -> bool:
        """Return whether a form is one of ours."""
        return compare_digest(self.guard.encode(), guard.encode("utf-8", "replace"))


@dataclass
class Entering:
    """Somebody whose password was right and who owes a code or a new password.

    Attributes:
        login: Who it says it is.
        password: For its change; gone when the sign-in ends.
        begun: Seconds of the clock.
        needs: `code` and `new`, in their order.
        means: What was shown so far.
        mark: Of the password that was right.
    """

    login: str
    password: str
    begun: float
    needs: list[str]
    means: str = "password"
    mark: str = ""


class Visits:
    """All cookies of a server.

    Args:
        idle: Seconds without a key after which a visit is over.
    """

    def __init__(self, idle: float) -> None:
        self._idle = idle
        self._inside: dict[str, Visit] = {}
        self._entering: dict[str, Entering] = {}

    def begin(
        self, session: Session, address: str, now: float, mark: str = ""
    ) -> tuple[str, Visit]:
        """Return a new cookie and the visit that it stands for."""
        cookie = secrets.token_urlsafe(32)
        visit = self._inside[_hash(cookie)] = Visit(session, address, now, now, mark)
        return cookie, visit

    def find(self, cookie: str, now: float) -> Visit | None:
        """Return the visit of a cookie, unless it is over."""
        visit = self._inside.get(_hash(cookie))
        return None if visit is None or self.is_over(visit, now) else visit

    def is_over(self, visit: Visit, now: float) -> bool:
        """Return whether nobody pressed a key for too long, or the day is over."""
        return now - visit.touched >= self._idle or now - visit.began >= LONGEST

    def end(self, visit: Visit) -> None:
        """Forget a visit; its cookie opens nothing any more."""
        self._inside = {key: other for key, other in self._inside.items() if other is not visit}

    def over(self, now: float) -> list[Visit]:
        """Return the visits that are over and not yet forgotten."""
        return [visit for visit in self._inside.values() if self.is_over(visit, now)]

    def all(self) -> list[Visit]:
        """Return the visits that are not forgotten."""
        return list(self._inside.values())

    # Half-way in

    def put(self, entering: Entering, now: float) -> str:
        """Keep who owes something more; returns the cookie for the next step."""
        self._entering = {
            key: other for key, other in self._entering.items() if now - other.begun < SIGNING_IN
        }
        while len(self._entering) >= MOST_UNFINISHED:
            del self._entering[next(iter(self._entering))]
        cookie = secrets.token_urlsafe(32)
        self._entering[_hash(cookie)] = entering
        return cookie

    def entering(self, cookie: str, now: float) -> Entering | None:
        """Return who owes something more."""
        found = self._entering.get(_hash(cookie))
        return found if found and now - found.begun < SIGNING_IN else None

    def drop(self, cookie: str) -> None:
        """Forget a sign-in that ended, either way."""
        self._entering.pop(_hash(cookie), None)


def _hash(cookie: str) -> str:
    return sha256(cookie.encode("utf-8", "replace")).hexdigest()
