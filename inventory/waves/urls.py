from django.urls import path

from inventory.waves.views import answering, imports, reading, staff

OWN = "o/<slug:organisation>/inventory/wave/<slug:code>/"
STAFF = "staff/waves/<slug:code>/"

urlpatterns = [
    path(OWN, answering.show, name="wave-answer"),
    path(f"{OWN}unchanged/", answering.confirm, name="wave-unchanged"),
    path(f"{OWN}none/", answering.declare, name="wave-none"),
    path(f"{OWN}send/", answering.send, name="wave-send"),
    path("staff/waves/", staff.list_waves, name="staff-waves"),
    path("staff/waves/new/", staff.plan, name="staff-wave-new"),
    path("staff/inventory/merge/", staff.merge, name="staff-merge"),
    path(STAFF, staff.show, name="staff-wave"),
    path(f"{STAFF}edit/", staff.edit, name="staff-wave-edit"),
    path(f"{STAFF}open/", staff.open_, name="staff-wave-open"),
    path(f"{STAFF}publish/", staff.publish, name="staff-wave-publish"),
    path(f"{STAFF}letters/", staff.remind, name="staff-wave-remind"),
    path(f"{STAFF}ask/", staff.ask_more, name="staff-wave-ask"),
    path(f"{STAFF}import/", imports.upload, name="staff-wave-import"),
    path(f"{STAFF}import/<int:pk>/", imports.look, name="staff-wave-import-look"),
    path(f"{STAFF}responses/<int:pk>/", reading.review, name="staff-wave-response"),
    path(f"{STAFF}responses/<int:pk>/contact/", reading.contact, name="staff-wave-contact"),
    path(f"{STAFF}responses/<int:pk>/letter/", reading.letter, name="staff-wave-letter"),
]
