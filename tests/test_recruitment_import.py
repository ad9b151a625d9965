"""Candidates from a file: good rows come in together, refused ones are told with their line."""

from pathlib import Path

import pytest

from boconsole.errors import NotAllowedError
from boconsole.recruitment import asking, candidates, forgetting, importing, openings
from boconsole.session import Session
from db import audit as trail
from tests.officers import officer
from tests.people import add_agent

ROWS = """name,email,phone,source,note,consent_on,keep_until,opening
Eva,eva@home.example,0811,fair,Knows Ann,2026-05-01,,OPN-0001
,nobody@home.example,,,,,,
Joko,not a mail,,,,,,
Lia,eva@home.example,,,,,,
Mia,mia@home.example,,,,2027-01-01,,
Nico,,0815,,,,2026-12-31,OPN-0002
Omar,omar@home.example,,,,,,OPN-0009
Rina,,0817,,,,2026-12-31,
"""


def test_candidates_come_in_from_a_file_once(session: Session, tmp_path: Path) -> None:
    hr = officer(session)
    openings.new(hr, {"title": "Clerk"}, "open")
    openings.new(hr, {"title": "Driver"}, "draft")
    path, plan = tmp_path / "fair.csv", Path(importing.MAP)
    path.write_text(ROWS, "utf-8")

    tried = importing.import_candidates(hr, path, plan, dry_run=True)
    nobody = asking.candidates(hr, "any")
    done = importing.import_candidates(hr, path, plan)
    again = importing.import_candidates(hr, path, plan)

    assert (tried.created, nobody) == (2, [])
    assert [(one.line, one.column) for one in done.refused] == [
        (3, "name"), (4, "email"), (5, "email"), (6, "consent_on"), (7, "opening"), (8, "opening"),
    ]  # fmt: skip
    assert [(one.number, one.candidate.name, one.stage) for one in asking.candidates(hr)] == [
        ("CAN-0002", "Rina", ""), ("CAN-0001", "Eva", "applied"),
    ]  # fmt: skip
    assert str(candidates.again(2).keep_until) == "2026-12-31"
    assert (done.created, again.created, again.known) == (2, 0, 2)
    assert done.refused_file is not None
    assert done.refused_file.stat().st_mode & 0o077 == 0
    lines = [line for line in trail.select_of("candidate") if line.action == "candidate.import"]
    assert len(lines) == 2
    assert "Eva" not in str([line.changes for line in lines])
    with pytest.raises(NotAllowedError):
        importing.import_candidates(add_agent(hr, "ava", ("executive",)), path, plan)
    forgetting.forget(hr, [candidates.again(1)])
    assert importing.import_candidates(hr, path, plan, dry_run=True).created == 1
