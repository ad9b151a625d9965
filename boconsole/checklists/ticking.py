"""Steps are done: ticked, or by doing what they ask for, such as taking an asset back.

HR ticks every step, an owner their own. What a step does elsewhere needs the permission of that
place, and happens in the same transaction.
"""

from boconsole import audit
from boconsole.accounts import changing as accounts
from boconsole.assets import lending
from boconsole.assets.words import tag as tag_of
from boconsole.assets.words import tag_number
from boconsole.assets.writing import again as asset_again
from boconsole.checklists import words
from boconsole.checklists.errors import (
    EndedListError,
    LinkedStepError,
    NoContactError,
    NotYoursError,
    StepDoneError,
    TagMissingError,
    TooEarlyError,
)
from boconsole.checklists.reading import is_done, owner_word
from boconsole.errors import NotFoundError, StaleRecordError, UndoError
from boconsole.language import _
from boconsole.licences import seats as licence_seats
from boconsole.session import Session
from boconsole.staff import finding
from boconsole.staff.finding import today_of
from boconsole.text import clean_line
from db import audit as trail
from db.assets import records as assets
from db.checklists import lists
from db.checklists.rows import StepRow as StepRow  # screens know it from here
from db.licences import seats

TICK, UNTICK, UNDO = "checklist.tick", "checklist.untick", "checklist.undo"
LOOK_BACK = 50
NEEDS = {words.RETURN: "asset.lend", words.SEAT: "licence.assign", words.DISABLE: "user.edit"}
"""Who may do what a step asks for may tick it too."""


def tick(
    session: Session, step_id: int, *, version: int = 0, tag: str = "", said: str = ""
) -> StepRow:
    """Do a step.

    Args:
        session: HR, the owner, or who may do what the step asks for.
        step_id: Which one.
        version: As it was seen; 0 for whatever it is now.
        tag: The asset that is handed out, where the step asks for one.
        said: A word about it.

    Raises:
        NotYoursError: It is for somebody else.
        StepDoneError: It is done.
        TagMissingError, NoContactError, TooEarlyError: What it asks for cannot be done so.
        StaleRecordError: Somebody changed it in the meantime.
    """
    with audit.writing():
        step = again(step_id)
        require_own(session, step)
        if is_done(step):
            raise StepDoneError(step.title, True)
        columns: dict[str, object] = _do(session, step, tag)
        columns |= {"done_at": session.now(), "done_by": session.user.id,
                    "said": clean_line(said, field="said")}  # fmt: skip
        told: dict[str, tuple[object, object]] = {"step": (None, step.id), "done": (False, True)}
        if columns.get("asset_id"):
            told["asset"] = (None, tag)
        return _write(session, step, version, columns, told, TICK)


def _do(session: Session, step: StepRow, tag: str) -> dict[str, object]:
    """Do what a step asks for beside being ticked; returns what it is linked with then."""
    if step.does == words.ASSET:
        return {"asset_id": _hand_out(session, step, tag)}
    if step.does == words.RETURN and step.asset_id is not None:
        lending.check_in(session, [asset_again(step.asset_id)])
    elif step.does == words.SEAT and step.seat_id is not None:
        seat = seats.find_seat(step.seat_id)
        if seat is not None:
            licence_seats.release(session, seat)
    elif step.does == words.DISABLE:
        if today_of(session) < step.due_on:
            raise TooEarlyError(step.login, step.due_on)
        accounts.disable(session, step.login)
    return {}


def _hand_out(session: Session, step: StepRow, word: str) -> int:
    """Return the asset of a tag, handed out to the person unless it is there already."""
    if not word.strip():
        raise TagMissingError(step.title)
    number = tag_number(clean_line(word, field="tag"))
    name = word.strip() if number is None else tag_of(number)
    found = assets.find_tags([name])
    if not found:
        raise NotFoundError(_("asset {tag}").format(tag=name[:40]))
    asset = asset_again(next(iter(found.values())))
    row = lists.find_list(step.list_id)
    person = finding.again(row.employee_id if row else 0)
    if person.contact_id is None:
        raise NoContactError(person.number)
    if asset.holder_contact_id != person.contact_id:
        lending.check_out(session, [asset], f"person:CON-{person.contact_id}", lending.Terms())
    return asset.id


def untick(session: Session, step_id: int, *, version: int = 0) -> StepRow:
    """Say that a step is not done after all.

    Raises:
        StepDoneError: It is not done.
        LinkedStepError: It is done by what it is linked with.
        NotYoursError, StaleRecordError: As of `tick`.
    """
    with audit.writing():
        step = again(step_id)
        require_own(session, step)
        if not is_done(step):
            raise StepDoneError(step.title, False)
        return _untick(session, step, version, UNTICK)


def _untick(session: Session, step: StepRow, version: int, action: str, undoes: int = 0) -> StepRow:
    columns: dict[str, object] = {"done_at": None, "done_by": None, "said": ""}
    if is_done(step._replace(done_at=None)):
        raise LinkedStepError(step.title)
    told: dict[str, tuple[object, object]] = {"step": (step.id, step.id), "done": (True, False)}
    return _write(session, step, version, columns, told, action, undoes)


def _write(
    session: Session, step: StepRow, version: int, columns: dict[str, object],
    told: dict[str, tuple[object, object]], action: str, undoes: int = 0,
) -> StepRow:  # fmt: skip
    row = lists.find_list(step.list_id)
    if row is None or row.ended_at is not None:
        raise EndedListError(str(row.employee if row else step.list_id))
    if not lists.update_step(step.id, version or step.version, columns):
        raise StaleRecordError(step.title, step.id, step.version)
    lists.update_list(row.id, row.version, {})
    line = audit.Line(row.id, told, row.version + 1)
    audit.record(session, action, words.FEATURE, [line], undoes=undoes)
    return again(step.id)


def require_own(session: Session, step: StepRow) -> None:
    """Raise NotYoursError where a step is for somebody else to do."""
    own = step.owner_user_id is not None and step.owner_user_id == session.user.id
    needed = NEEDS.get(step.does)
    if not (own or session.may(words.EDIT) or (needed and session.may(needed))):
        raise NotYoursError(step.title, owner_word(step))


def again(step_id: int) -> StepRow:
    """Return a step; raises NotFoundError."""
    step = lists.find_step(step_id)
    if step is None:
        raise NotFoundError(_("step {id}").format(id=step_id))
    return step


def undo_last(session: Session) -> StepRow:
    """Take back the last tick of this person.

    Raises:
        UndoError: There is none, or somebody changed the list since.
        LinkedStepError: What it did elsewhere is taken back there.
    """
    with audit.writing():
        last = next((row for row in trail.select_last_operations(session.user.id, LOOK_BACK)
                     if row.action == TICK and not row.undoes
                     and not trail.select_undoing(row.operation)), None)  # fmt: skip
        if last is None:
            raise UndoError(_("There is nothing to undo."))
        changes = {change.field: change.after for change in audit.entry_of(last).changes}
        step = again(int(str(changes["step"])))
        if step.done_at is None or step.done_by != session.user.login:
            raise UndoError(_("“{title}” was changed since.").format(title=step.title))
        return _untick(session, step, 0, UNDO, last.operation)
