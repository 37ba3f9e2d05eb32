from django.urls import URLPattern

from matching.board import board_urls, offer_urls

urlpatterns: list[URLPattern] = [*board_urls.urlpatterns, *offer_urls.urlpatterns]
