"""The classification tree: codes and names, and how long documents of each class are kept.

A class without a rule of its own keeps documents as the one above it does.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.language import _
from boconsole.registry import privacy, words
from boconsole.session import Session
from boconsole.text import clean_line, required_line
from boconsole.tickets.words import one_of
from db.registry import classes as stored
from db.registry.pages import Pages
from db.registry.rows import ClassRow as ClassRow  # screens know it from here

FIELDS = ("code", "name", "parent", "keep", "keep_from", "keep_then", "keep_why")


class Rule(NamedTuple):
    """How long documents of a class are kept.

    Attributes:
        months: 0 for ever.
        since: One of `words.DATES`.
        then: `destroy` or `review`.
        why: The law or policy behind it.
        code: Of the class that says so; empty where none does.
    """

    months: int
    since: str
    then: str
    why: str
    code: str

    def told(self) -> str:
        """Return the rule in a few words."""
        if not self.code:
            return _("no rule")
        if not self.months:
            return _("{code}: kept for ever").format(code=self.code)
        told = _("{code}: {span} from {since}, then {then}").format(
            code=self.code, span=words.span(self.months), since=_(words.DATES[self.since]),
            then=_(words.THEN[self.then]),
        )  # fmt: skip
        return f"{told} ({self.why})" if self.why else told


NO_RULE = Rule(0, "", "", "", "")


class Node(NamedTuple):
    """A class in the tree, in the order in which the tree is read."""

    row: ClassRow
    depth: int
    rule: Rule


def list_classes(session: Session) -> list[Node]:
    """Return the tree, each class behind the one above it, with what may be read of it."""
    session.require("document.read")
    today = session.now().astimezone(session.zone).date()
    counts = Pages(today).by_class(privacy.visible(session))
    return tree([row._replace(documents=counts.get(row.id, 0)) for row in stored.select_all()])


def tree(rows: Sequence[ClassRow]) -> list[Node]:
    """Return classes as a tree, each one behind the one above it."""
    below: dict[int | None, list[ClassRow]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    found: list[Node] = []

    def walk(parent: int | None, depth: int, rule: Rule) -> None:
        for row in below.get(parent, ()):
            own = rule_of(row, rule)
            found.append(Node(row, depth, own))
            walk(row.id, depth + 1, own)

    walk(None, 0, NO_RULE)
    return found


def rule_of(row: ClassRow, above: Rule) -> Rule:
    """Return the rule of a class whose parent has another one."""
    if row.keep_months is None:
        return above
    return Rule(row.keep_months, row.keep_from, row.keep_then, row.keep_why, row.code)


def rules() -> dict[int, Rule]:
    """Return the rule of each class."""
    return {node.row.id: node.rule for node in tree(stored.select_all())}


def find(text: str) -> ClassRow:
    """Return the class of a code or a name; raises NotFoundError."""
    code = text.split(" ", 1)[0] if stored.find(text) is None else text
    row = stored.find(code)
    if row is None:
        raise NotFoundError(_("class {code!r}; list them with documents classes").format(
            code=text[:40]))  # fmt: skip
    return row


def find_below(word: str) -> tuple[int, ...]:
    """Return the ids of a class and those below it; nothing where there is none."""
    row = stored.find(word.strip())
    return below(row.id) if row else ()


def below(class_id: int) -> tuple[int, ...]:
    """Return a class and all below it."""
    found, rows = [class_id], stored.select_all()
    for each in found:
        found += [row.id for row in rows if row.parent_id == each]
    return tuple(found)


def suggest(start: str, limit: int) -> list[str]:
    """Return codes that begin as typed, or whose name has it."""
    low = start.lower()
    rows = [row for row in stored.select_all()
            if row.code.lower().startswith(low) or low in row.name.lower()]  # fmt: skip
    return [row.code for row in rows[:limit]]


def labels(start: str, limit: int) -> list[tuple[str, str]]:
    """Return code and name of classes that fit what is typed."""
    names = {row.code: row.name for row in stored.select_all()}
    return [(code, names[code]) for code in suggest(start, limit)]


def create(session: Session, given: Mapping[str, object]) -> ClassRow:
    """Add a class; raises InvalidChangeError, NotFoundError."""
    session.require("document.configure")
    with audit.writing():
        return _create(session, given)


def _create(session: Session, given: Mapping[str, object]) -> ClassRow:
    columns = {
        "parent_id": None, "keep_months": None, "keep_from": "", "keep_then": "", "keep_why": "",
        **_columns({"code": "", "name": "", **given}),
    }  # fmt: skip
    if stored.find(str(columns["code"])) is not None:
        raise InvalidChangeError("code", _("{code} is there already").format(code=columns["code"]))
    class_id = stored.insert(columns)
    told = {name: (None, value) for name, value in given.items() if value not in ("", None)}
    audit.record(session, "document_class.new", words.CLASS, [audit.Line(class_id, told, 1)])
    return again(class_id)


def edit(session: Session, code: str, given: Mapping[str, object]) -> ClassRow:
    """Change a class; documents of it are kept as it says from then on.

    Raises:
        InvalidChangeError: A value cannot be taken, or the tree would have a circle.
        NotFoundError: There is no such class.
    """
    from boconsole.registry import retaining

    session.require("document.configure")
    with audit.writing():
        old = find(code)
        columns = _columns(given)
        if columns.get("parent_id") in below(old.id):
            raise InvalidChangeError("parent", _("lies below {code}").format(code=old.code))
        changed = {name: value for name, value in columns.items() if getattr(old, name) != value}
        if not changed:
            return old
        if not stored.update(old.id, old.version, changed):
            raise StaleRecordError(old.code, old.id)
        told = {name: (getattr(old, name), value) for name, value in changed.items()}
        line = audit.Line(old.id, told, old.version + 1)
        audit.record(session, "document_class.edit", words.CLASS, [line])
        if changed.keys() & {"parent_id", "keep_months", "keep_from", "keep_then"}:
            retaining.recompute(session, below(old.id))
        return again(old.id)


def put(session: Session, code: str, given: Mapping[str, object]) -> ClassRow:
    """Add a class, or change the one of this code; raises as `edit`."""
    if stored.find(code) is None:
        return create(session, {"code": code, **given})
    return edit(session, code, given)


def again(class_id: int) -> ClassRow:
    """Return a class that is there; raises NotFoundError."""
    for row in stored.select_all():
        if row.id == class_id:
            return row
    raise NotFoundError(_("class {code!r}; list them with documents classes").format(code=class_id))


def load(session: Session, lines: Iterable[Sequence[str]]) -> int:
    """Add the classes of a scheme that are not there yet; returns how many.

    Args:
        session: Who configures.
        lines: Code, name, code of the class above, keep, from, then, why.
    """
    session.require("document.configure")
    made = 0
    with audit.writing():
        for line in lines:
            given = dict(zip(FIELDS, line, strict=False))
            if stored.find(given["code"]) is None:
                _create(session, given)
                made += 1
    return made


def _columns(given: Mapping[str, object]) -> dict[str, object]:
    if unknown := sorted(given.keys() - set(FIELDS)):
        raise InvalidChangeError(
            unknown[0], _("is not a field; use one of {fields}").format(fields=", ".join(FIELDS))
        )
    found: dict[str, object] = {}
    if "code" in given:
        code = required_line(str(given["code"] or ""), field="code", limit=30)
        if " " in code or '"' in code:
            raise InvalidChangeError("code", _("has no blanks"))
        found["code"] = code
    if "name" in given:
        found["name"] = required_line(str(given["name"] or ""), field="name", limit=200)
    if "parent" in given:
        above = str(given["parent"] or "").strip()
        found["parent_id"] = find(above).id if above else None
    if "keep" in given:
        found |= _keep(given)
    elif given.keys() & {"keep_from", "keep_then"}:
        raise InvalidChangeError("keep", _("is needed, such as 10y; forever keeps for ever"))
    if "keep_why" in given:
        found["keep_why"] = clean_line(str(given["keep_why"] or ""), field="keep_why")
    return found


def _keep(given: Mapping[str, object]) -> dict[str, object]:
    text = str(given["keep"] or "").strip().lower()
    if not text:
        return {"keep_months": None, "keep_from": "", "keep_then": ""}
    if text in ("forever", "0", _("forever")):
        return {"keep_months": 0, "keep_from": "", "keep_then": ""}
    since, then = str(given.get("keep_from") or "dated"), str(given.get("keep_then") or "destroy")
    return {
        "keep_months": words.parse_months(text, "keep"),
        "keep_from": one_of("keep_from", since, tuple(words.DATES)),
        "keep_then": one_of("keep_then", then, tuple(words.THEN)),
    }


def keep_text(row: ClassRow) -> str:
    """Return the own rule of a class as it is typed."""
    if row.keep_months is None:
        return ""
    return words.span(row.keep_months) or "forever"
