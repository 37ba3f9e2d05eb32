"""The coordinator's side."""

from django.urls import path

from programmes.applications.views import import_results, imports, review

_COHORT = "o/<slug:organisation>/<slug:programme>/<slug:cohort>/applications/"

urlpatterns = [
    path(_COHORT, review.applications_list, name="applications-list"),
    path(f"{_COHORT}<int:pk>/", review.application_detail, name="application-detail"),
    path(f"{_COHORT}decide/", review.applications_decide, name="applications-decide"),
    path(f"{_COHORT}export/<slug:form>/", review.applications_export, name="applications-export"),
    path(f"{_COHORT}import/", imports.import_new, name="import-new"),
    path(f"{_COHORT}import/<int:pk>/", imports.import_preview, name="import-preview"),
    path(f"{_COHORT}import/<int:pk>/columns/", imports.import_columns, name="import-columns"),
    path(f"{_COHORT}import/<int:pk>/columns/forget/", imports.import_forget, name="import-forget"),
    path(f"{_COHORT}import/<int:pk>/file/", import_results.import_file, name="import-file"),
    path(f"{_COHORT}import/<int:pk>/refused.csv", import_results.import_refused, name="import-refused"),
    path(f"{_COHORT}import/<int:pk>/undo/", import_results.import_undo, name="import-undo"),
]
