"""Invented people: names are drawn from lists, addresses are at example.org, employers do not exist."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from programmes.applications.models import Application
from programmes.cohorts.models import Cohort
from wimmentor.base import clock
from wimmentor.base.codes import GOALS, INTERESTS
from wimmentor.base.languages import spoken as language_of
from wimmentor.base.text import fold

FIRST = {
    "es": "Alma Brisa Celeste Dalia Eulalia Flor Ginebra Itzel Jimena Kiara Lluvia Maite Nayra Ocarina Perla "
    "Quetzalli Rocío Sol Tamia Ursula Violeta Wayra Ximena Yara Zulma",
    "en": "Amber Blythe Coral Dawn Esi Fern Grace Hazel Imani Joy Kemi Lark Maple Nia Opal Pearl Quill Robin Sage "
    "Terra Uma Vesta Willow Xenia Zola",
    "id": "Ayu Bulan Citra Dewi Eka Fitri Gita Hana Indah Kartika Lestari Melati Ningsih Puspita Ratna Sekar Tari "
    "Utami Wulan Yuni",
    "fr": "Aminata Brume Clémence Désirée Éloïse Fatou Garance Hortense Inès Jade Kadia Lucille Mireille Naïma Océane "
    "Prune Rokia Solène Thaïs Violette",
    "pt": "Alba Bruna Clara Dora Estela Flora Graça Iara Jurema Luzia Marina Nair Olívia Pilar Rosa Serena Tainá Vera",
}
LAST = {
    "es": "Arenal Basalto Cantera Dolmen Esquisto Filón Galena Hierro Jaspe Lava Mármol Nieves Ópalo Pedernal Quillay "
    "Roca Sílice Tierra Umbral Veta",
    "en": "Adit Boulder Copperfield Drift Ember Flint Granite Hollow Ironwood Jetty Kiln Ledge Marlstone Nugget "
    "Outcrop Pike Quarry Ridge Slate Tunnel",
    "id": "Batubara Cadas Emas Gunung Intan Jalur Kapur Lembah Mineral Nikel Pasir Rawa Sungai Tembaga Urat",
    "fr": "Ardoise Brèche Calcaire Dolomie Fer Gisement Houille Ivoire Lignite Minerai Nacre Ocre Pierre Quartz Rocher "
    "Schiste Tourbe",
    "pt": "Areia Barro Cascalho Diamante Esmeralda Ferro Garimpo Jazida Lavra Mina Níquel Ouro Pedreira Serra",
}
EMPLOYERS = (
    *("Example Copper", "Invented Gold", "Sample Nickel", "Fictional Lithium", "Pretend Iron", "Demo Drilling"),
    *("Specimen Assays", "Placeholder Consulting", "Imaginary Smelting", "Model Mine Services", "Mock Quarries"),
)
JOBS = {
    "exploration": "Exploration geologist",
    "resource_geology": "Mine geologist",
    "mining_eng": "Mine planner",
    "geotech": "Geotechnical engineer",
    "operations": "Shift supervisor",
    "processing": "Metallurgist",
    "maintenance": "Maintenance engineer",
    "hse": "Safety officer",
    "environment": "Environmental scientist",
    "community": "Community relations officer",
    "finance": "Financial analyst",
    "it_automation": "Automation engineer",
    "hr": "People partner",
    "supply_chain": "Buyer",
}
# country: (language group of the name, languages spoken, IANA zone)
PLACES: dict[str, tuple[str, tuple[str, ...], str]] = {
    "ID": ("id", ("id", "en"), "Asia/Jakarta"),
    "PE": ("es", ("es", "qu"), "America/Lima"),
    "MX": ("es", ("es", "en"), "America/Mexico_City"),
    "CL": ("es", ("es", "en"), "America/Santiago"),
    "EC": ("es", ("es",), "America/Guayaquil"),
    "CO": ("es", ("es", "en"), "America/Bogota"),
    "AR": ("es", ("es", "en"), "America/Argentina/Buenos_Aires"),
    "BO": ("es", ("es", "ay"), "America/La_Paz"),
    "GT": ("es", ("es",), "America/Guatemala"),
    "ES": ("es", ("es", "en"), "Europe/Madrid"),
    "BR": ("pt", ("pt", "en"), "America/Sao_Paulo"),
    "MZ": ("pt", ("pt", "en"), "Africa/Maputo"),
    "AO": ("pt", ("pt",), "Africa/Luanda"),
    "PT": ("pt", ("pt", "en"), "Europe/Lisbon"),
    "CD": ("fr", ("fr", "sw"), "Africa/Lubumbashi"),
    "SN": ("fr", ("fr", "wo"), "Africa/Dakar"),
    "ML": ("fr", ("fr",), "Africa/Bamako"),
    "CI": ("fr", ("fr", "en"), "Africa/Abidjan"),
    "BF": ("fr", ("fr",), "Africa/Ouagadougou"),
    "GN": ("fr", ("fr",), "Africa/Conakry"),
    "FR": ("fr", ("fr", "en"), "Europe/Paris"),
    "CA": ("en", ("en", "fr"), "America/Toronto"),
    "US": ("en", ("en", "es"), "America/Denver"),
    "AU": ("en", ("en",), "Australia/Perth"),
    "GB": ("en", ("en",), "Europe/London"),
    "KE": ("en", ("en", "sw"), "Africa/Nairobi"),
    "TZ": ("en", ("en", "sw"), "Africa/Dar_es_Salaam"),
    "ZM": ("en", ("en",), "Africa/Lusaka"),
    "ZA": ("en", ("en", "zu"), "Africa/Johannesburg"),
    "GH": ("en", ("en",), "Africa/Accra"),
    "NG": ("en", ("en", "ha"), "Africa/Lagos"),
    "IN": ("en", ("en", "hi"), "Asia/Kolkata"),
    "PH": ("en", ("en", "tl"), "Asia/Manila"),
}
EVENINGS = ("mon 18-20", "tue 18-21", "wed 19-21", "thu 17-19", "fri 16-18", "sat 9-12", "sun 10-12")


@dataclass
class Cast:
    """Draws people for one cohort; the same seed gives the same people."""

    cohort: Cohort
    random: Random
    used: set[str]

    def person(self, role: str, country: str, **given: Any) -> Application:
        group, languages, zone = PLACES[country]
        first, last = self._name(group)
        function = self.random.choice(list(JOBS))
        mentor = role == Application.Role.MENTOR
        years = self.random.randint(9, 28) if mentor else self.random.randint(0, 9)
        spoken = languages if self.random.random() < 0.8 else languages[:1]
        sent = self._moment()
        values: dict[str, Any] = {
            "cohort": self.cohort,
            "role": role,
            "status": Application.Status.ACCEPTED,
            "email": self._address(first, last),
            "email_confirmed_at": sent,
            "submitted_at": sent,
            "first_name": first,
            "last_name": last,
            "gender": "male" if mentor and self.random.random() < 0.3 else "female",
            "adult": True,
            "country": country,
            "time_zone": zone,
            "employer": self.random.choice(EMPLOYERS),
            "function": function,
            "job_title": JOBS[function] if not mentor else f"Senior {JOBS[function].lower()}",
            "segment": self.random.choice(("lsm", "mid", "exploration", "services")),
            "rotation": self.random.choice(("day_5_2", "day_5_2", "roster_14_7", "roster_7_7", "")),
            "years_experience": years,
            "seniority": "senior"
            if mentor
            else "graduate"
            if years < 3
            else "young_professional"
            if years < 6
            else "mid",
            "languages": spoken,
            "preferred_language": spoken[0],
            "language": language_of(*spoken),
            "goals": tuple(self.random.sample(GOALS.codes, 5 if mentor else 3)),
            "interests": tuple(self.random.sample(INTERESTS.codes, self.random.randint(0, 3))),
            "preferred_mentor_gender": self.random.choice(("no_preference", "no_preference", "female", "")),
            "availability": ";".join(sorted(self.random.sample(EVENINGS, 3), key=EVENINGS.index)),
            "hours_a_month": 2,
            "capacity": self.random.choice((1, 1, 2, 2, 3)) if mentor else None,
            "questionnaire": self.cohort.mentor_questions if mentor else self.cohort.mentee_questions,
        }
        return Application(**{**values, **given})

    def _moment(self) -> datetime:
        """Some time between the opening and the deadline, or now."""
        opens, closes = self.cohort.opens_at, min(self.cohort.closes_at, clock.now())
        return opens + (closes - opens) * self.random.random()

    def _name(self, group: str) -> tuple[str, str]:
        return self.random.choice(FIRST[group].split()), self.random.choice(LAST[group].split())

    def _address(self, first: str, last: str) -> str:
        stem = f"{fold(first)}.{fold(last)}".replace(" ", "-")
        address, number = f"{stem}@example.org", 2
        while address in self.used:
            address, number = f"{stem}{number}@example.org", number + 1
        self.used.add(address)
        return address
