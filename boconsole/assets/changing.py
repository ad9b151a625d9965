"""Changing assets: fields and state; one asset or many, with one undo."""

from collections.abc import Mapping, Sequence
from contextlib import suppress

from boconsole import audit
from boconsole.assets.creating import require_free_tag
from boconsole.assets.fields import parse_changes
from boconsole.assets.words import CONDITIONS, STATES, field_name, one_of
from boconsole.assets.writing import Done, Step, Versioned, set_state_step, write
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.session import Session
from db import connection
from db.assets.rows import AssetRecord


def edit(session: Session, seen: Sequence[Versioned], given: Mapping[str, object]) -> Done:
    """Change fields of assets, given as words; see `boconsole.assets.fields`.

    Raises:
        NotAllowedError, InvalidChangeError, NotFoundError, StaleRecordError, LinkedError,
        AssetTransitionError: Nothing was changed.
    """
    session.require("asset.edit")
    wanted = {field_name(key): value for key, value in given.items()}
    state = wanted.pop("state", None)
    if len({asset.id for asset in seen}) > 1 and {"tag", "fixed_asset"} & set(wanted):
        raise InvalidChangeError("tag", _("is of one asset only; change one at a time"))

    def step(old: AssetRecord) -> Step:
        changes = parse_changes(session, wanted, old)
        if "tag" in changes.columns and changes.columns["tag"] != old.tag:
            require_free_tag(str(changes.columns["tag"]), but=old.id)
        if state in (None, ""):
            return Step(changes)
        moved = set_state_step(session, old, one_of("state", str(state), STATES), "")
        columns = {**moved.changes.columns, **changes.columns}
        return Step(changes._replace(columns=columns), moved.told)

    with audit.writing():
        return write(session, "asset.edit", seen, step)


class _TriedError(Exception):
    """Takes back what was only tried."""


def check_edit(session: Session, seen: Sequence[Versioned], given: Mapping[str, object]) -> None:
    """Raise what `edit` would raise; nothing is changed."""
    with suppress(_TriedError), connection.transaction():
        edit(session, seen, given)
        raise _TriedError


def set_state(
    session: Session, seen: Sequence[Versioned], state: str, *, condition: str = ""
) -> Done:
    """Bring assets into a state.

    Raises:
        AssetTransitionError: One of them cannot go there; nothing was changed.
    """
    session.require("asset.edit")
    state = one_of("state", state, STATES)
    condition = one_of("condition", condition, CONDITIONS) if condition else ""
    with audit.writing():
        return write(
            session, "asset.state", seen,
            lambda old: set_state_step(session, old, state, condition),
        )  # fmt: skip
