from django.urls import path

from inventory.publications.package import ARCHIVE, DESCRIPTOR, DOCUMENT
from inventory.publications.views import data

DATA = "inventory/data/"

urlpatterns = [
    path(DATA, data.list_packages, name="data-packages"),
    path(f"{DATA}<slug:code>/", data.show_package, name="data-package"),
    path(f"{DATA}<slug:code>/<slug:table>.csv", data.send_table, name="data-table"),
    *(
        path(f"{DATA}<slug:code>/{file}", data.send_file, {"name": file}, name=f"data-{name}")
        for name, file in (("descriptor", DESCRIPTOR), ("document", DOCUMENT), ("archive", ARCHIVE))
    ),
]
