"""Who may open the routes of packages, whose views carry no guard of ours."""

from programmes.access.checks import register_foreign
from programmes.access.guards import GET_POST, Access
from programmes.access.permissions import Permission

PUBLIC = {
    "livez": "Liveness for the container platform; says nothing.",
    "readyz": "Readiness: counts of pending migrations only.",
    "account_login": "The way in.",
    "account_signup": "The way in.",
    "account_logout": "Ends one's own session; asks by POST.",
    "account_inactive": "A sentence.",
    "account_email_verification_sent": "Enter the code of the e-mail; bound to the session that asked.",
    "account_request_login_code": "Sends a code by e-mail, limited per address and account.",
    "account_confirm_login_code": "Enter the code; bound to the session that asked.",
    "account_reset_password": "Sends an e-mail, limited per address and account; answers alike for all addresses.",
    "account_reset_password_done": "A sentence.",
    "account_reset_password_from_key": "Opened by the secret key of the e-mail.",
    "account_reset_password_from_key_done": "A sentence.",
    "mfa_authenticate": "The second step of signing in; bound to the session that did the first.",
}
OWN = (
    "account_reauthenticate",
    "account_email",
    "account_change_password",
    "account_set_password",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "usersessions_list",
)
_READ_ONLY = {"livez", "readyz", "mfa_download_recovery_codes"}


def register() -> None:
    for name, reason in PUBLIC.items():
        methods = ("GET",) if name in _READ_ONLY else GET_POST
        register_foreign(name, Access("public", methods, reason, shared=True))
    for name in OWN:
        register_foreign(name, Access(Permission.ACCOUNT_OWN, ("GET",) if name in _READ_ONLY else GET_POST))
