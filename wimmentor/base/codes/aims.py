"""What a mentee wants and a mentor can give: the same goal codes, worded for each side; and shared interests."""

from django.utils.translation import gettext_lazy as _

from wimmentor.base.codes.codelist import CodeList, Label

# code, mentee's wording, mentor's wording, short names under which forms ask it
_GOAL_ROWS: list[tuple[str, Label, Label, str]] = [
    (
        "career_direction",
        _("Find my career direction"),
        _("Finding a career direction"),
        "career|dirección de carrera|rumbo profesional|orientation de carrière",
    ),
    (
        "leadership",
        _("Lead, or be promoted"),
        _("Leadership and promotion"),
        (
            "leadership|promotion|promotion/leadership|liderazgo|liderazgo y ascenso|liderazgo, ascenso y visibilidad"
            "|liderança|kepemimpinan"
        ),
    ),
    (
        "technical_path",
        _("Grow on a technical path"),
        _("Growing on a technical path"),
        "technical path|ruta técnica|technique|parcours technique|trilha técnica",
    ),
    (
        "change_function",
        _("Change function or country"),
        _("Changing function or country"),
        "cambiar de área|cambiar de área, de empresa o de país|changer de métier",
    ),
    (
        "visibility",
        _("Be seen and build a network"),
        _("Visibility and networks"),
        "visibility|networks|networks, visibility|redes de contacto|visibilidad y redes|réseau",
    ),
    (
        "confidence",
        _("Trust my own judgement"),
        _("Confidence in one's own judgement"),
        "confianza|confianza y comunicación|confiance|confiança",
    ),
    (
        "negotiating",
        _("Negotiate, also for myself"),
        _("Negotiating"),
        "negotiation|negociar|negociar salario o condiciones|négociation|negociação",
    ),
    (
        "managing_people",
        _("Manage people"),
        _("Managing people"),
        "gestión de personas|dirigir personas|gestion d'équipe|gestão de pessoas",
    ),
    (
        "work_life",
        _("Combine life and rotation work"),
        _("Work, life and rotation"),
        (
            "work-life balance|work-life balance; rosters|work-life and rotation|conciliación"
            "|conciliación, turnos y maternidad|équilibre vie professionnelle"
        ),
    ),
    (
        "return_after_break",
        _("Return after a break"),
        _("Returning after a break"),
        "return|volver después de una pausa|retour après une pause|retour_pause",
    ),
    (
        "entrepreneurship",
        _("Start or grow a business"),
        _("Starting or growing a business"),
        "entrepreneur|emprendimiento|emprender|entrepreneuriat|empreendedorismo",
    ),
    (
        "board",
        _("Sit on a board"),
        _("Sitting on a board"),
        "board readiness|directorio|directorios|conseil d'administration",
    ),
    ("studies", _("Study further"), _("Further studies"), "further study|estudios|études|estudos"),
]

# Each side also understands the other's wording: one form often asks both.
GOALS = CodeList("goals", [(code, mentee, mentor, words) for code, mentee, mentor, words in _GOAL_ROWS])
GOALS_MENTOR = CodeList("goals_mentor", [(code, mentor, mentee, words) for code, mentee, mentor, words in _GOAL_ROWS])

INTERESTS = CodeList(
    "interests",
    [
        ("innovation", _("Innovation and new technology"), "innovation|innovación|inovação"),
        ("digitalisation", _("Automation and data"), "automation|data|digitalización|données|dados"),
        ("energy_transition", _("Critical minerals and energy transition"), "critical minerals|transición energética"),
        ("decarbonisation", _("Decarbonisation and climate"), "climate|descarbonización|cambio climático|climat"),
        ("water_tailings", _("Water and tailings"), "water|tailings|agua y relaves|eau"),
        ("mine_closure", _("Mine closure and rehabilitation"), "closure|cierre de minas|fermeture de mines"),
        ("safety_culture", _("Safety culture"), "safety|cultura de seguridad|sécurité"),
        ("community_relations", _("Communities and indigenous peoples"), "communities|comunidades|communautés"),
        ("responsible_sourcing", _("Responsible sourcing and human rights"), "human rights|derechos humanos"),
        ("small_scale_mining", _("Artisanal and small-scale mining"), "asm|minería artesanal|mine artisanale"),
        ("exploration", _("Exploration and discovery"), "exploración|exploração"),
        ("underground", _("Underground mining"), "subterránea|minería subterránea|mine souterraine"),
        ("inclusion", _("Diversity and inclusion"), "diversity|diversidad e inclusión|diversité"),
        ("teaching", _("Teaching, schools and outreach"), "teaching|outreach|docencia|enseignement|ensino"),
        ("policy", _("Policy and regulation"), "regulation|políticas públicas|réglementation"),
        ("finance_markets", _("Investment and markets"), "investment|inversión y mercados|investissement"),
        ("family_caring", _("Family and caring while working"), "family|familia|maternidad|famille|família"),
    ],
)

# The criteria of matching under their own codes, as a mentee would say what she looks for.
TOP_CRITERION = CodeList(
    "top_criterion",
    [
        ("goals", _("Help with what I want to work on")),
        ("seniority_gap", _("Clearly more years of experience than I have")),
        ("function", _("The same field of work")),
        ("time_zone", _("Awake at the same hours as I am")),
        ("language", _("The language I would rather speak")),
        ("region", _("The same country or part of the world")),
        ("gender_preference", _("A woman or a man, as I asked")),
        ("availability", _("Time at the hours that suit me")),
        ("interests", _("The same interests")),
    ],
)
