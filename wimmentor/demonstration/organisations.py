"""The organisations and programmes of the working group's 2021 document, with invented contacts."""

from datetime import datetime
from typing import Any

from programmes.cohorts.domain import register_programme
from programmes.cohorts.models import Programme
from programmes.organisations.models import Membership, Organisation
from programmes.people.domain import confirm_address
from programmes.people.models import User
from wimmentor.base.actors import SYSTEM
from wimmentor.base.text import fold

# slug: (name, full name, type, reach, countries, languages)
ORGANISATIONS: dict[str, tuple[str, str, str, str, tuple[str, ...], tuple[str, ...]]] = {
    "iwim": ("International Women in Mining", "", "iwim", "global", (), ("en", "es", "fr")),
    "wim-usa": ("WIM USA", "", "wim_national", "national", ("US",), ("en",)),
    "wime-indonesia": ("WIME Indonesia", "", "wim_national", "national", ("ID",), ("id", "en")),
    "aweik": ("AWEIK", "", "wim_national", "national", ("KE",), ("en", "sw")),
    "mujeres-wim-mexico": ("Mujeres WIM Mexico", "", "wim_national", "national", ("MX",), ("es",)),
    "wim-ecuador": ("WIM Ecuador", "", "wim_national", "national", ("EC",), ("es",)),
    "wim-nigeria": ("WIM Nigeria", "", "wim_national", "national", ("NG",), ("en",)),
    "wim-peru": ("WIM Peru", "", "wim_national", "national", ("PE",), ("es",)),
    # "Congo" does not say which country: left empty, as the document leaves it.
    "aem-congo": ("AEM Congo", "Association des Femmes des Mines du Congo", "wim_national", "", (), ("fr",)),
}
EARLY = ("graduate", "young_professional")

PROGRAMMES: dict[str, tuple[str, dict[str, Any]]] = {
    "iwrmp": (
        "iwim",
        {
            "name": "IWRMP",
            "summary": "Cross-company mentoring across the world, for women in mining with five years or more.",
            "scope": ("exp_5_plus",),
            "mentor_target": "both_open",
            "reach": "global",
            "languages": ("en", "es", "fr", "pt"),
        },
    ),
    "wime": (
        "wime-indonesia",
        {
            "name": "Mentoring",
            "summary": "Six months with a mentor from another company, in Indonesian or English.",
            "scope": EARLY,
            "mentor_target": "not_considered",
            "reach": "national",
            "countries": ("ID",),
            "languages": ("id", "en"),
        },
    ),
    "aweik": (
        "aweik",
        {
            "name": "First Steps",
            "summary": "For graduates and young professionals who want somebody to ask.",
            "scope": EARLY,
            "mentor_target": "not_considered",
            "reach": "national",
            "countries": ("KE",),
            "languages": ("en", "sw"),
        },
    ),
    "mexico": (
        "mujeres-wim-mexico",
        {
            "name": "Primera Veta",
            "summary": "Graduadas y jóvenes profesionales se reúnen con mujeres que conocen el camino.",
            "scope": EARLY,
            "mentor_target": "women_only",
            "reach": "subnational",
            "countries": ("MX",),
            "languages": ("es",),
        },
    ),
    "ecuador": (
        "wim-ecuador",
        {
            "name": "Mentoría",
            "summary": "Una primera edición para mujeres de la minería en todo el país.",
            "scope": ("all",),
            "mentor_target": "both_open",
            "reach": "national",
            "countries": ("EC",),
            "languages": ("es",),
        },
    ),
    "peru": (
        "wim-peru",
        {
            "name": "Mentoring",
            "summary": "Mentoría acompañada de coaching, con mentoras y mentores.",
            "scope": ("all",),
            "mentor_target": "both_open",
            "reach": "national",
            "countries": ("PE",),
            "languages": ("es",),
        },
    ),
}
DESCRIPTION = (
    "You and your mentor meet at least once a month, at hours that suit both of you. In the first meeting you choose "
    "two or three goals.\n\nEverything you say stays between the two of you. We ask only whether you met, and whether "
    "it was useful."
)
ELIGIBILITY = (
    "You work or study in mining, metals or quarrying, or are coming back after a break.\n"
    "You are 18 or older.\nYou can give about two hours a month, also on a rotation roster."
)

# What Spanish-speaking organisations wrote themselves.
SPANISH = {
    "description": (
        "Tú y tu mentora o mentor se reúnen al menos una vez al mes, en horas que les convengan a las dos personas. En "
        "la primera reunión eligen dos o tres objetivos.\n\nLo que conversan queda entre ustedes. Solo preguntamos si "
        "se reunieron y si fue útil."
    ),
    "eligibility": (
        "Trabajas o estudias en minería, metales o canteras, o vuelves después de una pausa.\n"
        "Tienes 18 años o más.\nPuedes dedicar unas dos horas al mes, también en régimen de turnos."
    ),
}
# WIM Peru says it in its own word.
TERMS = {"wim-peru": {"es": {"mentee": ["mentorizada", "mentorizadas"]}}}


def make_organisations(instant: datetime) -> dict[str, Organisation]:
    made = {}
    for slug, (name, full_name, kind, reach, countries, languages) in ORGANISATIONS.items():
        made[slug] = Organisation.objects.create(
            name=name,
            name_folded=fold(name),
            slug=slug,
            full_name=full_name,
            type=kind,
            reach=reach,
            countries=countries,
            languages=languages,
            contact_email=f"contact@{slug}.example.org",
            contact_name="The coordination team",
            terms=TERMS.get(slug, {}),
            is_platform=slug == "iwim",
            verified_at=instant,
        )
    return made


def make_newcomer() -> Organisation:
    """Waits for IWiM: it has prepared a programme and can open nothing."""
    newcomer = Organisation.objects.create(
        name="Example Coast",
        name_folded="example coast",
        slug="example-coast",
        type="wim_subnational",
        reach="subnational",
        countries=("AU",),
        languages=("en",),
        contact_email="contact@example-coast.example.org",
        contact_name="The coordination team",
    )
    values = {"scope": EARLY, "mentor_target": "both_open", "reach": "subnational", "countries": ("AU",)}
    register_programme(
        organisation=newcomer,
        by=SYSTEM,
        name="Tidewater",
        summary="Prepared, not yet open.",
        languages=("en",),
        **values,
    )
    return newcomer


def make_programmes(organisations: dict[str, Organisation]) -> dict[str, Programme]:
    return {
        key: register_programme(organisation=organisations[slug], by=SYSTEM, **_texts(values["languages"]), **values)
        for key, (slug, values) in PROGRAMMES.items()
    }


def _texts(languages: tuple[str, ...]) -> dict[str, str]:
    return SPANISH if languages == ("es",) else {"description": DESCRIPTION, "eligibility": ELIGIBILITY}


def make_member(organisation: Organisation, role: str, address: str, name: str) -> User:
    user, _made = User.objects.get_or_create(email=address, defaults={"name": name})
    if not user.password:
        user.set_unusable_password()
        user.save()
    Membership.objects.get_or_create(user=user, organisation=organisation, role=role)
    return confirm_address(user=user, by=SYSTEM)
