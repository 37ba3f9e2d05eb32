from django.urls import URLPattern

from matching.board import offer_urls

urlpatterns: list[URLPattern] = [*offer_urls.urlpatterns]
