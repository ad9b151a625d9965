"""Plans, repairs, counters and a month's depreciation of assets by command."""

import io
import json
import sys
from collections.abc import Callable
from typing import Any

import pytest

from boconsole.doors.main import main
from boconsole.session import Session
from tests import fixed_assets
from tests.books import enter
from tests.equipment import set_up, thing

Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def run(local_session: Session, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command of assets on a register of one server; answers its code and its JSON."""
    monkeypatch.setenv("BOCONSOLE_CLOCK", "2026-05-04T09:00:00Z")
    fixed_assets.open_register(local_session)
    fixed_assets.buy(local_session)
    set_up(local_session)
    thing(local_session, "Server", category="Laptops", fixed_asset="FA-0001", host="srv1")
    enter(local_session, "Expenses:Supplies  600 USD", "Assets:Bank")

    def call(*words: str) -> tuple[int, Any]:
        out, err = io.StringIO(), io.StringIO()
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        code = main(["--database", sqlite_url, "assets", *words, "--json"])
        return code, json.loads(out.getvalue()) if out.getvalue() else err.getvalue()

    return call


def test_a_plan_is_made_opens_its_ticket_at_the_next_command_and_is_done(run: Run) -> None:
    _code, made = run("plans", "new", "Dust", "--asset", "srv1", "--every", "3mo", "--counter",
                      "hours", "--count-every", "500", "--after", "done")  # fmt: skip
    (plan,) = run("plans", "list", "is:open")[1]
    run("readings", "new", "AST-0001", "hours", "120")
    refused = run("readings", "new", "srv1", "hours", "12")
    _code, (due,) = run("plans", "done", "dust", "srv1", "--count", "130", "--minutes", "15")
    told = run("work", "list", "srv1")[1]["work"]
    stopped = run("plans", "stop", str(made["id"]))[1]

    assert (made["next_on"], made["assets"], plan["open_tickets"]) == ("2026-05-04", 1, 1)
    assert refused[0] == 1
    assert "say why it shows less now" in refused[1]
    assert (due["next_on"], due["next_count"], due["ticket"]) == ("2026-08-04", 630, None)
    assert [(line["kind"], line["what"], line["minutes"]) for line in told] == [
        ("service", "Dust", 15), ("reading", "130 hours", None), ("reading", "120 hours", None),
    ]  # fmt: skip
    assert (stopped["active"], run("plans", "list")[1]) == (False, [])
    assert run("plans", "edit", "dust", "every=1y")[1]["every"] == "1y"
    assert run("plans", "due", "AST-0001")[1] == []


def test_a_repair_goes_comes_back_and_is_capitalised_and_the_month_is_posted(run: Run) -> None:
    away = run("repairs", "send", "srv1", "Fan", "--sent", "2026-05-02")[1]
    twice = run("repairs", "send", "srv1", "Fan")
    back = run("repairs", "back", "srv1", "--cost", "600.00 USD", "--result", "replaced")[1]
    edited = run("repairs", "edit", str(back["id"]), "note=two fans")[1]
    part = run("repairs", "capitalise", "1", "--against", "Expenses:Supplies", "--life", "24")[1]
    planned = run("post-depreciation", "--month", "2026-05", "--dry-run")[1]
    posted = run("post-depreciation", "--month", "2026-05")[1]

    assert (away["returned"], twice[0]) == (None, 1)
    assert "take it back first" in twice[1]
    assert (back["cost"], back["currency"], back["result"]) == ("600.00", "USD", "replaced")
    assert (edited["note"], part["fixed_asset"]) == ("two fans", "FA-0002")
    assert [each["amount"] for each in planned["assets"]] == ["500.00", "25.00"]
    assert posted["state"] == "posted"
    assert run("check") == (0, {"faults": []})
    assert run("work", "list", "srv1")[1]["costs"] == [
        {"currency": "USD", "purchase": "4800.00", "repairs": "600.00", "total": "5400.00"}
    ]
    assert [row["tag"] for row in run("repairs", "list", "is:capitalised")[1]] == ["AST-0001"]
    assert run("repairs", "withdraw", "1")[0] == 1
