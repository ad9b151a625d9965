"""The rooms of appraisals and training in the area Staff."""

from boconsole.language import N_
from screens.rooms import Room

CYCLES, COURSES, SKILLS, MINE = "appraisals", "training", "skills", "me"
ROOMS: tuple[Room, ...] = (
    Room(CYCLES, N_("Appraisals"), "screens.appraisals:CyclesScreen", prefixes=("CYC", "APR")),
    Room(COURSES, N_("Training"), "screens.training:CoursesScreen", prefixes=("CRS", "TRN")),
    Room(MINE, N_("My own"), "screens.my_own:MyOwnScreen"),
    Room(SKILLS, N_("Skills"), "screens.skill_matrix:SkillsScreen"),
)
