from django.db import models


class Timestamped(models.Model):
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class Versioned(models.Model):
    """`version` travels hidden in edit forms; a stale one is a Conflict (see wimmentor.base.editing)."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
