import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models

from inventory.waves.models import Wave
from wimmentor.base.abstract import Timestamped


class Package(Timestamped):
    """The open data of one wave as it was published last. It stays as it is until it is published anew: the tables
    with their cells, and the descriptor with the words of that day."""

    tenancy_path = None
    tenancy_reason = "Open data is everybody's."

    wave = models.OneToOneField(Wave, on_delete=models.PROTECT, related_name="package")
    version = models.PositiveIntegerField(default=1)
    # Both are JSON, kept as text: databases would put it into another order.
    tables_text = models.TextField()
    descriptor_text = models.TextField()
    # Ids of organisations and initiatives that were taken down: published anew, they stay out.
    taken_down = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-wave__opens_at", "pk"]

    def __str__(self) -> str:
        return f"{self.wave_id} v{self.version}"

    @property
    def tables(self) -> dict[str, Any]:
        kept: dict[str, Any] = json.loads(self.tables_text)
        return kept

    @property
    def descriptor(self) -> dict[str, Any]:
        kept: dict[str, Any] = json.loads(self.descriptor_text)
        return kept

    def keep(self, tables: Mapping[str, Any], descriptor: Mapping[str, Any]) -> None:
        self.tables_text = json.dumps(tables, ensure_ascii=False, separators=(",", ":"))
        self.descriptor_text = json.dumps(descriptor, ensure_ascii=False, separators=(",", ":"))


class PackageFile(models.Model):
    """One file of a package, byte for byte as it is sent. All but the archive are compressed."""

    tenancy_path = None
    tenancy_reason = "Open data is everybody's."

    package = models.ForeignKey(Package, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=60)
    content = models.BinaryField()
    is_compressed = models.BooleanField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["package", "name"]
        constraints = [models.UniqueConstraint(fields=["package", "name"], name="package_file_once")]

    def __str__(self) -> str:
        return self.name
