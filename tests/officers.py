"""Who works with staff in the tests."""

from dataclasses import replace

from boconsole.roles import permissions_of
from boconsole.session import Session


def officer(session: Session, *roles: str) -> Session:
    """Return the session of an HR officer, or of somebody with other roles."""
    return replace(session, permissions=permissions_of(roles or ("hr_officer",)))
