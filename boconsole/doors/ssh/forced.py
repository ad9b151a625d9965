"""The session that the system's own sshd starts, by ForceCommand or a line of authorized_keys.

Trusted is only what the administrator wrote: the words of the forced command, a file of settings
that they name, and the system's user. Of the environment, which a client may have filled, no
setting is taken.
"""

import os
import pwd
import shlex
from dataclasses import replace
from pathlib import Path

from boconsole.doors.calls import Call, dotenv
from boconsole.doors.ssh import child
from boconsole.settings import Settings, read_settings

ASKED = "SSH_ORIGINAL_COMMAND"
LINE = "SSH_CONNECTION"
"""What sshd sets for each session, and no client can take away."""


def enter(call: Call) -> int:
    """Sign in, be the session, sign out; returns the exit code."""
    from boconsole import signing_in

    words = call.words
    settings = trusted(words.database, words.settings)
    login = words.login or pwd.getpwuid(os.getuid()).pw_name
    settings = replace(settings, user=login)
    asked = os.environ.get(ASKED, "")
    address = os.environ.get(LINE, "").split(" ")[0]
    sent = {name: os.environ[name] for name in child.SENT if child.plain(os.environ.get(name))}
    signing_in.open_records(settings, create=False)
    session = signing_in.session_of(settings, login, "ssh")
    signing_in.signed_in(session, "sshd", address)
    environment = sent | ({"TERM": os.environ.get("TERM", "")} if not asked else {})
    child.dress(environment, replace(settings, language=session.language))
    code = 1
    try:
        code = child.serve(shlex.split(asked) if asked else None, settings, login)
    finally:
        signing_in.open_records(settings, create=False)
        signing_in.signed_out(session, address)
    return code


def trusted(database: str, file: str) -> Settings:
    """Return the settings of a file and of the forced command's words, and of nothing else."""
    return read_settings({}, dotenv(Path(file)) if file else {}, database=database)
