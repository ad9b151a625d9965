"""Accounts and the audit trail by command."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from boconsole import credentials
from db import connection

GOOD = "tujuh ekor bebek biru"


def test_accounts_are_made_secured_and_disabled_by_command(
    command: Callable[..., Any], sqlite_url: str, tmp_path: Path
) -> None:
    root = {"BOCONSOLE_USER": "root", "BOCONSOLE_ZONE": "UTC"}
    made = command("users", "add", "eve", "--role", "agent,auditor", "--password-stdin", "--json",
                   stdin=f"{GOOD}\n", **root)  # fmt: skip
    weak = command("users", "add", "bob", "--password-stdin", stdin="password1234\n", **root)
    given = command("users", "reset", "eve", "--json", **root)
    command("users", "edit", "eve", "--role", "auditor", **root)
    denied = command("users", "edit", "root", "--role", "agent", **root)
    mine = command("users", "me", "password", "--stdin",
                   stdin=f"{json.loads(given.stdout)['password']}\neen fiets naar de maan\n",
                   BOCONSOLE_USER="eve")  # fmt: skip
    done = command("users", "disable", "eve", **root)
    listed = command("users", "list", "state:disabled", "--json", **root)
    trail = command("audit", "list", "record:user/eve", "--json", **root)

    assert json.loads(made.stdout) == {"login": "eve", "roles": ["agent", "auditor"]}
    assert (weak.returncode, weak.stdout) == (1, "")
    assert "password1234" not in weak.stderr
    assert "Nobody changes the roles of their own account" in denied.stderr
    assert mine.returncode == 0, mine.stderr
    assert "its sessions end" in done.stdout
    (eve,) = json.loads(listed.stdout)
    assert (eve["login"], eve["roles"], eve["must_change"]) == ("eve", ["auditor"], False)
    assert [line["action"] for line in json.loads(trail.stdout)] == [
        "user.disable", "user.change_password", "user.edit", "user.reset_password", "user.add",
    ]  # fmt: skip
    connection.open_database(sqlite_url)
    assert not credentials.check_password("eve", GOOD)
    connection.close_database()
