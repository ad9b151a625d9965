"""The SSH server through OpenSSH's own client: who comes in, how, and what is refused."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pexpect
import pytest
from pyotp import TOTP

from tests.ssh_house import (
    BANNER,
    FRESH,
    PASSWORD,
    SECRET,
    House,
    Street,
    needs_client,
    trail,
    until,
)  # fmt: skip

pytestmark = needs_client
WRONG = "a wrong one altogether"


@pytest.fixture
def house(ssh_street: Street) -> House:
    return ssh_street.house()


def test_host_key_is_made_for_its_owner_alone(house: House) -> None:
    assert house.host_key.stat().st_mode & 0o777 == 0o600
    assert house.line.startswith("boconsole listens at 127.0.0.1 port ")


def test_key_opens_the_console_of_its_owner(house: House) -> None:
    with house.console("ann") as console:
        shown = console.wait_for("To do", "? help")
        console.press("q")

        assert console.wait_end() == 0
        assert "ann" in shown.splitlines()[0]
        assert not console.modes()["1049"]


def test_key_of_another_lets_nobody_in(house: House) -> None:
    refused = [house.run("ann", "--json", key=key) for key in ("ben", "stranger")]

    assert [one.returncode for one in refused] == [255, 255]
    assert "Permission denied" in refused[0].stderr


def test_command_runs_with_the_permissions_of_who_signed_in(house: House) -> None:
    listed = house.run("ann", "tickets", "list", "status:open,new", "--json")
    denied = house.run("ann", "users", "add", "mallory")
    unknown = house.run("ann", "tickets", "list", "--nonsense")

    assert [ticket["subject"] for ticket in json.loads(listed.stdout)] == ["House is locked"]
    assert (denied.returncode, unknown.returncode) == (1, 2)
    assert "ann may not do this (user.edit)" in denied.stderr
    assert denied.stdout == ""


def test_what_is_sent_and_taken_goes_through_stdin_and_stdout(house: House) -> None:
    made = house.run("ann", "tickets new --subject Rain --body - --json", stdin="It is\nwet.\n")
    number = json.loads(made.stdout)["number"]
    exported = house.run("ann", "tickets", "export", "rain", "-")

    assert json.loads(house.run("ann", "tickets", "show", number, "--json").stdout)[
        "body"
    ].startswith("It is\nwet.")
    assert exported.stdout.splitlines()[1].startswith(number)


@pytest.mark.parametrize(
    "words",
    [
        "sh -c id",
        "demo",
        "settings",
        "ssh --port 0",
        "ssh enter --as root",
        "--database sqlite:////tmp/other.sqlite tickets list",
        "tickets export /tmp/boconsole-elsewhere.csv",
        "tickets reply TKT-1 --text hello --attach /etc/passwd",
        "sla load /etc/passwd",
        "open tickets",
        "--data sqlite:////tmp/other.sqlite tickets list",
        "tickets list --database=sqlite:////tmp/other.sqlite",
        "@/etc/passwd",
        "users me keys add /etc/passwd",
        "ledger balance-sheet --output=/tmp/boconsole-elsewhere.csv",
        "ledger import -- /etc/passwd",
        "tickets count; id",
        "scp -t /tmp",
        "internal-sftp",
    ],
)
def test_nothing_else_can_be_run(house: House, words: str) -> None:
    refused = house.run("ann", words)

    assert refused.returncode in (1, 2)
    assert refused.stdout == ""
    assert "SSH" in refused.stderr or "usage" in refused.stderr or "server's" in refused.stderr
    assert not Path("/tmp/boconsole-elsewhere.csv").exists()


def test_no_shell_reads_the_words(house: House) -> None:
    made = house.folder / "made"
    words = f"tickets count $(touch {made}) `touch {made}` && touch {made}; touch {made}"

    house.run("ann", words)
    found = house.run("ann", "tickets", "count", f"'$(touch {made})'", "--json")

    assert json.loads(found.stdout)["count"] == 0
    assert not made.exists()


def test_forwarding_agents_and_subsystems_are_refused(house: House) -> None:
    sftp = house.run("ann", "sftp", flags=("-s",))
    ahead = house.run("ann", "--json", ExitOnForwardFailure="yes", RemoteForward="0 127.0.0.1:22")
    agent = house.run("ann", "--json", ForwardAgent="yes")
    through = house.run("ann", flags=("-W", "127.0.0.1:22"))
    copied = _copied(house, "-O"), _copied(house, "-s")

    assert "subsystem request failed" in sftp.stderr
    assert ahead.returncode == 255
    assert "remote port forwarding failed" in ahead.stderr
    assert agent.returncode == 0
    assert (through.returncode, through.stderr) == (255, "stdio forwarding failed\n")
    assert all(copied)
    assert not (house.folder / "copied").exists()


def _copied(house: House, way: str) -> int:
    """Send a file by scp, the old way or by SFTP; returns its exit code."""
    words = house.client("ann", flags=(way,))
    options = words[1 : words.index(way) + 1]
    there = f"ann@127.0.0.1:{house.folder}/copied"
    return subprocess.run(
        ["scp", *options, "-P", str(house.port), str(house.folder / "known"), there],
        capture_output=True, timeout=60, check=False, stdin=subprocess.DEVNULL,
    ).returncode  # fmt: skip


def test_no_way_leads_through_the_server(house: House) -> None:
    free = socket.socket()
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
    free.close()
    ways = {
        "L": house.client("ann", flags=("-N", "-L", f"{port}:127.0.0.1:{house.port}")),
        "D": house.client("ann", flags=("-N", "-D", str(port))),
    }
    told = {}
    for name, words in ways.items():
        with subprocess.Popen([*words], stderr=subprocess.DEVNULL) as client:
            until(lambda: _answers(port), "the client's own end")
            told[name] = _through(port, house.port, socks=name == "D")
            client.terminate()
    window = subprocess.run(
        house.client("ann", "--json", flags=("-Y",), LogLevel="INFO"),
        env={"PATH": os.environ["PATH"], "DISPLAY": ":9"}, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip

    assert told == {"L": b"", "D": b""}
    assert "X11 forwarding request failed" in window.stderr


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def _through(port: int, target: int, socks: bool) -> bytes:
    """Return what is heard from a port of the server's machine; nothing where there is no way."""
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        if socks:
            line.sendall(b"\x05\x01\x00")
            line.recv(2)
            line.sendall(b"\x05\x01\x00\x01\x7f\x00\x00\x01" + target.to_bytes(2, "big"))
            if line.recv(10)[1:2] != b"\x00":
                return b""
        try:
            return line.recv(20)
        except ConnectionError:
            return b""


def test_client_names_neither_user_nor_settings(house: House) -> None:
    sent = (
        "BOCONSOLE_USER=root BOCONSOLE_DATABASE=sqlite:////tmp/x LOGNAME=root LANG=id_ID.UTF-8 "
        "LD_PRELOAD=/tmp/x.so PYTHONSTARTUP=/tmp/x.py PYTHONPATH=/tmp PATH=/tmp HOME=/tmp"
    )

    answer = house.run("ann", "--json", SetEnv=sent)
    sentence = house.run("ann", "demo", SetEnv=sent)

    assert (json.loads(answer.stdout)["user"], answer.stderr) == ("ann", "")
    assert sentence.stderr.startswith("Perintah ini tidak dapat dijalankan lewat SSH")


def test_password_and_code_are_asked_for_and_a_code_counts_once(house: House) -> None:
    code = TOTP(SECRET).at(datetime.now(UTC))
    with house.ask("cee", "--json") as asked:
        asked.expect(BANNER)
        asked.expect("Password: ")
        asked.sendline(PASSWORD)
        asked.expect("One-time code: ")
        asked.sendline(code)
        asked.expect('"user": "cee"')
        asked.expect(pexpect.EOF)
    with house.ask("cee", "--json") as again:
        again.expect("Password: ")
        again.sendline(PASSWORD)
        again.expect("One-time code: ")
        again.sendline(code)
        again.expect(["Password: ", "Permission denied"])


def test_two_that_show_one_code_at_once_do_not_both_come_in(house: House) -> None:
    code = TOTP(SECRET).at(int(datetime.now(UTC).timestamp()) + 30)
    both = [house.ask("cee", "--json") for _client in range(2)]
    for asked in both:
        asked.expect("Password: ")
        asked.sendline(PASSWORD)
        asked.expect("One-time code: ")
    for asked in both:
        asked.sendline(code)
    came_in = [asked.expect(['"user": "cee"', "Password: ", "denied|wait"]) for asked in both]
    for asked in both:
        asked.close()

    assert came_in.count(0) == 1


def test_password_that_must_be_changed_is_changed_at_sign_in(house: House) -> None:
    with house.ask("dee", "--json") as asked:
        for question, answer in (("Password: ", PASSWORD), ("New password: ", "short"),
                                 ("Again: ", "short"), ("is too short", ""),
                                 ("New password: ", FRESH), ("Again: ", FRESH)):  # fmt: skip
            asked.expect(question)
            if answer:
                asked.sendline(answer)
        asked.expect('"user": "dee"')
        asked.expect(pexpect.EOF)
    with house.ask("dee", "--json") as again:
        again.expect("Password: ")
        again.sendline(FRESH)
        again.expect('"user": "dee"')


def test_guessing_waits_and_the_trail_names_no_unknown_login(house: House) -> None:
    waits = 0
    for _round in range(6):
        with house.ask("nobody-at-all", "--json") as asked:
            while (said := asked.expect(["Password: ", "failed tries; wait", pexpect.EOF])) < 2:
                if said == 1:
                    waits += 1
                    break
                asked.sendline(WRONG)
        if waits:
            break

    assert waits, "nobody had to wait"
    told = trail(house.url)
    assert not [line for line in told if "nobody-at-all" in "".join(line) or WRONG in "".join(line)]
    refusals = [line for line in told if line[0] == "user.sign_in_refused"]
    assert {line[1:3] for line in refusals} == {("system", "ssh")}
    assert house.run("ann", "--json").returncode == 0


def test_coming_and_going_is_in_the_trail(house: House) -> None:
    house.run("ben", "tickets", "count")

    def gone() -> bool:
        return [line[0] for line in trail(house.url) if line[1] == "ben"][-2:] == [
            "user.sign_in",
            "user.sign_out",
        ]

    until(gone, "the sign-out of ben")
    entered = next(line for line in trail(house.url) if line[:2] == ("user.sign_in", "ben"))
    assert entered[2] == "ssh"
    assert json.loads(entered[3]) == {"means": [None, "key"], "address": [None, "127.0.0.1"]}


def test_secrets_are_nowhere_but_in_their_hashes(house: House) -> None:
    code = TOTP(SECRET).at(datetime.now(UTC))
    written = b"".join(
        path.read_bytes()
        for path in house.folder.rglob("*")
        if path.is_file() and path.name not in ("ann", "ben", "stranger")
    )
    log = b"".join(path.read_bytes() for path in house.folder.rglob("*.log"))
    words = Path(f"/proc/{house.process.pid}/cmdline").read_bytes()

    for secret in (PASSWORD, FRESH, WRONG):
        assert secret.encode() not in written + words
    for secret in (SECRET, code):
        assert secret.encode() not in log + words
        assert secret not in str(trail(house.url))
