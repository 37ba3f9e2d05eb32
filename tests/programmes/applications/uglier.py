"""Twenty spreadsheets as coordinators have them. Everybody in them is invented."""

import io
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook

Files = dict[str, Callable[[], bytes]]
FILES: Files = {}
_SENT = [datetime.fromisoformat(f"2026-03-{text}") for text in ("02 08:30", "03 09:00", "03 09:05")]


def named(name: str) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    def keep(make: Callable[[], bytes]) -> Callable[[], bytes]:
        FILES[name] = make
        return make

    return keep


def workbook(*rows: Sequence[Any], change: Callable[[Any, Workbook], None] | None = None) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet, book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@named("jotform.csv")
def jotform() -> bytes:
    """Jotform: names in two parts, check boxes on lines of one cell, columns of its own at both ends."""
    return (
        b'"Submission Date","Name - First Name","Name - Last Name","E-mail","Country","Goals",'
        b'"Other goal","Submission IP","Submission ID"\n'
        b'"Mar 5, 2026","Siti","Rahma","siti@example.org","Indonesia","Leadership and promotion\nTechnical path","",'
        b'"203.0.113.7","5700011"\n'
        b'"Mar 6, 2026","Dewi","Putri","dewi@example.org","Indonesia","Other","run a laboratory, one day",'
        b'"203.0.113.8","5700012"\n'
        b'"Mar 7, 2026","","","nobody@example.org","Kenya","Confidence","","203.0.113.9","5700013"\n'
    )


@named("surveymonkey.xlsx")
def surveymonkey() -> bytes:
    """SurveyMonkey: the question in one row, its choices in the next; a title of its own, nothing in many cells."""
    return workbook(
        [
            *("Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "What is your name?"),
            *("What is your e-mail address?", "Which languages do you speak?", "", "", "Where do you live?"),
        ],
        ["", "", "", "", "", *("Open-Ended Response",) * 2, "English", "French", "Other (please specify)", "Response"],
        [1, 9, "", _SENT[0], "203.0.113.1", "Naledi Dube", "naledi@example.org", "English",
         None, "Sepedi, a little", "South Africa"],
        [2, 9, "", _SENT[1], "203.0.113.2", "Awa Sow", "awa@example.org", "English", "French",
         None, "Senegal"],
        [3, 9, "", _SENT[2], "203.0.113.2", "Zola", None, "English", None, None, "Ghana"],
    )  # fmt: skip


@named("french_excel.csv")
def french_excel() -> bytes:
    """A French Excel: semicolons, Windows letters, decimal commas, a line that names the separator."""
    return (
        "sep=;\r\nHorodateur;Nom;Prénom;Adresse e-mail;Pays;Années d'expérience;Objectifs\r\n"
        "02/03/2026 08:48;N'Guessan;Adjoa;adjoa@example.org;Côte d’Ivoire;7,5;Leadership, Réseau\r\n"
        '14/03/2026 09:10;Œuvrard;Zoé;zoe@example.org;France;"un an et demi";"Autre : conduire ; seule"\r\n'
    ).encode("cp1252")


@named("two_tables.xlsx")
def two_tables() -> bytes:
    """Mentees, and below them, after a blank row, the mentors with other questions."""
    return workbook(
        ["Nombre completo", "Correo", "País"],
        ["Ana Rojas", "ana@example.org", "Perú"],
        ["Berta Cano", "berta@example.org", "Chile"],
        [],
        ["Nombre", "Correo", "Empresa"],
        ["Carla Soto", "carla@example.org", "Chile"],
    )


@named("title_merged_total.xlsx")
def title_merged_total() -> bytes:
    """A title over merged cells, the headings in row 4, a total below."""

    def change(sheet: Any, _book: Workbook) -> None:
        sheet.merge_cells("A1:D1")

    return workbook(
        ["Postulaciones 2026: primera ronda"],
        [None],
        ["Actualizado", "3 de marzo"],
        ["Nombres", "Apellidos", "Correo electrónico", "Cargo", "Empresa"],
        ["Ana", "Rojas Lima", "ana@example.org", "Geóloga", "Minera Alta"],
        ["Berta", "Cano", "berta@example.org", "Jefa", "Minera Baja"],
        ["Total", 2],
        change=change,
    )


@named("formulas.xlsx")
def formulas() -> bytes:
    """Formulas with the value that Excel left, without one, and one that failed; a column of phone numbers."""
    data = workbook(
        ["Full name", "Email", "Years of experience", "Employer", "Phone"],
        ["Ana Rojas", "ana@example.org", 4, "Alta", 51987654321.0],
        ["Berta Cano", "berta@example.org", 5, "Baja", 5.1987654322e10],
    )
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    sheet = sheet.replace('<c r="C2" t="n"><v>4</v></c>', '<c r="C2"><f>YEAR(TODAY())-2022</f><v>4</v></c>')
    sheet = sheet.replace('<c r="C3" t="n"><v>5</v></c>', '<c r="C3"><f>YEAR(TODAY())-2021</f></c>')
    start = sheet.index('<c r="D3"')
    sheet = sheet[:start] + '<c r="D3" t="e"><f>NA()</f><v>#N/A</v></c>' + sheet[sheet.index("</c>", start) + 4 :]
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return buffer.getvalue()


@named("addresses.csv")
def addresses() -> bytes:
    """Addresses as mail programmes copy them, and a second column of addresses."""
    return (
        "Name,Email address,Confirm your email address\n"
        "Ana Rojas,mailto:ana@example.org,ana@example.org\n"
        'Berta Cano,"Berta Cano <Berta@Example.org>",berta@example.org\n'
        "Carla Soto,carla@example.org; carla@example.com,carla@example.org\n"
        "Dora Paz,dora@exa mple.org,dora@example.org\n"
        "Elsa Gil,elsa＠example.org,elsa@example.org\n"
    ).encode()


@named("invisible.csv")
def invisible() -> bytes:
    """Letters in two pieces, zero-width spaces, marks of direction, full-width figures."""
    text = unicodedata.normalize(
        "NFD",
        "Correo,Nombre completo,País,Años de experiencia,Idiomas\n"
        "\u200eana@example.org\u200f,\u202bInés Muñoz\u202c,Per\u00fa,３,Español\n"
        "b\u200berta@example.org, \u200b Berta Cano \ufeff,México\u200b,\u00a012\u2009,Español\u00a0\n",
    )
    return text.encode()


@named("portuguese.csv")
def portuguese() -> bytes:
    """Google Forms in Portuguese, capacity in words."""
    return (
        "Carimbo de data/hora,Endereço de e-mail,Qual é o seu nome completo?,Em que país você mora?,"
        "Em que empresa você trabalha?,Há quantos anos trabalha na mineração?,"
        "Quantas mentoradas você pode acompanhar?,Quais idiomas você fala?\n"
        "13/03/2026 10:01:02,lu@example.org,Luíza Prado,Brasil,Serra Clara,mais de 10 anos,duas,"
        '"Português, Inglês"\n'
        "02/03/2026 10:01:02,rita@example.org,Rita Nunes,Moçambique,Serra Clara,12,até 3,Português e espanhol\n"
        "05/03/2026 10:01:02,ivone@example.org,Ivone Sá,Angola,,5 a 7 anos,nenhuma,Umbundu\n"
    ).encode()


@named("indonesian.csv")
def indonesian() -> bytes:
    """Google Forms in Indonesian, a comma within a choice that no list has."""
    one, two, three = "Tambang bawah tanah, gua dan terowongan", "Kepemimpinan", "Jaringan kerja"
    rows = [(one, two), (one,), (two, three), (three, one), (two,)]
    body = "".join(
        f'0{day}/03/2026 08.00.00,p{day}@example.org,Siti Nomor {day},Indonesia,"{", ".join(goals)}",Bahasa Indonesia\n'
        for day, goals in enumerate(rows, 1)
    )
    return f"Stempel waktu,Alamat email,Nama lengkap,Negara,Tujuan Anda mengikuti program ini,Bahasa\n{body}".encode()


@named("unicode_text.txt")
def unicode_text() -> bytes:
    """Excel's "Unicode text": tabs, UTF-16 with its mark."""
    return (
        "Prénom\tNom de famille\tCourriel\tFonction\tGenre\r\n"
        "Zoé\tŒuvrard\tzoe@example.org\tGéologie\tFemme\r\n"
        "Ama\tMensah\tama@example.org\tAutre\tje préfère ne pas répondre\r\n"
    ).encode("utf-16")


@named("blank_columns.csv")
def blank_columns() -> bytes:
    """A thousand blank columns behind the answers, and blank rows between them."""
    blank = "," * 1000
    rows = ("name,email", "Ana Rojas,ana@example.org", "", "Berta Cano,berta@example.org")
    return "".join(f"{row}{blank}\n" for row in rows).encode()


@named("shifted.csv")
def shifted() -> bytes:
    """A comma that nobody quoted moves cells; an address in the column of names."""
    return (
        b"email,name,country,employer\n"
        b"ana@example.org,Ana Rojas,Peru,Alta\n"
        b"berta@example.org,Cano, Berta,Peru,Alta\n"
        b"Carla Soto,carla@example.org,Chile,Baja\n"
        b"dora@example.org,Dora Paz,Chile,Baja\n"
    )


@named("duplicate_headings.csv")
def duplicate_headings() -> bytes:
    """Two questions of the same name: the second one's answers are not the first one's."""
    return (
        b"Email,Name,Employer,Employer,Comments,Comments\n"
        b"ana@example.org,Ana Rojas,Alta,Baja,first,second\n"
        b"berta@example.org,Berta Cano,,Baja,,only\n"
    )


@named("mixed_dates.csv")
def mixed_dates() -> bytes:
    """Two people merged two exports: the day first in one, the month first in the other."""
    return (
        "Timestamp,Email,Name\n"
        "31/01/2026 10:00,ana@example.org,Ana Rojas\n"
        "2/20/2026 4:05 PM,berta@example.org,Berta Cano\n"
        "3/4/2026 9:00 a. m.,carla@example.org,Carla Soto\n"
        "5/5/2026 12:30 AM,dora@example.org,Dora Paz\n"
        "2026-02-30,elsa@example.org,Elsa Gil\n"
        "12 de marzo de 2026,flor@example.org,Flor Ríos\n"
    ).encode()


@named("mixed_roles.csv")
def mixed_roles() -> bytes:
    """Both roles in one file, in words that no list foresees in full."""
    return (
        "Correo electrónico;Nombre y apellidos;¿Quieres ser mentora o mentee?;¿Cuántas mentees puedes acompañar?;"
        "¿Prefieres una mentora mujer o un hombre?\n"
        "ana@example.org;Ana Rojas;Mentora y mentee;máximo 2;Mujer\n"
        "berta@example.org;Berta Cano;Mentora;entre 1 y 3;\n"
        "carla@example.org;Carla Soto;Mentee;;Sin preferencia\n"
        "dora@example.org;Dora Paz;Ayudante;;Mujer\n"
        "elsa@example.org;Elsa Gil;;1;\n"
    ).encode()


@named("ticks.xlsx")
def ticks() -> bytes:
    """A column for each choice: x, Sí, TRUE, 1; what is not ticked is blank, no or 0. A hidden sheet before it."""

    def change(sheet: Any, book: Workbook) -> None:
        hidden = book.create_sheet("Listas", 0)
        hidden.append(["Español", "team@example.org"])
        hidden.sheet_state = "hidden"
        sheet.row_dimensions[4].hidden = True

    return workbook(
        [
            *("Nombre", "Apellidos", "E-mail", "Idiomas [Español]", "Idiomas [Inglés]", "Idiomas [Otro]"),
            *("Objetivos [Liderazgo]", "Objetivos [Ruta técnica]", "Puntaje"),
        ],
        ["Ana", "Rojas", "ana@example.org", "x", "", "", "Sí", "No", 4],
        ["Berta", "Cano", "berta@example.org", "X", "x", "Aimara", "No", "Sí", 5],
        ["Carla", "Soto", "carla@example.org", "", "x", "", "Sí", "Sí", 3],
        change=change,
    )


@named("limesurvey.csv")
def limesurvey() -> bytes:
    """LimeSurvey: codes in brackets before the question, pipes between cells, Y for a tick."""
    return (
        b"id|submitdate|lastpage|startlanguage|Vorname [first name]|email|languages[en]|languages[fr]|country\n"
        b"1|2026-03-02 10:00:00|5|en|Ama|ama@example.org|Y||GH\n"
        b"2|2026-03-03 10:00:00|5|en|Awa|awa@example.org|Y|Y|SN\n"
    )


@named("other_tool.csv")
def other_tool() -> bytes:
    """The file of a matching tool: headings of its own, several values parted by |||, "No" before numbers."""
    return (
        b"User type,First Name,Last Name,Email Address,Job Title,Company Name,Mentee capacity,Areas of expertise,"
        b"Country,Registration date,Status\n"
        b'Mentor,Naledi,Dube,naledi@example.org,Manager,Highveld,2,"Leadership|||Fly, safely|||Networks",ZA,'
        b"02-Mar-2026,active\n"
        b"Mentee,Chipo,Moyo,chipo@example.org,Analyst,Highveld,,Confidence,ZWE,14-Mar-2026,active\n"
    )


@named("nothing_says_so.csv")
def nothing_says_so() -> bytes:
    """Headings that say nothing: only the cells tell what stands where. And a slip of the keyboard."""
    return (
        "P1;P2;P3;P4\nAna Rojas;ana@example.org;Perú;Español, Quechua\nBerta Cano;berta@example.org;Bolivia;Español\n"
        "Carla Soto;carla@example.org;Colomba;Español\nDora Paz;dora@example.org;Congo;Español\n"
        "Elsa Gil;elsa@example.org;Chile;Español y portugués\nFlor Ríos;flor@example.org;Ecuador;Español\n"
    ).encode()


@named("mac.csv")
def mac() -> bytes:
    """An old Mac: its own letters, line ends of one sign."""
    return (
        "Correo;Nombre completo;País;Empresa\r"
        "ana@example.org;Inés Muñoz;Perú;Compañía Minera Ñandú\r"
        "zoe@example.org;Zoé Pérez;México;Geología y Más\r"
    ).encode("mac-roman")
