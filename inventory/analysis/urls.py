from django.urls import path

from inventory.analysis import views

PUBLIC = "inventory/analysis/"
OWN = "o/<slug:organisation>/inventory/analysis/"
STAFF = "staff/inventory/analysis/"

urlpatterns = [
    path(PUBLIC, views.show_public, name="inventory-analysis"),
    path(f"{PUBLIC}table/", views.cross_public, name="inventory-analysis-table"),
    path(f"{PUBLIC}files/<slug:table>/", views.take_public, name="inventory-analysis-file"),
    path(OWN, views.show_own, name="organisation-analysis"),
    path(f"{OWN}table/", views.cross_own, name="organisation-analysis-table"),
    path(f"{OWN}files/<slug:table>/", views.take_own, name="organisation-analysis-file"),
    path(STAFF, views.show_staff, name="staff-analysis"),
    path(f"{STAFF}table/", views.cross_staff, name="staff-analysis-table"),
    path(f"{STAFF}files/<slug:table>/", views.take_staff, name="staff-analysis-file"),
]
