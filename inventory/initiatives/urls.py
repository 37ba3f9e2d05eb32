from django.urls import path

from inventory.initiatives.views import alliance, editions, entry, evidence, public, records, review, sheet

OWN = "o/<slug:organisation>/inventory/"

urlpatterns = [
    path("inventory/", public.list_public, name="inventory-directory"),
    path("inventory/export/<slug:form>/", public.export_public, name="inventory-export"),
    path("inventory/<slug:code>/", public.show_public, name="initiative-page"),
    path("inventory/<slug:code>/ask/", public.ask, name="initiative-ask"),
    path("inventory/<slug:code>/<int:pk>/", public.show_earlier, name="initiative-earlier"),
    path(OWN, entry.list_own, name="initiatives-list"),
    path(f"{OWN}new/", entry.create, name="initiative-new"),
    path(f"{OWN}from-programme/<int:programme>/", entry.draft, name="initiative-draft"),
    path(f"{OWN}alliance/", alliance.list_alliance, name="alliance-inventory"),
    path(f"{OWN}alliance/<slug:code>/", alliance.show_alliance, name="alliance-initiative"),
    path(f"{OWN}alliance/<slug:code>/evidence/<int:evidence>/", evidence.send_to_alliance, name="alliance-evidence"),
    path(f"{OWN}sheet/", sheet.show, name="organisation-sheet"),
    path(f"{OWN}sheet/<slug:section>/", sheet.edit, name="organisation-sheet-edit"),
    path(f"{OWN}<int:pk>/", records.show, name="initiative-record"),
    path(f"{OWN}<int:pk>/submit/", records.submit, name="initiative-submit"),
    path(f"{OWN}<int:pk>/give-up/", records.give_up, name="initiative-give-up"),
    path(f"{OWN}reply/<int:inquiry>/", records.reply, name="inventory-reply"),
    path(f"{OWN}<int:pk>/editions/new/", editions.create, name="edition-new"),
    path(f"{OWN}<int:pk>/editions/<int:edition>/", editions.edit, name="edition-edit"),
    path(f"{OWN}<int:pk>/editions/<int:edition>/remove/", editions.remove, name="edition-remove"),
    path(f"{OWN}<int:pk>/cohorts/<int:cohort>/", editions.adopt, name="edition-adopt"),
    path(f"{OWN}<int:pk>/evidence/", evidence.add, name="initiative-evidence-add"),
    path(f"{OWN}<int:pk>/evidence/<int:file>/", evidence.send, name="initiative-evidence"),
    path(f"{OWN}<int:pk>/evidence/<int:file>/remove/", evidence.remove, name="initiative-evidence-remove"),
    path(f"{OWN}<int:pk>/<slug:section>/", records.edit, name="initiative-edit"),
    path("staff/inventory/", review.list_waiting, name="staff-initiatives"),
    path("staff/inventory/sector/", review.add_sector, name="staff-sector"),
    path("staff/inventory/<int:pk>/", review.review, name="staff-initiative"),
    path("staff/inventory/evidence/<int:pk>/", evidence.send_to_staff, name="staff-evidence"),
    path("staff/inventory/evidence/<int:pk>/remove/", evidence.take_away, name="staff-evidence-remove"),
]
