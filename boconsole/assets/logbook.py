"""The log of what was changed in machines; it writes itself with each operation."""

from collections.abc import Sequence

from boconsole.session import Session
from db.assets import hardware


def note(session: Session, asset_id: int, lines: Sequence[tuple[str, str, str, str]]) -> None:
    """Add lines of kind, component, old and new inside the caller's transaction."""
    hardware.append(asset_id, session.now(), session.user.id or None, lines)
