from inventory.analysis import urls as analysis
from inventory.initiatives import urls as initiatives
from inventory.publications import urls as publications
from inventory.waves import urls as waves

# Those of initiatives last: any word may be the code of one (domain.entering.RESERVED_CODES).
urlpatterns = [
    *publications.urlpatterns,
    *analysis.urlpatterns,
    *waves.urlpatterns,
    *initiatives.urlpatterns,
]
