"""An expired link to an offer is sent anew to the person who was asked."""

from matching.board import emails
from matching.board.offer_queries import full_offers
from programmes.access.renewals import Renewal
from wimmentor.base import clock


def renewal_for(side: str) -> Renewal:
    def address(subject_id: int) -> str:
        offer = full_offers().filter(pk=subject_id).first()
        return emails.person_of(offer, side).email if offer else ""

    def send(subject_id: int) -> None:
        minute = int(clock.now().timestamp()) // 60
        emails.send_link_again(full_offers().get(pk=subject_id), side, minute)

    return Renewal(address, send)
