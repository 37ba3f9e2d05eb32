"""Data: the wider area of each function, the region of each country (ISO 3166-1 alpha-2)."""

from collections.abc import Mapping
from typing import Final

_AREAS: Final = {
    "geology": "exploration resource_geology",
    "mining_geotechnical": "mining_eng geotech operations trades asm",
    "processing_maintenance": "processing maintenance projects",
    "hse_environment": "hse environment sustainability",
    "social_legal": "community permitting_legal government_rel communications",
    "people_corporate": "hr corporate admin",
    "finance_commercial": "finance investment commercial supply_chain",
    "digital": "it_automation",
}
# research, services and other belong to no area: a catch-all is no likeness, so they score by equality alone.
FUNCTION_AREA: Final[Mapping[str, str]] = {
    function: area for area, functions in _AREAS.items() for function in functions.split()
}

_REGIONS: Final = {
    "north_america": "US CA BM GL PM UM",
    "latin_america": "MX GT BZ HN SV NI CR PA CO VE EC PE BO CL AR UY PY BR GY SR GF FK",
    "caribbean": "CU DO HT JM PR BS BB TT AG AI AW BL BQ CW DM GD GP KN KY LC MF MQ MS SX TC VC VG VI",
    "europe": (
        "AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME "
        "MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA"
    ),
    "middle_east_north_africa": "DZ EG EH LY MA TN AE BH IL IQ IR JO KW LB OM PS QA SA SY TR YE",
    "africa_west": "BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG",
    "africa_central": "AO CD CF CG CM GA GQ ST TD",
    "africa_east": "BI DJ ER ET IO KE KM MG MU MW MZ RE RW SC SD SO SS TZ UG YT ZM ZW",
    "africa_southern": "BW LS NA SZ ZA",
    "central_asia": "AF AM AZ GE KG KZ TJ TM UZ MN",
    "south_asia": "BD BT IN LK MV NP PK",
    "east_asia": "CN HK JP KP KR MO TW",
    "southeast_asia": "BN ID KH LA MM MY PH SG TH TL VN",
    "oceania": "AS AU CC CK CX FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV VU WF WS",
    "antarctica": "AQ BV GS HM TF",
}
COUNTRY_REGION: Final[Mapping[str, str]] = {
    country: region for region, countries in _REGIONS.items() for country in countries.split()
}
