"""The rooms of recruitment and check lists in the area Staff."""

from boconsole.language import N_
from screens.rooms import Room

OPENINGS, CANDIDATES, LISTS = "openings", "candidates", "check-lists"
ROOMS: tuple[Room, ...] = (
    Room(OPENINGS, N_("Openings"), "screens.recruitment:OpeningsScreen", prefixes=("OPN",)),
    Room(CANDIDATES, N_("Candidates"), "screens.recruitment_candidates:CandidatesScreen",
         prefixes=("CAN",)),
    Room(LISTS, N_("Check lists"), "screens.checklists:CheckListsScreen"),
)  # fmt: skip
