"""Every role, every private field, every door: who sees what of whom, and what is written of it."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from boconsole import audit, filing, views
from boconsole.errors import BoconsoleError, NotAllowedError
from boconsole.roles import ROLES, permissions_of
from boconsole.session import Session
from boconsole.staff import (
    asking,
    card,
    changing,
    departments,
    ending,
    exporting,
    finding,
    importing,
    paying,
    privacy,
    undoing,
    words,
)
from boconsole.staff.changing import NewFact
from boconsole.trail import reading as trail
from db import connection
from screens import staff_facts, staff_tabs
from tests.officers import officer
from tests.people import StandingClock, add_agent, open_session

SECRET = {
    words.PAY: "7531246", words.BANK: "DE89370400440532013000", words.IDENTITY: "5436231",
    words.PERSONAL: "Wallaby Lane", words.HEALTH: "penicillin", words.NOTES: "late thrice",
    words.DOCUMENTS: "warning-letter.pdf",
}  # fmt: skip
"""A word of each private group that must be seen nowhere else."""
FIELD = {
    words.PAY: ("salary:>1", "sort:salary", "has:salary", "-pay_group:x", "no:bonus"),
    words.BANK: ("account:~DE", "sort:account"), words.IDENTITY: ("identity:~54", "no:identity"),
    words.PERSONAL: ("born:<2020", "sort:-born", "has:dependants", "gender:f"),
    words.HEALTH: ("has:health", "health:~pen"), words.NOTES: ("note:~late", "sort:note"),
}  # fmt: skip
MANAGER = "manager"
"""Somebody without a role of staff, to whom the person reports."""


@pytest.fixture(scope="module")
def house(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """An administrator at a company of three, of whom Eve has something in every group."""
    import shutil

    path = tmp_path_factory.mktemp("staff") / "staff.sqlite"
    shutil.copy(sqlite_template, path)
    root = open_session(f"sqlite:///{path}", StandingClock())
    hr = officer(root)
    departments.new(hr, "Company")
    for login in ("boss", "eve", "else"):
        add_agent(root, login)
    changing.hire(hr, {"name": "Boss", "user": "boss"}, date(2024, 1, 1),
                  [NewFact("position", {"title": "Head", "department": "Company"})])  # fmt: skip
    changing.hire(hr, {"name": "Other", "user": "else"}, date(2024, 1, 1), _secret("Head", ""))
    eve = changing.hire(hr, {"name": "Eve", "user": "eve"}, date(2024, 1, 1),
                        _secret("Clerk", "EMP-0001"))  # fmt: skip
    later = NewFact("salary", {"amount": f"{SECRET[words.PAY]} IDR"}, date(2027, 1, 1))
    changing.enter(hr, eve, later)
    card.attach(hr, eve.id, [filing.File(SECRET[words.DOCUMENTS], b"%PDF")])
    yield root
    connection.close_database()


def _secret(title: str, manager: str) -> list[NewFact]:
    return [
        NewFact("position", {"title": title, "department": "Company", "manager": manager}),
        NewFact("salary", {"amount": f"{SECRET[words.PAY]} IDR"}),
        NewFact("bank", {"account": SECRET[words.BANK]}),
        NewFact("identity", {"name": "dni", "country": "ES", "value": "54362315K"}),
        NewFact("address", {"note": SECRET[words.PERSONAL]}),
        NewFact("person", {"detail": "f"}, date(1990, 2, 3)),
        NewFact("health", {"name": SECRET[words.HEALTH]}),
        NewFact("disciplinary", {"name": SECRET[words.NOTES]}, date(2025, 3, 3)),
    ]


def _as(root: Session, who: str) -> Session:
    """Return who acts: a role that is nobody of the company, the manager, or Eve herself."""
    from db import users

    login = {MANAGER: "boss", "eve": "eve", "colleague": "else"}.get(who, "root")
    user = users.find(login)
    assert user is not None
    roles = ("agent",) if who in (MANAGER, "eve", "colleague") else (who,)
    return replace(root, user=user, permissions=permissions_of(roles))


def _bare(text: str) -> str:
    return text.replace(" ", "").replace(",", "")


def _told(door: Callable[[Session, Path], Any], session: Session, path: Path) -> str:
    """Return everything that a door tells, "" where it is shut."""
    try:
        return _bare(json.dumps(door(session, path), default=str, ensure_ascii=False))
    except NotAllowedError:
        return ""


def _export(session: Session, path: Path, *, private: bool) -> str:
    exporting.export(session, path, asking.select(session, "state:any"), private=private)
    return path.read_text()


def _command(session: Session, path: Path) -> Any:
    found = card.read(session, EVE, opened=True)
    return exporting.card_record(found, date(2026, 5, 4))


def _screen(session: Session, path: Path, *, opened: bool) -> Any:
    """Return what stands on all tabs of the page."""
    found = card.read(session, EVE, opened=opened)
    page = [line.plain for line in staff_facts.picture(found, 200, date(2026, 5, 4))]
    tabs = [tab.read(session, found) for tab in staff_tabs.tabs_of(session) if tab.read]
    menus = [staff_tabs.lines_of(found, tab) for tab in staff_tabs.tabs_of(session)]
    return page, [cell.text for rows in tabs for row in rows.lines for cell in row.cells], menus


def _undo(session: Session, path: Path) -> Any:
    try:
        return undoing.last_undoable(session), undoing.undo_last(session)
    except BoconsoleError as error:
        return str(error)


EVE = 3
OPENING: dict[str, Callable[[Session, Path], Any]] = {
    "card": lambda session, path: card.read(session, EVE, opened=True),
    "card of a day": lambda session, path: card.read(session, EVE, date(2025, 9, 9), opened=True),
    "command": _command,
    "screen": lambda session, path: _screen(session, path, opened=True),
    "export": lambda session, path: _export(session, path, private=True),
    "pay": lambda session, path: paying.between(session, date(2026, 5, 1), date(2026, 5, 31)),
    "banks": lambda session, path: paying.banks_on(session, date(2026, 5, 1)),
    "identities": lambda session, path: paying.identities(session, ["dni"]),
    "document": lambda session, path: card.document(session, EVE, SECRET[words.DOCUMENTS])[0],
}
"""Doors that show private fields to those who may see them."""
SHUT: dict[str, Callable[[Session, Path], Any]] = {
    "card as it opens": lambda session, path: card.read(session, EVE),
    "screen as it opens": lambda session, path: _screen(session, path, opened=False),
    "list": lambda session, path: asking.select(session, "state:any"),
    "plain export": lambda session, path: _export(session, path, private=False),
    "what ends": lambda session, path: ending.endings(session, date(2020, 1, 1), date(2030, 1, 1)),
    "history": lambda session, path: audit.history(session, words.AREA, EVE),
    "audit trail": lambda session, path: trail.list_page(session, "", limit=1_000),
    "words": lambda session, path: [
        asking.select(session, f'"{word}"') for word in SECRET.values()
    ],
    "undo": _undo,
}
"""Doors that show private fields to nobody, whatever they may see."""


@pytest.mark.parametrize("who", [*sorted(ROLES), MANAGER, "colleague", "eve"])
def test_private_fields_open_to_their_permission_and_to_oneself(
    house: Session, who: str, tmp_path: Path
) -> None:
    session = _as(house, who)
    allowed = {group for group in words.GROUPS if who in ("hr_officer", "eve")}

    told = {name: _told(door, session, tmp_path / f"{name}.json".replace(" ", ""))
            for name, door in {**OPENING, **SHUT}.items()}  # fmt: skip

    seen = {(name, group) for name, text in told.items() for group, word in SECRET.items()
            if _bare(word) in text}  # fmt: skip
    for door in ("card", "screen", "command"):
        assert {group for name, group in seen if name == door} == allowed, door
    assert {group for _name, group in seen} == allowed
    own = {"card as it opens", "screen as it opens"} if who == "eve" else set()
    assert {name for name, _group in seen} <= {*OPENING, *own}
    if who in (MANAGER, "colleague"):
        assert bool(told["card"]) == (who == MANAGER)
    for group, queries in FIELD.items():
        for query in queries:
            if who == "hr_officer":
                asking.select(session, query)
            else:  # not even about oneself: others would be told by who is missing
                with pytest.raises(NotAllowedError, match=f"staff.({group}|read)"):
                    asking.select(session, query)
    assert privacy.may_see_all(session, words.PAY) == (who == "hr_officer")


def test_each_look_at_anothers_private_fields_is_written_down(house: Session) -> None:
    hr = _as(house, "hr_officer")
    looks: list[tuple[int, dict[str, Any]]] = []

    def since(action: Callable[[], object]) -> list[tuple[int, dict[str, Any]]]:
        before = audit.length()
        action()
        rows = audit.recent(replace(house, permissions=permissions_of(("auditor",))))
        return [(row.record_id, {one.field: one.after for one in row.changes}) for row in rows
                if row.id > before]  # fmt: skip

    assert since(lambda: card.read(hr, EVE)) == []
    looks = since(lambda: card.read(hr, EVE, opened=True))
    assert looks == [(EVE, {"looked_at": sorted(words.GROUPS)})]
    assert since(lambda: card.read(_as(house, "eve"), EVE)) == []
    assert since(lambda: asking.select(hr, "title:Clerk")) == []
    asked = since(lambda: asking.select(hr, "salary:>2 title:Clerk"))
    assert asked == [(0, {"looked_at": ["pay"], "for": "list salary:>… title:Clerk", "people": 3})]
    assert len(since(lambda: paying.between(hr, date(2026, 5, 1), date(2026, 5, 31)))) == 1


@pytest.mark.parametrize("kind", [*words.FACTS, *words.PARTS])
def test_a_private_kind_is_changed_with_its_permission_only(house: Session, kind: str) -> None:
    group = words.group_of(kind)
    half = replace(house, permissions=frozenset(("staff.read", "staff.edit")))
    eve = finding.find(half, "EMP-0003")

    with pytest.raises(BoconsoleError) as refused:
        changing.enter(half, eve, NewFact(kind, {"no such field": 1}, date(2026, 1, 1)))

    for act in (changing.correct, changing.withdraw):  # nor do ids tell who has what
        with pytest.raises(NotAllowedError if group else BoconsoleError):
            act(half, eve, *((kind, 999) if act is changing.withdraw
                             else (999, NewFact(kind, {}))))  # type: ignore[arg-type,operator]  # fmt: skip
    assert isinstance(refused.value, NotAllowedError) == bool(group)
    if group:
        assert f"staff.{group}" in str(refused.value)


def test_who_edits_records_does_not_make_anothers_their_own(house: Session) -> None:
    half = replace(house, permissions=frozenset(("staff.read", "staff.edit")))
    eve = finding.find(half, "EMP-0003")

    with pytest.raises(NotAllowedError, match=r"staff\.personal"):
        changing.edit(half, eve, {"user": half.user.login})

    assert card.read(half, EVE, opened=True).opened == ()


def test_the_trail_tells_no_value_that_was_asked_for_nor_the_key_of_a_row(
    house: Session, tmp_path: Path
) -> None:
    hr = _as(house, "hr_officer")
    rows, plan = tmp_path / "people.csv", tmp_path / "people.toml"
    rows.write_text("nik,name,salary\n3171234567890123,Ina,\n2,,9\n", "utf-8")
    plan.write_text('source = "old"\nkey = "nik"\n[fields]\nname = "name"\nsalary = "salary"\n')
    before = audit.length()
    asking.select(hr, 'identity:3171234567890123 -account:"DE89 3704" (salary:7..9 OR born:<1990)'
                      " title:Clerk note:~thrice sort:-salary")  # fmt: skip
    views.save(hr, "staff", "Mine", "identity:555123")
    refused = importing.import_staff(hr, rows, plan).refused_file
    told = [line for line in audit.recent(_as(house, "auditor")) if line.id > before]
    asked = next(str(one.after) for line in told for one in line.changes if one.field == "for")

    assert asked == ("list identity:… -account:… (salary:… OR born:<…) title:Clerk note:~…"
                     " sort:-salary")  # fmt: skip
    key = hashlib.sha256(b"3171234567890123").hexdigest()
    assert [line.action for line in told].count("staff.import") == 1
    assert key not in str(told)
    assert "555123" not in str(told)
    assert refused is not None
    assert refused.stat().st_mode & 0o077 == 0


def test_the_history_names_private_kinds_to_those_who_may_see_them(house: Session) -> None:
    def told(who: str) -> set[str]:
        lines = privacy.history(_as(house, who), EVE)
        return {change.field for line in lines for change in line.changes}

    private = {kind for kind in (*words.FACTS, *words.PARTS) if words.group_of(kind)}

    assert told("hr_officer") >= {"health", "disciplinary", "salary", "documents"}
    assert told("executive") & {*private, "documents", "facts"} == set()
    assert told("executive") >= {"position", "private"}


def test_the_seal_in_the_trail_is_of_what_is_kept(house: Session) -> None:
    from boconsole.staff import writing
    from db.staff import facts

    row = facts.select_of("salary", EVE)[0]
    seal = privacy.seal(row.head.id, row.head.salt, writing.sealed_values(row))
    trail_says = [one.after for entry in audit.history(house, words.AREA, EVE)
                  for one in entry.changes if one.field == "salary"]  # fmt: skip

    assert trail_says[0] == seal
    changed = row._replace(amount=row.amount + 1)
    assert privacy.seal(row.head.id, row.head.salt, writing.sealed_values(changed)) != seal
