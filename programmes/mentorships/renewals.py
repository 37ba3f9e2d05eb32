"""An expired link to a pair's page is sent anew to the person whose page it is."""

from programmes.access.renewals import Renewal
from programmes.mentorships import emails
from programmes.mentorships.queries import full_mentorships, person_of
from wimmentor.base import clock


def renewal_for(side: str) -> Renewal:
    def address(subject_id: int) -> str:
        mentorship = full_mentorships().filter(pk=subject_id).first()
        return person_of(mentorship, side).email if mentorship else ""

    def send(subject_id: int) -> None:
        minute = int(clock.now().timestamp()) // 60
        emails.send_link_again(full_mentorships().get(pk=subject_id), side, minute)

    return Renewal(address, send)
