"""Files hang on the message they came with, under names that harm nobody."""

import pytest

from boconsole.session import Session
from boconsole.tickets import attaching, reading, replying, triggering
from boconsole.tickets.rows import File
from tests.desks import make


@pytest.mark.parametrize("internal", [False, True])
def test_files_stay_with_their_message_when_a_trigger_writes_too(
    session: Session, internal: bool
) -> None:
    triggering.save(session, "Remind", "update", "", {"note": "Look at the manual."})
    ticket = make(session)

    replying.reply(session, ticket, "See this.", internal=internal, files=[File("a.txt", b"x")])

    files = {entry.text: entry.attachments for entry in reading.timeline(session, ticket.id)}
    assert [file.name for file in files["See this."]] == ["a.txt"]
    assert files["Look at the manual."] == ()


def test_what_a_requester_sends_stays_with_the_words_when_a_trigger_writes_too(
    session: Session,
) -> None:
    triggering.save(session, "Remind", "update", "", {"note": "Look at the manual."})
    ticket = make(session)

    replying.receive(session, ticket, "A photo.", files=[File("a.txt", b"x")])

    file = next(
        entry for entry in reading.timeline(session, ticket.id) if entry.text == "A photo."
    ).attachments[0]
    assert attaching.content(session, ticket.id, file.id) == ("a.txt", b"x")
