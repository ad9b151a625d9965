"""Projects, tasks and time by command: a plan made, scheduled, worked on and reported."""

import json

from boconsole.doors.main import main


def test_a_project_is_planned_and_worked_on_from_the_shell(
    sqlite_url: str, capsys, monkeypatch
) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("BOCONSOLE_CLOCK", "2026-05-04T09:00:00Z")
    monkeypatch.setenv("BOCONSOLE_USER", "root")
    monkeypatch.setenv("BOCONSOLE_ZONE", "UTC")

    def run(*words: str) -> tuple[int, object]:
        code = main(["--database", sqlite_url, "--json", *words])
        told = capsys.readouterr()
        return code, json.loads(told.out) if told.out else told.err

    _code, made = run("projects", "new", "Warehouse", "--start", "2026-05-04", "--budget",
                      "9600 USD", "--state", "active")  # fmt: skip
    run("tasks", "new", "--project", "PRJ-0001", "Plan", "--days", "5", "--start", "2026-05-04")
    run("tasks", "new", "--project", "1", "Build", "--days", "10", "--after", "TSK-1")
    run("tasks", "new", "--project", "1", "Paint", "--days", "2", "--after", "TSK-1 SS+1")
    run("time", "rates", "admin", "60 USD")
    _code, refused = run("tasks", "link", "TSK-1", "--after", "TSK-2")
    run("projects", "follow", "1")
    _code, spent = run("time", "add", "TSK-1", "1h30m")
    run("tasks", "done", "TSK-1", "TSK-3")
    _code, plan = run("projects", "schedule", "PRJ-0001")
    _code, how = run("projects", "forecast", "1")
    run("projects", "status", "1", "--rag", "amber", "--reason", "Steel comes late")
    _code, listed = run("projects", "list", "amber")

    assert made["number"] == "PRJ-0001"  # type: ignore[index]
    assert "TSK-1 → TSK-2 → TSK-1" in str(refused)
    assert spent["minutes"] == 90  # type: ignore[index]
    assert [(each["number"], each["earliest_start"], each["latest_finish"], each["slack"])
            for each in plan["tasks"]] == [  # type: ignore[index]
        ("TSK-1", "2026-05-04", "2026-05-04", 0), ("TSK-3", "2026-05-04", "2026-05-18", 10),
        ("TSK-2", "2026-05-05", "2026-05-18", 0),
    ]  # fmt: skip
    figures = how["earned_value"]  # type: ignore[index]
    assert (figures["bac"], figures["ac"], figures["ev"]) == ("9600.00", "90.00", "3952.94")
    assert [row["rag_reason"] for row in listed] == ["Steel comes late"]  # type: ignore[union-attr]
