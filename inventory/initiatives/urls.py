from django.urls import path

from inventory.initiatives.views import entry, public, review

urlpatterns = [
    path("inventory/", public.list_public, name="inventory-directory"),
    path("inventory/export/<slug:form>/", public.export_public, name="inventory-export"),
    path("inventory/<slug:code>/", public.show_public, name="initiative-page"),
    path("o/<slug:organisation>/inventory/", entry.list_own, name="initiatives-list"),
    path("o/<slug:organisation>/inventory/new/", entry.create, name="initiative-new"),
    path("o/<slug:organisation>/inventory/<int:pk>/", entry.edit, name="initiative-edit"),
    path("o/<slug:organisation>/inventory/<int:pk>/submit/", entry.submit, name="initiative-submit"),
    path("staff/inventory/", review.list_waiting, name="staff-initiatives"),
    path("staff/inventory/<int:pk>/", review.review, name="staff-initiative"),
]
