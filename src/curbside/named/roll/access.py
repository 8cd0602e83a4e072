"""Who may do what with the roll."""

from django.utils.translation import gettext_lazy as _

from curbside.kit.errors import NotAllowed
from curbside.named.doctors.models import Doctor, Licence


def licence_in_force(doctor: Doctor) -> Licence:
    """The doctor's own licence; NotAllowed says what is missing."""
    licence = Licence.objects.select_related("doctor").filter(doctor=doctor).first()
    if licence is None:
        raise NotAllowed(_("Only verified doctors have a place on the roll. Have your licence checked first."))
    if not licence.in_force:
        raise NotAllowed(_("Your licence is no longer in force here, so it has no place on the roll. Have it checked again."))
    return licence
