"""Words of headings, folded, in English, Spanish, French, Portuguese and Indonesian.

"a b" stand side by side in this order, "a+b" both somewhere, "a*" begins a word. More words say it more surely.
"""

import re
from collections.abc import Mapping
from functools import cache

from wimmentor.base.codes.codelist import match_key

HEADING_WORDS: dict[str, str] = {
    "line_manager_email": (
        "line manager|line manager s e mail|manager+e mail|manager+email|supervisor+email|supervisor+e mail"
        "|boss+email|jefatura|jefatura+correo|jefa+correo|jefe+correo|supervisor*+correo"
        "|superieur* hierarchique*|superieur*+mail|responsable hierarchique|responsable+courriel|chefe+e mail"
        "|chefe+email|gestor*+email|gestor*+e mail|lideranca direta|atasan|atasan langsung|email atasan"
        "|manager email"
    ),
    "email": (
        "email|e mail|email address|e mail address|mail|your email|correo|correo electronico"
        "|direccion de correo|courriel|adresse e mail|adresse mail|adresse electronique|adresse email"
        "|adresse courriel|adresse de courriel|endereco de e mail|endereco de email|correio eletronico"
        "|alamat email|alamat e mail|surel|alamat surel|username|nombre de usuario|nom d utilisateur"
    ),
    "preferred_mentor_gender": (
        "prefier*+mujer|prefier*+hombre|prefier*+genero|prefier*+mentor*|"
        "prefer*+mentor*|prefer*+woman|prefer*+gender|prefer*+mujer|prefer*+hombre|prefer*+genero"
        "|prefer*+femme|prefer*+mulher|prefer*+homem|prefer*+genre|prefer*+sexe|prefer*+wanita"
        "|prefer*+perempuan|prefer* mentor*|preferred mentor gender|gender of mentor|gender+mentor*"
        "|genero+mentor*|genre+mentor*|sexe+mentor*|sexo+mentor*|lebih suka+mentor|jenis kelamin+mentor"
        "|mentor+perempuan|mentora mujer|mentora mulher"
    ),
    "gender_preference_strict": (
        "strict|indispensable|imprescindible|indispensavel|genre+obligatoire|genero+obligatori*"
        "|genero+obrigatori*|prefer*+mandatory|prefer*+essential|prefer*+must|prefer*+imprescindible"
        "|prefer*+indispensable|prefer*+wajib|prefer*+obligatori*|prefer*+obrigatori*|prefer*+indispensavel"
        "|prefer*+strict|harus+mentor|prefer*+only"
    ),
    "capacity": (
        "how many mentees|number of mentees|mentees+how many|mentees+take|cuantas mentees|cuantos mentees"
        "|cuantas+mentee*|cuantos+mentee*|cuantas personas puedes|numero de mentees|combien de mentees"
        "|combien+mentee*|combien+mentoree*|combien+filleules|nombre de mentees|quantas mentoradas"
        "|quantas+mentorad*|quantos+mentorad*|quantas+mentee*|berapa mentee|berapa+mentee|jumlah mentee"
        "|capacity|capacidad|capacite|capacidade|kapasitas|max mentees|maximum mentees|cupos|plazas|vagas"
        "|mentee limit|mentee capacity"
    ),
    "years_experience": (
        "years of experience|years experience|years in mining|years+experience|years+mining|how many years"
        "|experience years|anos de experiencia|anos experiencia|anos+experiencia|cuantos anos"
        "|cuantos anos+experiencia|annees d experience|annees experience|annees+experience|ans d experience"
        "|combien d annees|quantos anos|quantos anos+experiencia|anos+mineracao|anos+mineria|tahun pengalaman"
        "|pengalaman kerja|lama pengalaman|berapa tahun|berapa tahun+pengalaman|lama bekerja"
        "|experiencia en mineria|experience in mining|experience|experiencia|pengalaman"
    ),
    "role": (
        "role|rol|i apply as|apply as|apply+as|applying as|join as|participate as|register as|i want to be"
        "|are you a mentor|mentor or mentee|mentee or mentor|mentora o mentee|mentor o mentee"
        "|mentee o mentora|mentee o mentor|postulo como|postulas como|participar como|participo como"
        "|quieres ser|inscribo como|candidature en tant que|en tant que|mentore ou mentee|mentor ou mentee"
        "|mentora ou mentorada|mentor ou mentorado|candidatar+como|inscrevo+como|participar+como"
        "|participer comme|papel|peran|daftar sebagai|mendaftar sebagai|mentor atau mentee|your role"
        "|programme role|program role|user role|user type|participant type|type of participant"
        "|tipo de participante"
    ),
    "consent": (
        "consent*|consentimiento|consentement|consentimento|persetujuan|acepto|aceito|j accepte|accept*"
        "|i agree|agree|privacy|privacidad|confidentialite|privacidade|privasi|setuju|autorizo|autorizacion"
        "|autorisation|conduct|i+agree|terms"
    ),
    "submitted_at": (
        "submitdate|datestamp|enddate|"
        "timestamp|time stamp|marca temporal|marca de tiempo|horodateur|horodatage|carimbo de data hora"
        "|stempel waktu|cap waktu|completion time|hora de finalizacion|heure de fin|hora de conclusao"
        "|waktu penyelesaian|end date|submission date|submission time|submitted at|submitted on|submit date"
        "|date submitted|date de soumission|date d envoi|fecha de envio|data de envio|tanggal pengiriman"
        "|submit date utc|fecha de respuesta|end|date created|created at|registration date|date joined"
        "|join date|signed up|fecha de finalizacion|fecha de registro|data de finalizacao|date de fin"
        "|tanggal selesai"
    ),
    "time_zone": ("time zone|timezone|your time zone|zona horaria|huso horario|fuseau horaire|fuso horario|zona waktu"),
    "utc_offset": ("utc offset|gmt offset|offset utc|diferencia horaria|difference from utc|utc"),
    "availability": (
        "availability|weekly availability|disponibilidad horaria|horario disponible|disponibilites horaires"
        "|disponibilidade|ketersediaan|ketersediaan waktu"
    ),
    "country": (
        "where do you live|donde vives|ou habitez vous|ou vivez vous|onde mora|onde vive|di mana anda tinggal|"
        "country|country you live in|country of residence|your country|pais|que pais|pais de residencia"
        "|en que pais|pays|quel pays|pays de residence|qual pais|em que pais|negara|negara tempat tinggal"
        "|country region|nation"
    ),
    "languages": (
        "languages|language|which languages|languages+speak*|languages spoken|idiomas|idioma|que idiomas"
        "|langues|langue|quelles langues|langues parlees|linguas|lingua|quais idiomas|que linguas|bahasa"
        "|bahasa yang|bahasa apa|lenguas|idiomas que hablas"
    ),
    "employer": (
        "employer|company|company name|organisation|organization|your company|current employer|employer name"
        "|firm|workplace|empresa|que empresa|compania|empleador|lugar de trabajo|donde trabajas|employeur"
        "|entreprise|societe|nom de l entreprise|organisme|empregador|qual empresa|em que empresa"
        "|onde trabalha|perusahaan|nama perusahaan|instansi|tempat kerja|pemberi kerja|employer organisation"
        "|employer+where|where+work|organizacion|organizacao|organisasi|institucion|instituicao"
    ),
    "job_title": (
        "job title|title|position|current position|job|current role|your position|job role|occupation"
        "|profession|cargo|tu cargo|cargo actual|puesto|puesto actual|ocupacion|poste|poste actuel"
        "|intitule du poste|titre du poste|metier|seu cargo|cargo atual|jabatan|posisi|pekerjaan|profesion"
        "|profissao"
    ),
    "function": (
        "function|main function|job function|functional area|department|field of work|area of work|work area"
        "|discipline|specialty|area|que area|area de trabajo|area funcional|departamento|especialidad"
        "|en que area|sector de trabajo|fonction|domaine|domaine de travail|specialite|departement|funcao"
        "|area de atuacao|area de trabalho|em que area|especialidade|setor|bidang|bidang kerja"
        "|bidang pekerjaan|fungsi|departemen|divisi|expertise area|area of expertise"
    ),
    "gender": (
        "gender|your gender|gender identity|sex|genero|que genero|identidad de genero|sexo|genre"
        "|identite de genre|sexe|identidade de genero|jenis kelamin|gender you identify|genero te identificas"
        "|genero+identificas"
    ),
    "goals": (
        "goals|goal|your goals|mentoring goals|goals+strengths|what+achieve|want to achieve|hope to gain"
        "|hope to achieve|strengths|areas of support|topics|topics+help|help mentees with|development areas"
        "|skills to develop|objetivos|objetivo|tus objetivos|metas|quieres lograr|que quieres lograr"
        "|quieres trabajar|que temas|temas|puedes acompanar+temas|en que temas|objectifs|objectif"
        "|vos objectifs|que souhaitez vous|themes|quels themes|o que deseja+mentoria|deseja alcancar"
        "|quer alcancar|espera alcancar|temas+apoiar|tujuan|tujuan anda|ingin dicapai|apa tujuan|topik"
        "|keahlian+bagi|areas de desarrollo|axes de developpement|looking for help with|can help with"
        "|mentoring topics|expertise"
    ),
    "interests": (
        "interests|interest|your interests|areas of interest|intereses|tus intereses|temas de interes"
        "|interets|centres d interet|interesses|areas de interesse|minat|minat anda"
    ),
    "first_name": (
        "first name|given name|given names|forename|name first name|name first|nombres|primer nombre"
        "|nombre de pila|prenom|prenoms|votre prenom|primeiro nome|nome proprio|nama depan|nama panggilan"
        "|firstname"
    ),
    "last_name": (
        "last name|family name|surname|lastname|name last name|name last|apellido|apellidos|primer apellido"
        "|tus apellidos|nom de famille|votre nom de famille|sobrenome|apelido|nama belakang|nama keluarga"
        "|marga"
    ),
    "name": (
        "full name|your name|your full name|name|name and surname|first and last name"
        "|first name and last name|nombre|nombre completo|tu nombre|tu nombre completo|cual es tu nombre"
        "|cual es tu nombre completo|nombre y apellido|nombre y apellidos|nombres y apellidos"
        "|apellidos y nombres|apellidos y nombre|nom|nom complet|nom et prenom|nom et prenoms|nom prenom"
        "|prenom et nom|votre nom|nome|nome completo|seu nome|seu nome completo|nome e sobrenome"
        "|qual e o seu nome|nama|nama lengkap|nama anda|participant name|participant"
    ),
    "notes": (
        "notes|anything else|comments|comment|remarks|motivation|why+apply*|why+mentor*|why do you want"
        "|tell us|about you|about yourself|bio|biography|notas|comentarios|observaciones|algo mas|motivacion"
        "|por que|por que postulas|por que quieres|cuentanos|cuentanos de ti|sobre ti|commentaires|remarques"
        "|autre chose|pourquoi|pourquoi souhaitez vous|parlez nous|presentez vous|observacoes|algo mais"
        "|motivacao|por que quer|conte nos|sobre voce|catatan|komentar|alasan|motivasi|ceritakan|tentang anda"
        "|mengapa"
    ),
}
# Columns of the tool itself, which nobody answered.
_SYSTEM_WORDS = (
    "id|#|respondent id|collector id|ip address|custom data 1|start|start time|start date|hora de inicio"
    "|heure de debut|heure de début|waktu mulai|deviceid|device id|uuid|meta instanceid|formhub uuid"
    "|submission id|submission ip|ip|last update date|last modified time|hora de la ultima modificacion"
    "|total points|quiz feedback|network id|user agent|referrer|token|response id|id de respuesta"
    "|id de la respuesta|id de reponse|lastpage|start language|startlanguage|seed|score|flow status"
    "|status|entry id|date started|start date utc|fecha de inicio|date de debut|data de inicio"
    "|tanggal mulai|response type|stage date utc|tags|today|username|simserial|phonenumber|subscriberid"
    "|points|index|submission url|edit url|no|nomor|n|nr|row"
)
_SYSTEM = frozenset(map(match_key, _SYSTEM_WORDS.split("|")))
_SYSTEM_BEGINS = ("points ", "feedback ", "puntos ", "comentarios de evaluacion ", "meta ", "formhub ", "pontos ")
# Only English is written with the month first.
_DAY_FIRST_WORDS = (
    "marca temporal|marca de tiempo|hora de finalizacion|fecha*|horodat*|heure de fin|date de*|date d envoi|carimbo*"
    "|hora de conclusao|data de*|stempel waktu|cap waktu|waktu*|tanggal*|inicio|debut|mulai|desde|tgl"
)
# Whatever a heading asks, it has asked by then; every phrase is looked for at every word of it.
_LONGEST_HEADING = 600
_BRACKETS = re.compile(r"\([^()]*\)|（[^（）]*）")
_OTHER = (
    "other|others|otro|otra|otros|otras|autre|autres|outro|outra|outros|lainnya|lain lain|yang lain"
    "|other please specify|please specify|otro especifique|otra especifique|otro por favor especifique"
    "|autre veuillez preciser|autre precisez|outro especifique|outro por favor especifique"
    "|lainnya sebutkan|other specify|autre a preciser|otro cual|outro qual|other option|otra opcion"
    "|autre option"
)
OTHER_WORDS = frozenset(map(match_key, _OTHER.split("|")))
_OTHER_BEGINS = ("other ", "otro ", "otra ", "otros ", "otras ", "autre ", "autres ", "outro ", "outra ")
_OTHER_ENDS = tuple(f" {word}" for word in OTHER_WORDS)


def is_system_heading(heading: str) -> bool:
    """Also what form tools begin with an underscore."""
    key = match_key(heading)
    return heading.startswith("_") or (key in _SYSTEM) or key.startswith(_SYSTEM_BEGINS) or not key


def is_other(text: str) -> bool:
    return match_key(text) in OTHER_WORDS


def asks_for_other(heading: str) -> bool:
    """ "objectifs_autre", "Which languages? / Other (please specify)"."""
    key = match_key(heading)
    return key in OTHER_WORDS or key.endswith(_OTHER_ENDS) or key.startswith(_OTHER_BEGINS)


def is_day_first(heading: str) -> bool:
    """Whether the heading is in a language whose short dates begin with the day."""
    words = match_key(heading[:_LONGEST_HEADING]).split()
    return any(_stands_in(tuple(phrase.split()), words) for phrase in _DAY_FIRST_WORDS.split("|"))


def score_heading(heading: str) -> dict[str, int]:
    """Field to how much of it the heading says: 10 a word, 5 more where it says nothing else."""
    heading = heading[:_LONGEST_HEADING]
    plain = _BRACKETS.sub(" ", heading)
    key = match_key(plain) or match_key(heading)
    scores: dict[str, int] = {}
    words = key.split()
    for name, phrases in _phrases().items():
        best = max((_score(phrase, words, key) for phrase in phrases), default=0)
        if best:
            scores[name] = best
    return scores


Phrase = tuple[tuple[str, ...], ...]


@cache
def _phrases() -> Mapping[str, tuple[Phrase, ...]]:
    return {
        name: tuple(tuple(tuple(part.split()) for part in phrase.split("+")) for phrase in phrases.split("|"))
        for name, phrases in HEADING_WORDS.items()
    }


def _score(phrase: Phrase, words: list[str], key: str) -> int:
    if not all(_stands_in(part, words) for part in phrase):
        return 0
    is_all = len(phrase) == 1 and " ".join(phrase[0]) == key
    return 10 * sum(len(part) for part in phrase) + (5 if is_all else 0)


def _stands_in(part: tuple[str, ...], words: list[str]) -> bool:
    return any(
        all(_same(wanted, word) for wanted, word in zip(part, words[start : start + len(part)], strict=True))
        for start in range(len(words) - len(part) + 1)
    )


def _same(wanted: str, word: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
