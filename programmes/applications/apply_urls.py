"""What applicants open."""

from django.urls import path

from programmes.applications.views import apply, start, status

urlpatterns = [
    path("apply/<uuid:key>/check/", apply.check, name="apply-check"),
    path("apply/<uuid:key>/done/", apply.done, name="apply-done"),
    path("apply/<uuid:key>/send/", apply.send, name="apply-send"),
    path("apply/<uuid:key>/<slug:step>/", apply.step, name="apply-step"),
    path("apply/<slug:organisation>/<slug:programme>/<slug:cohort>/<slug:role>/", start.start, name="apply-start"),
    path("application/<int:pk>/", status.status, name="application-status"),
    path("application/<int:pk>/confirm/", status.confirm, name="application-confirm"),
    path("application/<int:pk>/resume/", apply.resume, name="application-resume"),
    path("application/<int:pk>/language/", status.language, name="application-language"),
    path("application/<int:pk>/withdraw/", status.withdraw, name="application-withdraw"),
    path("application/<int:pk>/export/", status.export, name="application-export"),
    path("account/applications/", status.my_applications, name="my-applications"),
]
