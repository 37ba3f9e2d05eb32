from programmes.applications import apply_urls, review_urls

urlpatterns = [*apply_urls.urlpatterns, *review_urls.urlpatterns]
