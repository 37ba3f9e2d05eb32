from django.urls import path

from programmes.outbox import views

_COHORT = "o/<slug:organisation>/<slug:programme>/<slug:cohort>/messages/"

urlpatterns = [
    path(_COHORT, views.outbox_list, name="outbox-list"),
    path(f"{_COHORT}<int:pk>/", views.outbox_message, name="outbox-message"),
    path(f"{_COHORT}<int:pk>/again/", views.outbox_resend, name="outbox-resend"),
]
