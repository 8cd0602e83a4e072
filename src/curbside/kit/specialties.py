"""The specialties both sides know: a slug for rolls and URLs, a label for readers. Registers map their own codes onto these."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SPECIALTIES: Final[dict[str, Promise]] = {
    "allergy": _("Allergy and immunology"),
    "anaesthetics": _("Anaesthetics"),
    "cardiology": _("Cardiology"),
    "child-psychiatry": _("Child and adolescent psychiatry"),
    "clinical-genetics": _("Clinical genetics"),
    "dermatology": _("Dermatology"),
    "emergency-medicine": _("Emergency medicine"),
    "endocrinology": _("Endocrinology and diabetes"),
    "gastroenterology": _("Gastroenterology"),
    "general-practice": _("General practice"),
    "general-surgery": _("General surgery"),
    "geriatrics": _("Geriatrics"),
    "haematology": _("Haematology"),
    "infectious-diseases": _("Infectious diseases"),
    "intensive-care": _("Intensive care"),
    "internal-medicine": _("Internal medicine"),
    "nephrology": _("Nephrology"),
    "neurology": _("Neurology"),
    "neurosurgery": _("Neurosurgery"),
    "nuclear-medicine": _("Nuclear medicine"),
    "obstetrics-gynaecology": _("Obstetrics and gynaecology"),
    "occupational-medicine": _("Occupational medicine"),
    "oncology": _("Oncology"),
    "ophthalmology": _("Ophthalmology"),
    "oral-maxillofacial-surgery": _("Oral and maxillofacial surgery"),
    "orthopaedics": _("Trauma and orthopaedics"),
    "otolaryngology": _("Ear, nose and throat"),
    "paediatrics": _("Paediatrics"),
    "palliative-care": _("Palliative care"),
    "pathology": _("Pathology"),
    "pharmacology": _("Clinical pharmacology"),
    "plastic-surgery": _("Plastic surgery"),
    "psychiatry": _("Psychiatry"),
    "public-health": _("Public health"),
    "radiology": _("Radiology"),
    "rehabilitation": _("Rehabilitation medicine"),
    "respiratory-medicine": _("Respiratory medicine"),
    "rheumatology": _("Rheumatology"),
    "sports-medicine": _("Sports medicine"),
    "thoracic-surgery": _("Cardiothoracic surgery"),
    "urology": _("Urology"),
    "vascular-surgery": _("Vascular surgery"),
}


def specialty_label(slug: str) -> str:
    """The label of a slug; the slug itself where a registrar knows one that we do not."""
    return str(SPECIALTIES.get(slug, slug))
