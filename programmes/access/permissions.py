from enum import StrEnum


class Permission(StrEnum):
    """What can be done. Roles (roles.py) say who may."""

    ACCOUNT_OWN = "account.own"

    ORGANISATION_VIEW = "organisation.view"
    ORGANISATION_EDIT = "organisation.edit"
    ORGANISATION_INVITE = "organisation.invite"
    PROGRAMME_EDIT = "programme.edit"
    COHORT_VIEW = "cohort.view"
    COHORT_EDIT = "cohort.edit"
    APPLICATION_REVIEW = "application.review"
    APPLICATION_DECIDE = "application.decide"
    APPLICATION_EXPORT = "application.export"
    APPLICATION_IMPORT = "application.import"
    MATCHING_VIEW = "matching.view"
    MATCHING_RUN = "matching.run"
    BOARD_EDIT = "board.edit"
    OFFER_VIEW = "offer.view"
    OFFER_EDIT = "offer.edit"
    MENTORSHIP_VIEW = "mentorship.view"
    MENTORSHIP_EDIT = "mentorship.edit"
    OUTBOX_VIEW = "outbox.view"
    OUTBOX_SEND = "outbox.send"
    INVENTORY_VIEW = "inventory.view"
    INVENTORY_EDIT = "inventory.edit"

    # The platform's own: members of the IWiM organisation only.
    ORGANISATION_VERIFY = "organisation.verify"
    INVENTORY_REVIEW = "inventory.review"
