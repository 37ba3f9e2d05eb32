"""The last change of a record in words: who, and when in the zone of its cohort."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _

from programmes.audit.models import AuditEvent
from wimmentor.base.templatetags.wim import in_zone


def tell_change_of(record: models.Model) -> str:
    label = record._meta.label_lower
    events = AuditEvent.objects.filter(subject_type=label, subject_id=record.pk).select_related("actor")
    event = events.order_by("-pk").first()
    zone = getattr(record, "time_zone", "") or getattr(getattr(record, "cohort", None), "time_zone", "") or "UTC"
    return word_change(event, zone) if event else ""


def word_change(event: AuditEvent, zone: str) -> str:
    return _("%(who)s, %(time)s") % {"who": word_actor(event), "time": word_time(event.at, zone)}


def word_actor(event: AuditEvent) -> str:
    if event.actor is not None:
        return str(event.actor)
    kinds = {
        "link": _("the person herself, by her own link"),
        "command": _("a command on the server"),
        "system": _("the site itself"),
    }
    return kinds.get(event.actor_kind, _("somebody who has left"))


def word_time(instant: datetime, zone: str) -> str:
    return in_zone(instant, zone)
