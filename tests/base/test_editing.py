"""Two people edit one thing: nothing is overwritten unseen."""

import pytest

from programmes.organisations.models import Organisation
from wimmentor.base.editing import save_version
from wimmentor.base.errors import Conflict

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return Organisation.objects.create(
        name="Edit", name_folded="edit", slug="edit", contact_email="a@example.org", contact_name="Ana"
    )


def test_edit_of_the_version_that_was_seen_is_saved(organisation: Organisation) -> None:
    saved = save_version(organisation, seen=1, contact_name="Bea", languages=("es", "en"))

    assert (saved.contact_name, saved.version) == ("Bea", 2)
    row = Organisation.objects.get(pk=organisation.pk)
    assert (row.contact_name, row.languages, row.version) == ("Bea", ("es", "en"), 2)


def test_edit_of_an_older_version_shows_both_and_changes_nothing(organisation: Organisation) -> None:
    other = Organisation.objects.get(pk=organisation.pk)
    save_version(organisation, seen=1, contact_name="Bea")

    with pytest.raises(Conflict) as conflict:
        save_version(other, seen=1, contact_name="Cleo")

    assert (conflict.value.yours, conflict.value.theirs) == ({"Contact name": "Cleo"}, {"Contact name": "Bea"})
    row = Organisation.objects.get(pk=organisation.pk)
    assert (row.contact_name, row.version) == ("Bea", 2)


def test_both_versions_name_only_what_differs_in_words(organisation: Organisation) -> None:
    other = Organisation.objects.get(pk=organisation.pk)
    save_version(organisation, seen=1, type="company", languages=("es",), contact_name="Ana")

    with pytest.raises(Conflict) as conflict:
        save_version(other, seen=1, type="wim_national", languages=["es", "en"], contact_name="Ana")

    assert conflict.value.yours == {"Type": "National WIM organisation", "Languages": "es, en"}
    assert conflict.value.theirs == {"Type": "Mining company", "Languages": "es"}


def test_versions_go_on_after_each_edit(organisation: Organisation) -> None:
    save_version(organisation, seen=1, contact_name="Bea")
    save_version(organisation, seen=2, contact_name="Cleo")

    with pytest.raises(Conflict):
        save_version(organisation, seen=2, contact_name="Dora")

    assert Organisation.objects.get(pk=organisation.pk).contact_name == "Cleo"
