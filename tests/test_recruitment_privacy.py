"""Every role at every door to candidates: who they are, what is thought of them, their offers."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from boconsole import approvals, audit, drafts, ending, views
from boconsole.checklists import reading as lists
from boconsole.doors import arguments
from boconsole.doors.calls import Call
from boconsole.doors.main import carry_out, main
from boconsole.errors import BoconsoleError, NotAllowedError, NotFoundError
from boconsole.filing import File
from boconsole.recruitment import (
    asking,
    boarding,
    candidates,
    card,
    exporting,
    hiring,
    interviewing,
    offering,
    openings,
    stages,
    waiting,
)
from boconsole.roles import ROLES, permissions_of
from boconsole.session import Session
from boconsole.settings import read_settings
from boconsole.staff import asking as people
from boconsole.staff import changing, finding
from boconsole.trail import reading as trail
from db import connection, users
from screens import recruitment_forms, recruitment_tabs, staff_forms
from tests.officers import company, officer
from tests.people import MONDAY, StandingClock, add_agent, open_session

EVA, CLERK = 1, 1
SECRETS = {
    "name": "Evangeline", "phone": "0877-1234", "note": "allergic", "file": "evangeline-cv.pdf",
    "reason": "stammers", "score": "arrogant", "pay": "7531246",
}  # fmt: skip
"""A word of each private thing of a candidate, which must be seen nowhere else."""
Door = Callable[[Session, Path], Any]


@pytest.fixture(scope="module")
def house(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A company where Budi fills an opening, Wayan and Rina talk to a candidate, who has an offer.

    Only Wayan gave a score, so that Rina may not see it yet.
    """
    path = tmp_path_factory.mktemp("recruitment") / "recruitment.sqlite"
    shutil.copy(sqlite_template, path)
    root = open_session(f"sqlite:///{path}", StandingClock())
    hr = officer(root)
    company(hr)
    for login in ("budi", "wayan", "rina", "else"):
        add_agent(root, login)
    add_agent(root, "hana", ("hr_officer",))
    changing.edit(hr, finding.again(2), {"user": "budi"})
    changing.edit(hr, finding.again(3), {"user": "else"})
    given = {"title": "Clerk", "department": "Finance", "manager": "Budi"}
    opening = openings.new(hr, given, "open")
    eva = stages.new_candidate(hr, {
        "name": SECRETS["name"], "phone": SECRETS["phone"], "note": SECRETS["note"],
        "email": "e@home.example",
    }, opening, [File(SECRETS["file"], b"%PDF")])  # fmt: skip
    row = stages.move(hr, [stages.named(hr, eva)], "interview", SECRETS["reason"])[0]
    talk = interviewing.plan(hr, row, MONDAY, ["wayan", "rina"])
    points = dict.fromkeys(interviewing.get(hr, talk.id).criteria, 2)
    interviewing.score(_as(root, "wayan"), talk.id, points, "no", SECRETS["score"])
    offering.make(hr, row, {"amount": f"{SECRETS['pay']} IDR", "starts_on": "2026-06-01",
                            "expires_on": "2026-05-20"})  # fmt: skip
    drafts.keep(hr, "recruitment.offer.1", 0, {"amount": SECRETS["pay"], "note": SECRETS["note"]})
    yield root
    connection.close_database()


def _as(root: Session, who: str) -> Session:
    """Return a role that is nobody of the company, the manager, an interviewer, or a colleague."""
    login = who if who in ("budi", "wayan", "rina", "else") else "root"
    user = users.find(login)
    assert user is not None
    return replace(root, user=user, permissions=permissions_of(("agent",) if login == who
                                                               else (who,)))  # fmt: skip


def _export(session: Session, path: Path) -> str:
    exporting.export(session, path, asking.candidates(session, "any"))
    assert path.stat().st_mode & 0o077 == 0
    return path.read_text("utf-8")


def _screen(session: Session, path: Path) -> Any:
    found = card.read(session, EVA, opened=True)
    rows = [tab.read(session, found) for tab in recruitment_tabs.TABS if tab.read]
    picture = [line.plain for line in recruitment_tabs.picture(found, 200)]
    return picture, [cell.text for tab in rows for row in tab.lines for cell in row.cells]


def _undo(session: Session, path: Path) -> Any:
    try:
        return [str(row) for row in stages.undo_last(session)]
    except NotAllowedError:
        raise
    except BoconsoleError as error:
        return str(error)


OPENING: dict[str, Door] = {
    "card": lambda s, p: card.record(card.read(s, EVA, opened=True)),
    "card in words": lambda s, p: card.told(s, card.read(s, EVA, opened=True)),
    "screen": _screen,
    "list": lambda s, p: [exporting.line_record(one) for one in asking.candidates(s, "any")],
    "words": lambda s, p: [asking.candidates(s, f'any "{word}"') for word in SECRETS.values()],
    "export": _export,
    "board": lambda s, p: boarding.read(s, CLERK),
    "files": lambda s, p: candidates.documents(s, EVA),
    "inbox": lambda s, p: approvals.waiting(s),
    "ending": lambda s, p: ending.around(s),
    "offers": lambda s, p: waiting.waiting(s),
    "who": lambda s, p: hiring.who_is(s, stages.again(1)),
}
"""Doors that show some of it to those who may see it."""
SHUT: dict[str, Door] = {
    "trail": lambda s, p: trail.list_page(s, "", limit=2_000),
    "history": lambda s, p: [audit.history(s, feature, 1)
                             for feature in ("candidate", "application", "opening")],
    "staff": lambda s, p: [people.select(s, f'"{word}"') for word in SECRETS.values()],
    "lists": lambda s, p: lists.every(s), "steps": lambda s, p: lists.mine(s),
    "views": lambda s, p: views.list_all(s, "candidate"),
    "undo": _undo,
}  # fmt: skip
"""Doors that show it to nobody."""
SEEN = {
    "hr_officer": set(SECRETS), "budi": set(SECRETS) - {"pay"}, "wayan": set(SECRETS) - {"pay"},
    "rina": set(SECRETS) - {"pay", "score"},
}  # fmt: skip
"""What opens to whom; nothing to anybody else."""


def _told(door: Door, session: Session, path: Path) -> str:
    try:
        text = json.dumps(door(session, path), default=str, ensure_ascii=False)
    except (NotAllowedError, NotFoundError) as error:
        return str(error)
    return text.replace(",", "")


@pytest.mark.parametrize("who", [*sorted(ROLES), "budi", "wayan", "rina", "else"])
def test_candidates_open_to_those_who_see_them_alone(
    house: Session, who: str, tmp_path: Path
) -> None:
    session = _as(house, who)
    told = {name: _told(door, session, tmp_path / "out.json")
            for name, door in {**OPENING, **SHUT}.items()}  # fmt: skip
    found = {(name, what) for name, text in told.items() for what, word in SECRETS.items()
             if word in text}  # fmt: skip

    assert {what for name, what in found if name in ("card", "list", "files")} == SEEN.get(
        who, set()
    )
    assert {name for name, _what in found} <= set(OPENING)
    assert {name for name, what in found if what == "pay"} <= {"card", "card in words", "screen"}


def test_each_look_at_what_is_offered_is_written_down_and_no_other(
    house: Session, tmp_path: Path
) -> None:
    hr = _as(house, "hr_officer")

    def looks(action: Callable[[], object]) -> list[tuple[str, int]]:
        before = audit.length()
        action()
        rows = audit.recent(_as(house, "auditor"))
        return [(row.action, row.record_id) for row in rows if row.id > before]

    for name, door in {**OPENING, **SHUT}.items():
        shows = name in ("card", "card in words", "screen")
        expected = [("candidate.look", EVA)] if shows else []
        assert looks(lambda door=door: _told(door, hr, tmp_path / "out.json")) == expected, name  # type: ignore[misc]
    assert looks(lambda: card.read(hr, EVA)) == []
    assert looks(lambda: card.read(_as(house, "budi"), EVA, opened=True)) == []


WORDS = (
    "recruitment candidates show CAN-0001 --private --json",
    "recruitment candidates show CAN-0001", "recruitment candidates list any --json",
    "recruitment candidates list salary:>1", "recruitment candidates list note:~aller",
    "recruitment candidates list sort:salary", "recruitment candidates list was:stage=offer",
    "recruitment openings show OPN-0001 --json", "recruitment openings list state:any --json",
    "recruitment attachments CAN-0001", "recruitment candidates offer CAN-0001 withdrawn",
    "recruitment forget-due --dry-run", "recruitment keep --json", "recruitment candidates undo",
    "ledger approvals --json", "ending --json", "audit list --json", "checklists list --all --json",
    "staff hire CAN-0001", "staff list --json",
)  # fmt: skip
HELD = {"hana": {"pay": {0}, "note": {0, 1, 2, 7}}, "budi": {"note": {0, 1, 2, 7}}}
"""The commands that tell two of the secrets, by who asks."""


@pytest.mark.parametrize(
    ("who", "door"), [("hana", "cli"), ("hana", "ssh"), ("budi", "ssh"), ("else", "cli")]
)
def test_the_command_line_tells_no_more_here_and_over_ssh(
    house: Session, who: str, door: str, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("BOCONSOLE_USER", who)
    monkeypatch.setenv("BOCONSOLE_CLOCK", "2026-05-04T09:00:00Z")
    database = f"sqlite:///{connection.file()}"
    told: dict[str, set[int]] = {"pay": set(), "note": set()}
    for place, words in enumerate(WORDS):
        words_of = ["--database", database, *words.split()]
        if door == "cli":
            main(words_of)
        else:
            settings = read_settings({"BOCONSOLE_DATABASE": database}, {})
            guest = Call(arguments.parse(words_of), settings, guest=who, door="ssh")
            carry_out(guest.words, lambda _words, guest=guest: guest)  # type: ignore[misc]
        said = capsys.readouterr()
        text = (said.out + said.err).replace(",", "").replace(".", "")
        assert "Traceback" not in text
        for what in told:
            told[what] |= {place} if SECRETS[what] in text else set()
    open_session(database, StandingClock())

    assert {what: places for what, places in told.items() if places} == HELD.get(who, {})


def test_what_was_typed_of_one_person_is_offered_at_no_other(house: Session) -> None:
    hr = _as(house, "hr_officer")
    ann, budi = finding.again(1), finding.again(2)
    forms: list[Callable[..., Any]] = [
        *(partial(staff_forms.fact_form, hr, kind=kind, saved=print)
          for kind in ("salary", "bank", "health", "position")),
        *(partial(form, hr, saved=print) for form in (
            staff_forms.leave_form, staff_forms.renew_form, staff_forms.again_form)),
    ]  # fmt: skip

    for form in forms:
        assert form(row=ann).form.id != form(row=budi).form.id
    row = stages.again(1)
    offers = [recruitment_forms.offer_form(hr, one, print).form.id
              for one in (row, row._replace(id=2))]  # fmt: skip
    assert len(set(offers)) == 2
