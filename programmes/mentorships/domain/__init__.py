from programmes.mentorships.domain.pairs import (
    end_for_withdrawn,
    end_mentorship,
    hold_mentor_of,
    hold_people,
    record_export,
    start_mentorship,
)

__all__ = ["end_for_withdrawn", "end_mentorship", "hold_mentor_of", "hold_people", "record_export", "start_mentorship"]
