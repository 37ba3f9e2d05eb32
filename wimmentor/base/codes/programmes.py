"""How a programme works: its form, how its people meet and how they are matched."""

from django.utils.translation import gettext_lazy as _

from wimmentor.base.codes.codelist import CodeList

PROGRAMME_FORMAT = CodeList(
    "programme_format",
    [
        ("one_to_one", _("One-to-one mentoring"), "1:1|1to1|one to one|individual"),
        ("circle", _("Mentoring circle"), "circles|group|círculo|grupal|cercle"),
        ("peer", _("Peer mentoring"), "peer|entre pares"),
        ("reverse", _("Reverse mentoring"), "reverse|inversa"),
        ("flash", _("Flash mentoring"), "flash|speed|express"),
        ("sponsorship", _("Career sponsorship"), "sponsor|sponsorship|patrocinio"),
    ],
)

MEETING_CHANNEL = CodeList(
    "meeting_channel",
    [
        ("video", _("Video call"), "video|zoom|teams|google meet|videollamada|visio|vidéo"),
        ("phone", _("Telephone"), "phone|telephone|teléfono|téléphone|telefone"),
        ("messages", _("Messages, such as WhatsApp"), "whatsapp|messages|mensajes|chat"),
        ("email", _("E-mail"), "email|mail|correo|courriel"),
        ("in_person", _("In person"), "in person|face to face|presencial|en personne|tatap muka"),
    ],
)

DELIVERY = CodeList(
    "delivery",
    [
        ("online", _("Online")),
        ("in_person", _("In person")),
        ("hybrid", _("Hybrid")),
    ],
)

MATCHING_METHOD = CodeList(
    "matching_method",
    [
        ("hand_coordinator", _("By hand: one coordinator")),
        ("hand_committee", _("By hand: committee")),
        ("expert", _("Tailored by psychologist / specialist provider")),
        ("spreadsheet", _("Spreadsheet scoring, then by hand")),
        ("software_proposed", _("Software proposes, people decide")),
        ("software_auto", _("Software decides")),
        ("mentee_choice", _("Mentee chooses from profiles")),
        ("mutual_choice", _("Mutual choice / ranking by both sides")),
        ("event", _("Speed meeting or event")),
        ("random", _("Random / first come")),
        ("not_applicable", _("No matching")),
    ],
)

MENTOR_TARGET_GENDER = CodeList(
    "mentor_target_gender",
    [
        ("women_only", _("Women only")),
        ("men_only", _("Men only")),
        ("both_open", _("Women and men, no target")),
        ("both_target", _("Women and men, with a target share")),
        ("not_considered", _("Not considered")),
        ("unknown", _("Not known")),
    ],
)
