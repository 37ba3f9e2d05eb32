from django.urls import URLPattern, path

from matching.board.views import answers, offers, publishing
from programmes.mentorships.sharing import SIDES

COHORT = "o/<slug:organisation>/<slug:programme>/<slug:cohort>/"

urlpatterns: list[URLPattern] = [
    path(f"{COHORT}board/send/", publishing.publish_offers, name="offers-publish"),
    path(f"{COHORT}offers/", offers.list_offers, name="offers-list"),
    path(f"{COHORT}offers/deadline/", offers.extend_all, name="offers-extend"),
    path(f"{COHORT}offers/export/<slug:form>/", offers.export_offers, name="offers-export"),
    path(f"{COHORT}offers/<int:pk>/", offers.show_offer, name="offer-detail"),
    path(f"{COHORT}offers/<int:pk>/answer/", offers.answer_for, name="offer-answer-for"),
    path(f"{COHORT}offers/<int:pk>/withdraw/", offers.withdraw_offer, name="offer-withdraw"),
    path(f"{COHORT}offers/<int:pk>/deadline/", offers.extend_offer, name="offer-extend"),
    *(path(f"offer/<int:pk>/{side}/", answers.answers[side], {"side": side}, name="offer-answer") for side in SIDES),
]
