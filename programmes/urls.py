from programmes.access import urls as access
from programmes.applications import urls as applications
from programmes.cohorts import urls as cohorts
from programmes.mentorships import urls as mentorships
from programmes.organisations import urls as organisations
from programmes.outbox import urls as outbox
from programmes.people import urls as people

# Fixed words first, slugs last: "o/<organisation>/settings/" must not be read as a programme.
urlpatterns = [
    *access.urlpatterns,
    *people.urlpatterns,
    *organisations.urlpatterns,
    *outbox.urlpatterns,
    *applications.urlpatterns,
    *mentorships.urlpatterns,
    *cohorts.urlpatterns,
]
