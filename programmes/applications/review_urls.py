"""The coordinator's side."""

from django.urls import path

from programmes.applications.views import imports, review

_COHORT = "o/<slug:organisation>/<slug:programme>/<slug:cohort>/applications/"

urlpatterns = [
    path(_COHORT, review.applications_list, name="applications-list"),
    path(f"{_COHORT}<int:pk>/", review.application_detail, name="application-detail"),
    path(f"{_COHORT}decide/", review.applications_decide, name="applications-decide"),
    path(f"{_COHORT}export/<slug:form>/", review.applications_export, name="applications-export"),
    path(f"{_COHORT}import/", imports.import_new, name="import-new"),
    path(f"{_COHORT}import/<int:pk>/", imports.import_preview, name="import-preview"),
]
