"""What was acknowledged survives kill -9, and nothing is ever there by half."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from boconsole import filing
from boconsole.session import Session
from boconsole.tickets import macros, setting_up, triggering
from db import connection
from tests import wholeness
from tests.postgres import SHELF

ROUNDS = int(os.environ.get("BOCONSOLE_TEST_KILLS", "40"))
LONGEST = 0.12
"""Seconds that a writer lives at most after its first words."""
ROOT = Path(__file__).parent.parent


class Victim:
    """The process that forks writers, and the kill."""

    def __init__(self, url: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.writer", url],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )  # fmt: skip
        self.random = random.Random(20260504)

    def say(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def kill_one(self, seed: int) -> list[str]:
        """Let a writer write, kill it at some moment; returns what it acknowledged."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{seed}\n")
        self.process.stdin.flush()
        told = [self.say()]
        while not told[-1].startswith("pid"):
            told.append(self.say())
        if seed % 4:
            told.append(self.say())
        time.sleep(self.random.uniform(0, LONGEST))
        child = next(line for line in told if line.startswith("pid")).split()[1]
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(child), signal.SIGKILL)
        while not told[-1].startswith("gone"):
            told.append(self.say())
        assert told[-1] == f"gone {-signal.SIGKILL}\n"
        return [line for line in told if line.startswith("{")]


@pytest.fixture
def victim(session: Session) -> Iterator[Victim]:
    """A writer on the database of `session`, where macros and triggers are set up."""
    setting_up.add_queue(session, "Desk")
    macros.save(session, "On it", "Hello {requester.first}", {"tags": "+seen", "assignee": "me"})
    triggering.save(session, "Loud", "update", "impact:high", {"tags": "+loud"})
    victim = Victim(connection.address())
    yield victim
    victim.process.kill()
    victim.process.communicate()


def wait_for_server() -> None:
    """Wait until PostgreSQL has noticed that the writer is gone."""
    for _ in range(200):
        others = connection.fetch(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND backend_type = 'client backend' "
            "AND application_name <> ?",
            (SHELF,),
        )
        if not others:
            return
        time.sleep(0.01)
    raise AssertionError("the server still serves the killed writer")


def kill_many(victim: Victim, rounds: int) -> tuple[int, list[str]]:
    """Kill writers one after the other; returns how much they acknowledged, and what is wrong."""
    acknowledged: list[str] = []
    wrong: list[str] = []
    for seed in range(rounds):
        acknowledged += victim.kill_one(seed)
        if connection.engine() == "postgresql":
            wait_for_server()
        found = [*wholeness.faults(filing.folder()), *wholeness.missing(acknowledged)]
        wrong += [f"round {seed}: {fault}" for fault in found]
        connection.release()
    return len(acknowledged), wrong


def test_no_kill_loses_or_halves_anything(session: Session, victim: Victim) -> None:
    rounds = {"sqlite": ROUNDS, "postgresql": min(ROUNDS, 15)}[connection.engine()]

    acknowledged, wrong = kill_many(victim, rounds)

    assert wrong == []
    assert acknowledged > rounds
