"""Home read by a process of its own: the same blocks, by whom the door let in, or read here."""

from __future__ import annotations

import os
import pickle
import select
import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest

from boconsole.doors.ssh.reading import Readers
from boconsole.home import apart, arranging, looking
from boconsole.session import Session
from boconsole.tickets import creating
from boconsole.tickets.rows import NewTicket
from tests.people import add_agent
from tests.ssh_house import until


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    yield ours, theirs
    apart.use(None)
    ours.close()
    theirs.close()


def test_blocks_that_are_told_are_those_that_are_read(
    local_session: Session, ends: tuple[socket.socket, socket.socket]
) -> None:
    creating.create(local_session, NewTicket("House is locked", "We cannot get in."))
    there, here = ends
    apart.use(apart.Reader(here))
    number = int.from_bytes(there.recv(4), "big")
    apart.answer(local_session, there, number)
    nobody = replace(local_session, permissions=frozenset())

    order = apart.arrangement(nobody)
    blocks = [apart.read(nobody, name) for name in order]

    assert order == arranging.arrangement(local_session)
    assert blocks == [looking.read(local_session, name) for name in order]


def test_what_does_not_come_is_read_here(
    local_session: Session, ends: tuple[socket.socket, socket.socket]
) -> None:
    there, here = ends
    apart.use(apart.Reader(here))
    first = int.from_bytes(there.recv(4), "big")
    there.send(pickle.dumps((first, ("tickets", "now"))))
    there.send(pickle.dumps((first, apart.END)))

    assert apart.arrangement(local_session) == ("tickets", "now")
    assert apart.read(local_session, "now") == looking.read(local_session, "now")
    there.send(pickle.dumps((first, ("of", "a", "reading", "before"))))
    there.close()
    assert apart.arrangement(local_session) == arranging.arrangement(local_session)


def test_reader_is_started_for_whom_the_server_let_in_and_one_at_a_time() -> None:
    def look(order: dict[str, object], line: socket.socket, number: int) -> None:
        offered[0].close()  # as the zygote has closed it
        line.send(pickle.dumps((number, (str(order["login"]), str(os.getpid())))))
        select.select([], [], [], 20)

    poll = select.poll()
    readers = Readers(poll, look)
    line = readers.offer({"login": "ann"})
    offered = [line]
    told: list[tuple[int, tuple[str, str]]] = []
    for word in (b"root", b"\x00\x00\x00\x02"):
        line.send(word)
        readers.serve(poll.poll(5_000)[0][0])
        told.append(pickle.loads(line.recv(9_000)))
    first, second = (int(pid) for _number, (_login, pid) in told)

    assert [(number, login) for number, (login, _pid) in told] == [
        (int.from_bytes(b"root", "big"), "ann"),
        (2, "ann"),
    ]
    assert os.waitpid(first, 0)[1] != 0, "the one before goes on"
    readers.ended(first)
    line.close()
    readers.serve(poll.poll(5_000)[0][0])
    until(lambda: os.waitpid(second, os.WNOHANG)[0], "the end of a reader without its session")
    assert not poll.poll(0)


def test_end_of_a_reader_is_told() -> None:
    poll = select.poll()
    readers = Readers(poll, lambda *_order: None)
    line = readers.offer({"login": "ann"})
    line.send(b"\x00\x00\x00\x07")
    readers.serve(poll.poll(5_000)[0][0])
    readers.ended(os.waitpid(-1, 0)[0])

    assert pickle.loads(line.recv(9_000)) == (7, apart.END)


def test_agents_reader_tells_no_more_than_the_agent_may_see(
    local_session: Session, ends: tuple[socket.socket, socket.socket]
) -> None:
    agent = add_agent(local_session, "ann")
    there, here = ends
    apart.use(apart.Reader(here))
    apart.answer(agent, there, int.from_bytes(there.recv(4), "big"))

    assert apart.arrangement(local_session) == arranging.arrangement(agent)
    assert set(arranging.arrangement(agent)) < set(arranging.arrangement(local_session))
