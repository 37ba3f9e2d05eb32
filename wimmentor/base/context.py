from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    return {"wim_mode": settings.WIM_MODE, "security_contact": settings.SECURITY_CONTACT}
