"""What of the registry falls due by itself: terms that follow, files to read, content to remove."""

from boconsole.registry import adding, contracts, destroying
from boconsole.session import Session


def run_due(session: Session) -> int:
    """Renew and end contracts, read waiting plain text, remove destroyed content; returns how much.

    Args:
        session: The system.
    """
    return contracts.roll(session) + adding.read_plain() + destroying.sweep(session)
