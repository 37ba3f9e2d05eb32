from django.urls import URLPattern, path

from programmes.organisations import people_views, staff_views, term_pages, views

PEOPLE = "o/<slug:organisation>/people/"

urlpatterns: list[URLPattern] = [
    path("desk/", views.show_desk, name="desk"),
    path("organisations/register/", views.register_organisation, name="organisation-register"),
    path("o/<slug:organisation>/", views.show_organisation, name="organisation-overview"),
    path("o/<slug:organisation>/settings/", views.edit_organisation, name="organisation-edit"),
    path("o/<slug:organisation>/terms/", term_pages.edit_terms, name="organisation-terms"),
    path(PEOPLE, people_views.list_people, name="organisation-people"),
    path(f"{PEOPLE}invite/", people_views.invite_person, name="organisation-invite"),
    path(f"{PEOPLE}invitations/<int:pk>/revoke/", people_views.revoke_invitation, name="invitation-revoke"),
    path(f"{PEOPLE}<int:pk>/remove/", people_views.remove_membership, name="membership-remove"),
    path("invitation/<int:pk>/", people_views.accept_invitation, name="invitation-accept"),
    path("staff/organisations/", staff_views.list_organisations, name="staff-organisations"),
    path("staff/organisations/<int:pk>/", staff_views.show_organisation, name="staff-organisation"),
]
