from django.conf import settings
from django.db.models import QuerySet

from inventory.publications.models import Package, PackageFile
from inventory.waves.models import Wave
from inventory.waves.registry import LeftOut
from programmes.organisations.models import Organisation


def packages() -> QuerySet[Package]:
    """Without their tables, which can be large. The latest wave first."""
    return Package.objects.select_related("wave").defer("tables_text").order_by("-wave__opens_at", "pk")


def files_of_packages() -> QuerySet[PackageFile]:
    return PackageFile.objects.select_related("package").defer("package__tables_text", "package__descriptor_text")


def taken_down_of(wave: Wave) -> LeftOut:
    kept = Package.objects.filter(wave=wave).values_list("taken_down", flat=True).first()
    return LeftOut(**kept) if kept else LeftOut()


def publisher() -> tuple[str, str]:
    """Name and address of who publishes."""
    platform = Organisation.objects.filter(is_platform=True).only("name", "contact_email").first()
    name, address = (platform.name, platform.contact_email) if platform else ("", "")
    return name or "International Women in Mining", address or settings.SECURITY_CONTACT
