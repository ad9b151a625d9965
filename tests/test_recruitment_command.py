"""Recruitment by command: from an opening to a hire, and back to what was handed out."""

import json
from pathlib import Path

from boconsole.doors.main import main
from boconsole.roles import ROLES


def test_somebody_is_found_hired_and_let_go_from_the_shell(
    sqlite_url: str, capsys, monkeypatch, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("BOCONSOLE_CLOCK", "2026-05-04T09:00:00Z")
    monkeypatch.setenv("BOCONSOLE_ZONE", "UTC")

    def run(*words: str, by: str = "hana") -> tuple[int, object]:
        monkeypatch.setenv("BOCONSOLE_USER", by)
        code = main(["--database", sqlite_url, "--json", *words])
        told = capsys.readouterr()
        return code, json.loads(told.out) if told.out else told.err

    for login in ("hana", "rina"):
        run("users", "add", login, "--role", "hr_officer", "--role", "admin", by="root")
    (tmp_path / "cv.pdf").write_bytes(b"%PDF")
    run("recruitment", "openings", "new", "Clerk", "--criteria", "Skill", "--state", "open")
    run("recruitment", "candidates", "new", "--name", "Eva", "--email", "eva@home.example",
        "--opening", "OPN-0001", "--resume", str(tmp_path / "cv.pdf"))  # fmt: skip
    run(
        "checklists", "template", "All", "--step", "Badge | hana | 0", "--step", "Mail | | | access"
    )
    _code, wrong = run("recruitment", "candidates", "move", "CAN-0001", "offer")
    run("recruitment", "candidates", "move", "CAN-0001", "interview")
    run(
        "recruitment", "candidates", "interview", "CAN-0001", "--at", "2026-05-05", "--with", "rina"
    )
    _code, talk = run("recruitment", "candidates", "score", "CAN-0001", "Skill=5", "--recommend",
                      "yes", by="rina")  # fmt: skip
    _code, made = run("recruitment", "candidates", "offer", "CAN-0001", "--salary", "9000000 IDR",
                      "--start", "2026-05-04", "--expires", "2026-05-20")  # fmt: skip
    own = run("recruitment", "candidates", "offer", "CAN-0001", "approve")[0]
    run("recruitment", "candidates", "offer", "CAN-0001", "approve", by="rina")
    run("recruitment", "candidates", "offer", "CAN-0001", "accept")
    _code, shown = run("recruitment", "candidates", "show", "CAN-0001", "--private")
    _code, hired = run("staff", "hire", "CAN-0001", "--user", "rina")
    _code, steps = run("checklists", "show", "EMP-0001")
    ticked = run("checklists", "tick", "1")[0]
    run("staff", "leave", "EMP-0001", "--on", "2026-05-04")
    _code, left = run("checklists", "tick", "3")
    _code, listed = run("checklists", "list", "--all")

    assert "cannot become offer" in str(wrong)
    assert talk["average"] == "5.0"  # type: ignore[index]
    assert made["salary"] is None  # type: ignore[index]
    assert own == 1
    assert shown["applications"][0]["offers"][0]["salary"] == "9000000.00"  # type: ignore[index]
    assert (hired["number"], hired["title"]) == ("EMP-0001", "Clerk")  # type: ignore[index]
    assert [step["link"] for step in steps[0]["steps"]] == ["", "TKT-1"]  # type: ignore[index]
    assert ticked == 0
    assert left["title"] == "Disable the account rina"  # type: ignore[index]
    assert [(one["kind"], one["done"]) for one in listed] == [  # type: ignore[union-attr]
        ("offboarding", 1), ("onboarding", 1),
    ]  # fmt: skip
    assert run("checklists", "mine", by="rina")[0] == 1
    assert "recruitment.read" not in ROLES["admin"]
