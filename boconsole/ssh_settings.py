"""Settings of the door for SSH clients: its key, its banner, and how much it allows."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from boconsole.errors import SettingError
from boconsole.language import N_, _

SWITCH = {"on": True, "off": False}
DEFAULT_IDLE, DEFAULT_SESSIONS = 60, 10
LONGEST_BANNER = 2_000

DESCRIPTIONS = (
    ("BOCONSOLE_SSH_HOST_KEY", "<data folder>/ssh_host_ed25519_key",
     N_("Key of the SSH server; made at its first start.")),
    ("BOCONSOLE_SSH_BANNER", "none", N_("What SSH clients show before one signs in.")),
    ("BOCONSOLE_SSH_IDLE", str(DEFAULT_IDLE),
     N_("Minutes without a key after which an SSH session ends; 0 never.")),
    ("BOCONSOLE_SSH_SESSIONS", str(DEFAULT_SESSIONS),
     N_("SSH sessions that one user may have at once, 1 to 100.")),
    ("BOCONSOLE_SSH_COMPRESSION", "on", N_("Compress what goes over SSH: on or off.")),
)  # fmt: skip


class SshSettings(NamedTuple):
    """What was set, checked.

    Attributes:
        host_key: The file; None for the one in the data folder.
        idle: Minutes; 0 for no limit.
        sessions: Of one user at once.
    """

    host_key: Path | None = None
    banner: str = ""
    idle: int = DEFAULT_IDLE
    sessions: int = DEFAULT_SESSIONS
    compression: bool = True


USUAL = SshSettings()
"""What holds where nothing is set."""


def read_ssh(values: Mapping[str, str]) -> SshSettings:
    """Return the settings of SSH; raises SettingError."""
    key = values.get("BOCONSOLE_SSH_HOST_KEY", "")
    return SshSettings(
        host_key=Path(key) if key else None,
        banner=_banner(values.get("BOCONSOLE_SSH_BANNER", "")),
        idle=_number(values, "BOCONSOLE_SSH_IDLE", DEFAULT_IDLE, range(10_081)),
        sessions=_number(values, "BOCONSOLE_SSH_SESSIONS", DEFAULT_SESSIONS, range(1, 101)),
        compression=_switch(values, "BOCONSOLE_SSH_COMPRESSION"),
    )


def shown(ssh: SshSettings, default_key: Callable[[], Path]) -> dict[str, str]:
    """Return the values for people, by the end of their names."""
    return {
        "ssh_host_key": str(ssh.host_key or default_key()),
        "ssh_banner": ssh.banner,
        "ssh_idle": str(ssh.idle),
        "ssh_sessions": str(ssh.sessions),
        "ssh_compression": "on" if ssh.compression else "off",
    }


def _banner(text: str) -> str:
    if len(text) > LONGEST_BANNER or not all(sign.isprintable() or sign == "\n" for sign in text):
        allowed = _("at most {n} letters that can be shown").format(n=LONGEST_BANNER)
        raise SettingError("BOCONSOLE_SSH_BANNER", text[:40], allowed)
    return text


def _number(values: Mapping[str, str], name: str, default: int, allowed: range) -> int:
    text = values.get(name, str(default))
    if not text.isdecimal() or int(text) not in allowed:
        raise SettingError(name, text, f"{allowed[0]} … {allowed[-1]}")
    return int(text)


def _switch(values: Mapping[str, str], name: str) -> bool:
    text = values.get(name, "on").lower()
    if text not in SWITCH:
        raise SettingError(name, text, ", ".join(SWITCH))
    return SWITCH[text]
