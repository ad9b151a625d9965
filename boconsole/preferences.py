"""What one user chose for the screens: columns, earlier queries; kept between sessions."""

import json
from typing import Any

from boconsole.session import Session
from db import connection, users


def read_all(session: Session) -> dict[str, Any]:  # Any: what JSON can hold
    """Return everything this user chose, by name."""
    kept = users.select_settings(session.user.id)
    return {name: json.loads(value) for name, value in kept.items()}


def keep(session: Session, name: str, value: Any) -> None:  # Any: what JSON can hold
    """Keep one choice in place of the one before."""
    with connection.transaction():
        users.put_setting(session.user.id, name, json.dumps(value, ensure_ascii=False))
