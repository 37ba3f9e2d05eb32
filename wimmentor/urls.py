from django.urls import URLPattern, URLResolver, include, path

from wimmentor import routes
from wimmentor.base import views as base

routes.register()

handler400 = "wimmentor.base.views.bad_request"
handler403 = "wimmentor.base.views.forbidden"
handler404 = "wimmentor.base.views.missing"
handler500 = "wimmentor.base.views.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("livez", base.live, name="livez"),
    path("readyz", base.ready, name="readyz"),
    path("account/", include("allauth.urls")),
    # Fixed words before slugs: "o/<organisation>/inventory/new/" must not be read as a programme's page.
    path("", include("inventory.urls")),
    path("", include("matching.urls")),
    path("", include("programmes.urls")),
]
