from programmes.applications.domain.address import follow_address
from programmes.applications.domain.confirm import confirm_email
from programmes.applications.domain.decisions import decide_applications
from programmes.applications.domain.exports import export_applications
from programmes.applications.domain.imports import apply_import, discard_import, prepare_import, review_import
from programmes.applications.domain.language import choose_application_language
from programmes.applications.domain.start import start_application
from programmes.applications.domain.steps import save_step
from programmes.applications.domain.submit import send_link, submit_application
from programmes.applications.domain.withdraw import withdraw_application

__all__ = [
    "apply_import",
    "choose_application_language",
    "confirm_email",
    "decide_applications",
    "discard_import",
    "export_applications",
    "follow_address",
    "prepare_import",
    "review_import",
    "save_step",
    "send_link",
    "start_application",
    "submit_application",
    "withdraw_application",
]
