from django.urls import path

from inventory.publications.package import ARCHIVE, DESCRIPTOR, DOCUMENT
from inventory.publications.views import data, results, staff

DATA = "inventory/data/"

urlpatterns = [
    path("staff/waves/<slug:code>/data/", staff.keep_data, name="staff-wave-data"),
    path("staff/waves/<slug:code>/data/again/", staff.make_again, name="staff-wave-data-again"),
    path("inventory/waves/<slug:code>/", results.show_results, name="wave-results"),
    path(DATA, data.list_packages, name="data-packages"),
    path(f"{DATA}<slug:code>/", data.show_package, name="data-package"),
    path(f"{DATA}<slug:code>/<slug:table>.csv", data.send_table, name="data-table"),
    *(
        path(f"{DATA}<slug:code>/{file}", data.send_file, {"name": file}, name=f"data-{name}")
        for name, file in (("descriptor", DESCRIPTOR), ("document", DOCUMENT), ("archive", ARCHIVE))
    ),
]
