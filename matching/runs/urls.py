from django.urls import path

from matching.runs import views

COHORT = "o/<slug:organisation>/<slug:programme>/<slug:cohort>/"

urlpatterns = [
    path(f"{COHORT}matching/", views.list_runs, name="matching-runs"),
    path(f"{COHORT}matching/run/", views.launch, name="matching-launch"),
    path(f"{COHORT}matching/<int:pk>/", views.show_run, name="matching-run"),
    path(f"{COHORT}matching/<int:pk>/progress/", views.show_progress, name="matching-progress"),
    path(f"{COHORT}matching/<int:pk>/proof/", views.show_proof, name="matching-proof"),
    path(f"{COHORT}matching/<int:pk>/retry/", views.retry, name="matching-retry"),
    path(f"{COHORT}matching/<int:pk>/pairs/<int:proposal>/", views.show_pair, name="matching-pair"),
]
