"""How a ticket of the demo goes from its request to its end, or to where it stands now.

Every wait is business time of the office, or real time for what is critical. Some tickets are
left standing on purpose: they are the work that is open.
"""

from collections.abc import Callable
from math import exp, log
from random import Random

from boconsole.demo.conversations import Conversation
from boconsole.demo.diary import Diary
from boconsole.demo.organisation import Agent
from boconsole.demo.promises import POLICIES, policy_place
from boconsole.demo.scenarios import Scenario
from boconsole.demo.world import DAY, HOUR, World

DAYS_TO_CLOSE = 5
AT_ONCE, REOPENED, RATED, NEVER_CLOSED = 0.35, 0.04, 0.3, 0.03
BACKLOG, BACKLOG_AGE = 0.22, 0.14
"""How many of the newest tickets are left standing; the share falls with age."""
FRESH, FRESH_NEW, FRESH_OPEN = DAY, 0.22, 0.5
"""Of those that came within the last day, how many nobody has looked at, or only begun with."""
OLD_OPEN = 0.3
"""How many of the older ones that stand are open; the others wait for somebody."""
RESOLUTIONS = ("fixed", "fixed", "fixed", "workaround", "advised", "replaced", "not_reproducible")


class Life:
    """Makes up one ticket's life."""

    def __init__(
        self, world: World, random: Random, diary: Diary, talk: Conversation, scenario: Scenario,
        priority: int, age: float,
    ) -> None:  # fmt: skip
        self.diary = diary
        self._world = world
        self._random = random
        self._talk = talk
        self._scenario = scenario
        self._clock = diary.created_at
        self._critical = priority == 1 and scenario.kind == "incident"
        policy = POLICIES[policy_place(scenario.kind, priority)]
        self._respond = policy.first_response * 60
        self._resolve = (policy.resolution or 2_880) * 60
        self._stands = self._chosen_end(age)

    def live(self, agent: Agent | None = None) -> None:
        """Let it run until it ends, stands, or the present is reached."""
        if self._stands == "new" or not self._wait(self._respond * self._luck(0.05, 0.16)):
            return
        self.diary.assign(self._clock, agent or self._agent())
        if not self._wait(self._respond * self._luck(0.04, 0.3)):
            return
        at_once = not self._stands and self._random.random() < AT_ONCE
        if not at_once and not self._treat():
            return
        if at_once or self._wait(self._resolve * self._luck(0.05, 0.28)):
            self._settle()

    def follow(self, at: int, agent: Agent) -> None:
        """Let it be settled together with another ticket."""
        if not self._wait(60 * self._luck(2, 9)):
            return
        self.diary.assign(self._clock, agent)
        self.diary.note(self._clock, self._talk.note(), 2)
        self._clock = max(self._clock + 60, at)
        if self._wait(60 * self._luck(3, 20)):
            self._settle()

    def _treat(self) -> bool:
        """Do what comes before the solution; answers whether it goes on."""
        way = self._stands or self._drawn_way()
        steps: dict[str, Callable[[], bool]] = {
            "open": self._work_on,
            "pending": self._ask,
            "on_hold": self._hold,
            "note": self._look_into,
        }
        return steps[way]()

    def _drawn_way(self) -> str:
        chance = self._random.random()
        return (
            "pending" if chance < 0.4 else "on_hold" if chance < 0.55 else "note"
        )  # fmt: skip

    def _work_on(self) -> bool:
        """Answer, and leave it open."""
        chance = self._random.random()
        if chance < 0.75:
            self.diary.reply(self._clock, self._talk.acknowledgement(), 5)
            if chance < 0.3 and self._wait(self._resolve * self._luck(0.02, 0.1)):
                self.diary.note(self._clock, self._talk.note(), 15)
            if chance > 0.5 and self._wait(HOUR * self._luck(0.2, 2)):
                self.diary.receive(self._clock, self._talk.answer())
        return False

    def _ask(self) -> bool:
        """Ask the requester and wait."""
        self.diary.reply(self._clock, self._talk.question(), 5, "pending")
        if self._stands:
            self._sleep()
            return False
        if not self._wait(HOUR * self._luck(0.3, 5)):
            return False
        self.diary.receive(self._clock, self._talk.answer())
        return True

    def _sleep(self) -> None:
        """Set a day on which a standing ticket comes back, for some of them."""
        if self._random.random() < 0.4:
            days = 1 + int(self._random.random() * 9)
            self.diary.sleep_until(self.diary.now - self.diary.now % DAY + days * DAY + 2 * HOUR)

    def _hold(self) -> bool:
        """Wait for a third party."""
        self.diary.reply(self._clock, self._talk.acknowledgement(), 5)
        if not self._wait(HOUR * self._luck(0.2, 2)):
            return False
        self.diary.note(self._clock, self._talk.waiting(), 10, "on_hold")
        if self._stands or not self._wait(8 * HOUR * self._luck(0.5, 3)):
            return False
        self.diary.change_state(self._clock, "open", self.diary.assignee)
        return True

    def _look_into(self) -> bool:
        """Answer, and note what was found."""
        self.diary.reply(self._clock, self._talk.acknowledgement(), 5)
        if self._wait(HOUR * self._luck(0.2, 1.5)):
            self.diary.note(self._clock, self._talk.note(), self._minutes(0.4))
            return True
        return False

    def _settle(self) -> None:
        """Solve it, and perhaps once more."""
        self._solve()
        if self._random.random() < REOPENED and self._wait(8 * HOUR * self._luck(0.3, 1.5)):
            self.diary.receive(self._clock, self._talk.complaint())
            if not self._wait(self._resolve * self._luck(0.05, 0.2)):
                return
            self._solve(again=True)
        self._end()

    def _solve(self, *, again: bool = False) -> None:
        text = self._talk.second_solution() if again else self._talk.solution()
        resolution = RESOLUTIONS[int(self._random.random() * len(RESOLUTIONS))]
        minutes = self._minutes(1.0)
        if self._random.random() < 0.85:
            self.diary.reply(self._clock, text, minutes, "resolved", resolution)
            return
        self.diary.reply(self._clock, text, minutes)
        if self._wait(HOUR * self._luck(0.2, 3)):
            self.diary.receive(self._clock, self._talk.thanks())
            self._clock += 60
            if self._clock <= self.diary.now:
                self.diary.change_state(self._clock, "resolved", self.diary.assignee, resolution)

    def _end(self) -> None:
        """Rate and close a resolved ticket when its time has come."""
        diary = self.diary
        if diary.resolved_at is None:
            return
        close_at = diary.resolved_at + DAYS_TO_CLOSE * DAY
        rate_at = diary.resolved_at + int(self._random.random() * 2 * DAY)
        if self._random.random() < RATED and rate_at <= diary.now:
            late = diary.resolved_at - diary.created_at > 4 * DAY
            draw = self._random.random()
            diary.rate(rate_at, (3 if draw < 0.5 else 2) if late and draw < 0.7 else
                       5 if draw < 0.66 else 4 if draw < 0.9 else 1)  # fmt: skip
        if close_at <= diary.now and self._random.random() > NEVER_CLOSED:
            diary.change_state(close_at, "closed", None)

    def _chosen_end(self, age: float) -> str:
        """Return the active state that it is left standing in, or an empty text."""
        draw = self._random.random()
        if self.diary.now - self.diary.created_at < FRESH:
            return "new" if draw < FRESH_NEW else "open" if draw < FRESH_OPEN else ""
        share = BACKLOG * exp(-age / BACKLOG_AGE)
        if draw >= share:
            return ""
        part = draw / share
        return "open" if part < OLD_OPEN else "pending" if part < 0.65 else "on_hold"

    def _agent(self) -> Agent:
        team = self._world.teams[self._scenario.queue]
        return team[int(self._random.random() * len(team))]

    def _minutes(self, part: float) -> int:
        minutes = self._scenario.minutes * part * self._luck(0.3, 0.8)
        return max(5, int(minutes / 5) * 5)

    def _luck(self, least: float, spread: float) -> float:
        """Return a factor: mostly small, now and then large."""
        return least - spread * log(1.0 - self._random.random())

    def _wait(self, seconds: float) -> bool:
        """Let working time pass; answers whether that is still before the present."""
        if self._critical:
            self._clock += int(seconds) + 1
        else:
            self._clock = self._world.office.move(self._clock, int(seconds) + 1)
        return self._clock <= self.diary.now
