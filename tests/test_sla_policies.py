"""Files of policies: what they say, what is refused, what is stored."""

import pytest

from boconsole.sla.errors import PolicyError
from boconsole.sla.policies import Policy, load_policies

FILE = """
[calendars.office]
timezone = "Asia/Jakarta"
holidays = ["08-17"]
[calendars.office.hours]
mon = ["09:00-17:00"]

[calendars.always]
timezone = "UTC"
hours = { mon = ["00:00-24:00"], tue = ["00:00-24:00"] }

[[policies]]
name = "Critical"
match = "prio:critical kind:incident"
calendar = "always"
first_response = 15
next_reply = 30
resolution = 240
pause = ["on_hold"]
response_pauses = false
warn_at = 0.5

[[policies]]
name = "Standard"
calendar = "office"
first_response = 60
"""
CALENDAR = """
[calendars.office]
timezone = "UTC"
hours = { mon = ["09:00-17:00"] }
"""
POLICY = CALENDAR + '[[policies]]\nname = "P"\ncalendar = "office"\n'


def test_policies_keep_their_order() -> None:
    loaded = load_policies(FILE)

    assert list(loaded.calendars) == ["office", "always"]
    assert loaded.policies == (
        Policy(
            name="Critical",
            calendar="always",
            match="prio:critical kind:incident",
            first_response=15,
            next_reply=30,
            resolution=240,
            pause=("on_hold",),
            response_pauses=False,
            warn_at=0.5,
        ),
        Policy(name="Standard", calendar="office", first_response=60),
    )


def test_missing_keys_have_the_stated_defaults() -> None:
    policy = load_policies(POLICY).policies[0]

    assert policy.match == ""
    assert (policy.first_response, policy.next_reply, policy.resolution) == (0, 0, 0)
    assert policy.pause == ("pending", "on_hold")
    assert policy.response_pauses is True
    assert policy.warn_at == 0.75


def test_empty_file_has_no_policies() -> None:
    loaded = load_policies("")

    assert (dict(loaded.calendars), loaded.policies) == ({}, ())


def test_policy_comes_back_from_storage() -> None:
    policy = load_policies(FILE).policies[0]

    assert Policy.from_json(policy.to_json()) == policy


@pytest.mark.parametrize(
    ("text", "where", "reason"),
    [
        ("[[policies", "policies", "not TOML"),
        ("colour = 1", "colour", "[[policies]]"),
        ("calendars = 1", "calendars", "must be tables"),
        ("[calendars]\noffice = 1", "calendar 'office'", "must be a table"),
        ('[calendars.office]\ntimezone = "UTC"', "calendar 'office', hours", "no open minute"),
        ("policies = 1", "policies", "must be tables"),
        ("[policies]\nname = 'P'", "policies", "must be tables"),
        ("[[policies]]\ncalendar = 'x'", "policy 1, name", "must be given"),
        (CALENDAR + "[[policies]]\nname = 'P'", "policy 'P', calendar", "must be given"),
        (
            CALENDAR + "[[policies]]\nname = 'P'\ncalendar = 'home'",
            "policy 'P', calendar",
            "no calendar 'home'; allowed: office",
        ),
        (POLICY + POLICY[len(CALENDAR) :], "policy 'P', name", "used twice"),
        (POLICY + "first_reply = 3", "policy 1, first_reply", "allowed: name, calendar, match"),
        (POLICY + "first_response = -1", "policy 'P', first_response", "whole business minutes"),
        (POLICY + "next_reply = 1.5", "policy 'P', next_reply", "whole business minutes"),
        (POLICY + "resolution = true", "policy 'P', resolution", "whole business minutes"),
        (POLICY + "resolution = 600000", "policy 'P', resolution", "more than 20 years"),
        (POLICY + "match = 3", "policy 'P', match", "must be a query"),
        (POLICY + "pause = 'pending'", "policy 'P', pause", "list of states"),
        (POLICY + "pause = ['asleep']", "policy 'P', pause", "allowed: new, open"),
        (POLICY + "pause = [[]]", "policy 'P', pause", "no state"),
        (POLICY + "response_pauses = 1", "policy 'P', response_pauses", "true or false"),
        (POLICY + "warn_at = 0", "policy 'P', warn_at", "above 0"),
        (POLICY + "warn_at = 1.5", "policy 'P', warn_at", "up to 1"),
        (POLICY + "warn_at = nan", "policy 'P', warn_at", "up to 1"),
    ],
)
def test_faulty_file_is_refused(text: str, where: str, reason: str) -> None:
    with pytest.raises(PolicyError) as refused:
        load_policies(text)

    assert refused.value.where == where
    assert reason in refused.value.reason


@pytest.mark.parametrize("text", ["[]", "{", '{"name": ""}'])
def test_broken_storage_is_refused(text: str) -> None:
    with pytest.raises(PolicyError):
        Policy.from_json(text)
