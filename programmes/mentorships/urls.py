from django.urls import URLPattern, path

from programmes.mentorships.sharing import SIDES
from programmes.mentorships.views import coordinators, pairs, past_pairs

COHORT = "o/<slug:organisation>/<slug:programme>/<slug:cohort>/"


def of_side(side: str) -> list[URLPattern]:
    given = {"side": side}
    return [
        path(f"pair/<int:pk>/{side}/", pairs.shows[side], given, name="pair-page"),
        path(f"pair/<int:pk>/{side}/calendar.ics", pairs.calendars[side], given, name="pair-calendar"),
        path(f"pair/<int:pk>/{side}/end/", pairs.ends[side], given, name="pair-end"),
    ]


urlpatterns: list[URLPattern] = [
    path(f"{COHORT}pairs/", coordinators.list_mentorships, name="mentorships-list"),
    path(f"{COHORT}pairs/<int:pk>/", coordinators.show_mentorship, name="mentorship-detail"),
    path(f"{COHORT}pairs/<int:pk>/end/", coordinators.end_mentorship, name="mentorship-end"),
    path(f"{COHORT}pairs/past/", past_pairs.list_past_pairs, name="past-pairs"),
    path(f"{COHORT}pairs/past/<int:pk>/", past_pairs.preview_past_pairs, name="past-pairs-preview"),
    path(f"{COHORT}pairs/past/<int:pk>/refused.csv", past_pairs.refused_past_pairs, name="past-pairs-refused"),
    path(f"{COHORT}pairs/past/<int:pk>/remove/", past_pairs.remove_past_pairs, name="past-pairs-remove"),
    path(f"{COHORT}pairs/contacts/<slug:form>/", coordinators.export_contacts, name="mentorships-contacts"),
    *(pattern for side in SIDES for pattern in of_side(side)),
]
