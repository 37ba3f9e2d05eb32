from programmes.cohorts.domain.cohorts import create_cohort, edit_cohort, extend_deadline, open_cohort
from programmes.cohorts.domain.letters import edit_letter, reset_letter
from programmes.cohorts.domain.phases import MOVES, move_phase, next_phases
from programmes.cohorts.domain.programmes import edit_programme, register_programme

__all__ = [
    "MOVES",
    "create_cohort",
    "edit_cohort",
    "edit_letter",
    "edit_programme",
    "extend_deadline",
    "move_phase",
    "next_phases",
    "open_cohort",
    "register_programme",
    "reset_letter",
]
