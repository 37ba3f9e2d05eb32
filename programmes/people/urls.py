from django.urls import URLPattern, path

from programmes.people import data_views, demo_views, views

urlpatterns: list[URLPattern] = [
    path("language/", views.choose_language, name="language-choose"),
    path("account/", views.show_account, name="account-home"),
    path("account/profile/", views.edit_profile, name="account-profile"),
    path("account/data/", data_views.show_data, name="account-data"),
    path("account/data/export/", data_views.export_data, name="account-export"),
    path("account/data/erase/", data_views.erase_account, name="account-erase"),
    path("account/link/<int:pk>/", views.sign_in_by_link, name="account-sign-in-link"),
    path("demo/login/<str:key>/", demo_views.sign_in_demo, name="demo-sign-in"),
    path("demo/mailbox/", demo_views.list_mailbox, name="demo-mailbox"),
    path("demo/mailbox/<slug:name>/", demo_views.show_message, name="demo-message"),
]
