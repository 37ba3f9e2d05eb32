from django.urls import URLPattern, path

from programmes.access import views

urlpatterns: list[URLPattern] = [path("l/<str:token>/", views.open_link, name="purpose-link")]
