"""The rooms of recruitment and check lists in the area Staff."""

from boconsole.language import N_
from screens.rooms import Room

OPENINGS, CANDIDATES, LISTS = "openings", "candidates", "check-lists"
MINE, TEMPLATES = "my-steps", "check-templates"
ROOMS: tuple[Room, ...] = (
    Room(OPENINGS, N_("Openings"), "screens.recruitment:OpeningsScreen", prefixes=("OPN",)),
    Room(CANDIDATES, N_("Candidates"), "screens.recruitment_candidates:CandidatesScreen",
         prefixes=("CAN",)),
    Room(LISTS, N_("Check lists"), "screens.checklists:CheckListsScreen"),
    Room(MINE, N_("My steps"), "screens.checklist_steps:MyStepsScreen"),
    Room(TEMPLATES, N_("Templates of check lists"),
         "screens.checklist_templates:TemplatesScreen"),
)  # fmt: skip
