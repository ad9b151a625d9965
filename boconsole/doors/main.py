"""The way in from the shell: words to a command, its answer to the terminal, faults to the log.

Nothing is imported before it is needed: `--version` answers with the interpreter alone.
"""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from argparse import Namespace

    from boconsole.doors.calls import Call

DONE, REFUSED, INTERRUPTED = 0, 1, 130
YOUNG = 10_000
"""New objects between two looks for garbage; a command makes more than Python's 700 of them."""


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; returns 0 done, 1 refused, 2 wrong usage, 130 interrupted."""
    words = list(sys.argv[1:] if words is None else words)
    if words in (["--version"], ["-V"]):
        from boconsole import __version__

        print(f"boconsole {__version__}")
        return DONE
    return guarded(words, lambda parsed: carry_out(_forced(parsed), _read))


def _forced(parsed: "Namespace") -> "Namespace":
    """Return what sshd was told to start; where that is a session, the client names no setting.

    `ForceCommand boconsole` is the same as `ForceCommand boconsole ssh enter`: the process is the
    first of its session then, while what somebody starts in a shell is not.
    """
    bare = parsed.run == "console:open_console" and "SSH_CONNECTION" in os.environ
    if bare and os.getsid(0) == os.getpid():
        parsed.run, parsed.login, parsed.settings = "ssh:enter", "", ".env"
    if parsed.run == "ssh:enter":
        for name in [name for name in os.environ if name.startswith(("BOCONSOLE_", "TEXTUAL"))]:
            del os.environ[name]
    return parsed


def guarded(words: list[str], run: Callable[["Namespace"], int]) -> int:
    """Parse words and run what they name; whatever happens there is an exit code, never a trace."""
    gc.disable()  # until the command begins: what is imported stays, and looking costs a start
    try:
        return _run(words, run)
    except SystemExit as leaving:  # argparse: 0 after help, 2 after wrong usage
        return leaving.code if isinstance(leaving.code, int) else REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _forget_output(sys.stdout, sys.stderr)
        return DONE
    finally:
        gc.enable()
        _close()


def _run(words: list[str], run: Callable[["Namespace"], int]) -> int:
    from boconsole.doors import output

    output.prepare_streams()
    if wrong := next((word for word in words if not word.isprintable() and _broken(word)), None):
        from boconsole.language import _, use_language

        use_language(os.environ.get("BOCONSOLE_LANGUAGE", ""))
        output.tell(_("The word {wrong!r} is not valid UTF-8; type it again.").format(wrong=wrong))
        return REFUSED
    from boconsole.doors import arguments

    return run(arguments.parse(words))


def _read(parsed: "Namespace") -> "Call":
    from boconsole.doors.calls import read_call

    return read_call(parsed)


def carry_out(parsed: "Namespace", read: Callable[["Namespace"], "Call"]) -> int:
    """Run the command of parsed words and show its answer; returns its exit code.

    What is refused ends in 1, or in the code that the words want for it: a mail server takes
    1 for never, and tries again later after 75.
    """
    from boconsole.attempting import attempt
    from boconsole.doors import output
    from boconsole.errors import REFUSALS

    refused = int(getattr(parsed, "refusal_code", REFUSED))
    try:
        call = read(parsed)
        command = call.command()
        gc.set_threshold(YOUNG)
        gc.enable()
        answer = attempt(lambda: command(call))
        output.show(answer, as_json=parsed.json)
    except output.OutputError as refusal:
        output.tell(str(refusal))
        _forget_output(sys.stdout)
        return refused
    except REFUSALS as refusal:
        output.tell(str(refusal))
        return refused
    except BrokenPipeError:
        raise
    except Exception as fault:  # the root: whatever it is, people get a sentence
        output.tell(_logged(fault))
        return refused
    return answer.code


def _broken(word: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in word)


def _logged(fault: Exception) -> str:
    """Write a fault to the log; returns the sentence for people."""
    from boconsole import logs
    from boconsole.doors.calls import log_file
    from boconsole.language import _

    path = log_file()
    if logs.write_fault(fault, path):
        text = _("Something went wrong inside boconsole. What happened is in {path}.")
        return text.format(path=path)
    return _(
        "Something went wrong inside boconsole ({fault}), and the log {path} "
        "cannot be written. Name another file with BOCONSOLE_LOG and try again."
    ).format(fault=type(fault).__name__, path=path)


def _forget_output(*streams: TextIO) -> None:
    """Let the rest of the output go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        try:
            os.dup2(nowhere, stream.fileno())
        except (OSError, ValueError, AttributeError):
            continue


def _close() -> None:
    """Close the database, if one was opened."""
    if "db.connection" in sys.modules:
        from db import connection

        connection.close_database()


if __name__ == "__main__":
    raise SystemExit(main())
