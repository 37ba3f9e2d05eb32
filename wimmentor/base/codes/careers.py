"""Where somebody stands in mining: level, function, part of the sector, roster."""

from django.utils.translation import gettext_lazy as _

from wimmentor.base.codes.codelist import CodeList

SENIORITY_BAND = CodeList(
    "seniority_band",
    [
        ("school", _("School pupil (minor)"), "school|escolar|élève"),
        ("student", _("University / vocational student"), "student|university student|estudiante|étudiante|estudante"),
        ("graduate", _("Graduate (0-2 years)"), "graduate|recién egresada|egresada|jeune diplômée|recém-formada"),
        (
            "young_professional",
            _("Young professional (up to about 5 years)"),
            "young professional|junior|profesional joven|joven profesional|jeune professionnelle",
        ),
        ("exp_5_plus", _("5+ years (upper end not set)"), "5+ years|5+|5 años o más|5 ans et plus"),
        ("mid", _("Mid-career (5-10 years)"), "mid-career|mid career|mid-level|media carrera|mi-carrière"),
        ("senior", _("Senior professional / manager (10+ years)"), "senior|manager|profesional senior|cadre"),
        ("executive", _("Executive / board"), "executive|board|ejecutiva|directiva|dirigeante|executiva"),
        ("returner", _("Returner after a career break"), "returner|retorno después de una pausa"),
        ("entrepreneur", _("Entrepreneur / supplier"), "entrepreneur|emprendedora|entrepreneure|empreendedora"),
        ("asm", _("Artisanal and small-scale miner"), "artisanal miner|minera artesanal|artisane minière"),
        ("all", _("All levels"), "all|todos los niveles|tous les niveaux"),
    ],
)

MINING_FUNCTION = CodeList(
    "mining_function",
    [
        (
            "exploration",
            _("Exploration and geology"),
            "exploration|geology|geología|geología y exploración|géologie|géologie et exploration",
        ),
        ("resource_geology", _("Mine and resource geology"), "mine geology|resource geology|geología de mina"),
        (
            "mining_eng",
            _("Mining engineering and planning"),
            (
                "mining engineering|mine planning|planificación|planificación minera|ingeniería de minas"
                "|planificación, perforación y voladura|ingénierie minière"
            ),
        ),
        (
            "geotech",
            _("Geotechnical, hydrogeology, tailings"),
            "geotechnical|geotechnics|geotecnia|géotechnique|hydrogeology|hidrogeología|tailings|relaves",
        ),
        (
            "operations",
            _("Mine operations and production"),
            "operations|mine operations|production|operaciones|operación mina|exploitation minière|operações",
        ),
        (
            "processing",
            _("Processing and metallurgy"),
            "processing|metallurgy|metalurgia|procesamiento y metalurgia|traitement - métallurgie|métallurgie",
        ),
        ("maintenance", _("Maintenance, electrical, mechanical"), "maintenance|mantenimiento|mantención|manutenção"),
        ("projects", _("Projects, construction, civil"), "projects|construction|proyectos|projets|projetos"),
        (
            "hse",
            _("Health and safety"),
            (
                "hse|safety|health & safety|seguridad y salud|salud y seguridad|santé et sécurité"
                "|hygiène, sécurité, environnement|saúde e segurança"
            ),
        ),
        (
            "environment",
            _("Environment, climate, closure"),
            "environment|medio ambiente|medio ambiente, agua y cierre|environnement|meio ambiente",
        ),
        (
            "community",
            _("Community and social performance"),
            "community|communities|community relations|relaciones comunitarias|développement communautaire",
        ),
        (
            "sustainability",
            _("ESG, sustainability, reporting"),
            "esg|sustainability|esg / communities|sostenibilidad|sustentabilidad|développement durable",
        ),
        ("permitting_legal", _("Legal, permitting, land, compliance"), "legal|permitting|permisos|juridique|jurídico"),
        ("government_rel", _("Government and external affairs"), "government relations|external affairs"),
        (
            "hr",
            _("Human resources, training"),
            "human resources|recursos humanos|ressources humaines|main-d'œuvre et formation|main-d’œuvre et formation",
        ),
        ("finance", _("Finance, tax, audit"), "finance|finanzas|finances|finanças"),
        ("investment", _("Investment, capital markets"), "investment|capital markets|inversiones|investissement"),
        ("commercial", _("Sales, marketing of product"), "sales|marketing|ventas|comercial|ventes"),
        (
            "supply_chain",
            _("Supply chain, logistics, procurement"),
            "supply chain|logistics|procurement|logística|cadena de suministro|compras|logistique",
        ),
        (
            "it_automation",
            _("Data, IT, automation, remote operations"),
            "it|data|automation|automation and data|tecnología|automatización|informatique",
        ),
        ("communications", _("Communications"), "communication|comunicaciones|comunicação"),
        ("research", _("Research, academia, laboratory"), "research|academia|laboratory|investigación|recherche"),
        (
            "corporate",
            _("Strategy, corporate development, general management"),
            "strategy|general management|gerencia general|estrategia|direction générale",
        ),
        ("admin", _("Administration"), "administración|administration|administração"),
        ("trades", _("Skilled trades and equipment operation"), "trades|equipment operation|operadora de equipos"),
        (
            "asm",
            _("Artisanal and small-scale mining"),
            "artisanal mining|minería artesanal|mine artisanale|pequeña minería",
        ),
        ("services", _("Consulting and technical services"), "consulting|consultoría|conseil"),
        ("other", _("Other"), "otro|otra|autre|outro|outra|lainnya"),
    ],
)

FUNCTION_AREA = CodeList(
    "function_area",
    [
        ("geology", _("Geology")),
        ("mining_geotechnical", _("Mining and geotechnical")),
        ("processing_maintenance", _("Processing and maintenance")),
        ("hse_environment", _("HSE and environment")),
        ("social_legal", _("Social and legal")),
        ("people_corporate", _("People and corporate")),
        ("finance_commercial", _("Finance and commercial")),
        ("digital", _("Digital")),
        ("other", _("Other")),
    ],
)

_FUNCTIONS_OF_AREA = {
    "geology": ("exploration", "resource_geology"),
    "mining_geotechnical": ("mining_eng", "geotech", "operations", "projects"),
    "processing_maintenance": ("processing", "maintenance", "trades"),
    "hse_environment": ("hse", "environment", "sustainability"),
    "social_legal": ("community", "permitting_legal", "government_rel"),
    "people_corporate": ("hr", "communications", "corporate", "admin"),
    "finance_commercial": ("finance", "investment", "commercial", "supply_chain"),
    "digital": ("it_automation",),
}
_AREA_OF_FUNCTION = {function: area for area, functions in _FUNCTIONS_OF_AREA.items() for function in functions}


def function_area(code: str) -> str:
    """The wider area; "other" gathers what has none and is no area that two people share."""
    return _AREA_OF_FUNCTION.get(code, "other")


MINING_SEGMENT = CodeList(
    "mining_segment",
    [
        ("lsm", _("Large-scale mining"), "gran minería|grande mine"),
        ("mid", _("Junior / mid-tier"), "junior|mid-tier|mediana minería"),
        ("exploration", _("Exploration companies"), "empresas de exploración"),
        ("asm", _("Artisanal and small-scale"), "minería artesanal|mine artisanale"),
        ("services", _("Services, suppliers, consultancies"), "suppliers|proveedores|fournisseurs"),
        ("metals", _("Smelting, refining"), "fundición, refinería"),
        ("finance", _("Finance, investors"), "finanzas, inversionistas"),
        ("academia", _("Academia"), "universidad|université"),
        ("government", _("Government, regulators"), "gobierno|gouvernement"),
        ("civil_society", _("Civil society"), "sociedad civil|société civile"),
    ],
)

ROTATION = CodeList(
    "rotation",
    [
        ("day_5_2", _("Day work, 5 days on, 2 off"), "5/2|5x2|office hours|oficina"),
        ("roster_7_7", _("7 days on, 7 off"), "7/7|7x7"),
        ("roster_14_7", _("14 days on, 7 off"), "14/7|14x7"),
        ("roster_14_14", _("14 days on, 14 off"), "14/14|14x14"),
        ("roster_20_10", _("20 days on, 10 off"), "20/10|20x10"),
        ("roster_28_28", _("28 days on, 28 off"), "28/28|28x28"),
        ("nights", _("Regular night shifts"), "nights|night shift|turno de noche|nuit"),
        ("other", _("Another pattern"), "other|otro|autre|outro"),
    ],
)

# Days on site and at home of the patterns that move through the week; the others are the same every week, or not known.
ROSTER_DAYS: dict[str, tuple[int, int]] = {
    "roster_7_7": (7, 7),
    "roster_14_7": (14, 7),
    "roster_14_14": (14, 14),
    "roster_20_10": (20, 10),
    "roster_28_28": (28, 28),
}

# Of stated hours; without one of these they hold every week.
ROSTER_HOURS = CodeList(
    "roster_hours",
    [
        ("at_home", _("Only in the weeks at home")),
        ("on_site", _("Only in the weeks on site")),
    ],
)
