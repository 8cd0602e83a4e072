"""Forms of joining and of membership."""

from itertools import groupby

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from curbside.anonymous.membership.badges import OfferedBadge, may_stand_together
from curbside.anonymous.membership.pseudonyms import MOST, check_pseudonym, normal_form
from curbside.anonymous.membership.queries import is_free, offered_badges
from curbside.kit.countries import country_label

OTHER_BADGE = _(
    "Until now you showed another badge. Whoever remembers it would look among the few doctors who have both. Keep that one, show its "
    "country, or show none."
)


class BadgeChoice(forms.MultipleChoiceField):
    """The badges to ask for. The template lists them by country, each with its crowd."""

    def __init__(self) -> None:
        super().__init__(label=_("Badges"), required=False, widget=forms.CheckboxSelectMultiple)

    def validate(self, value: list[str]) -> None:
        """Each from a crowd of at least k, and none that makes it smaller than that."""
        super().validate(value)
        if not may_stand_together(value):
            raise ValidationError(
                _("Choose one badge, or a specialty and its own country. Of any other two, nobody here can tell how few doctors have both.")
            )


class BadgesForm(forms.Form):
    """Which badges to show from now on."""

    badges = BadgeChoice()

    def __init__(self, data: object = None, *, shown: tuple[str, ...] = ()) -> None:
        super().__init__(data, initial={"badges": list(shown)})  # type: ignore[arg-type] # a QueryDict or none
        self._shown = shown
        self.offered = offered_badges()
        self._field.choices = [(badge.text, badge.label) for badge in self.offered]

    def clean_badges(self) -> list[str]:
        """None that, with what was shown until now, narrows the crowd to those who have both."""
        chosen: list[str] = self.cleaned_data["badges"]
        if chosen and not may_stand_together({*self._shown, *chosen}):
            raise ValidationError(OTHER_BADGE)
        return chosen

    @property
    def _field(self) -> BadgeChoice:
        field = self.fields["badges"]
        if not isinstance(field, BadgeChoice):
            raise TypeError
        return field

    def by_country(self) -> list[tuple[str, list[OfferedBadge], bool]]:
        """For the template: each country, its badges, and whether one of them is chosen."""
        chosen = set(self.chosen())
        groups = [(country_label(code), list(badges)) for code, badges in groupby(self.offered, key=lambda badge: badge.country)]
        return [(country, badges, any(badge.text in chosen for badge in badges)) for country, badges in groups]

    def chosen(self) -> list[str]:
        """The badges that are ticked as the form stands."""
        value = self["badges"].value()
        return list(value) if isinstance(value, list) else []


class JoinForm(BadgesForm):
    """The first step of joining."""

    pseudonym = forms.CharField(
        label=_("Pseudonym"),
        max_length=MOST,
        help_text=_("3 to 24 letters, digits and hyphens. Take one that you use nowhere else; it stays."),
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    field_order = ("pseudonym", "badges")

    def clean_pseudonym(self) -> str:
        """The normal form, if it follows the rules and nobody has it or one like it."""
        pseudonym = normal_form(str(self.cleaned_data["pseudonym"]))
        check_pseudonym(pseudonym)
        if not is_free(pseudonym):
            raise ValidationError(_("This pseudonym, or one that looks like it, is taken."))
        return pseudonym


class RecoverForm(BadgesForm):
    """The first step of recovering."""

    drop_old_passkeys = forms.BooleanField(
        label=_("Delete my old passkeys and end all sessions. Choose this if somebody else may hold one."),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "checkbox"}),
    )

    field_order = ("badges", "drop_old_passkeys")


class PasskeyLabelForm(forms.Form):
    """What a member calls a passkey."""

    label = forms.CharField(
        label=_("Label"),
        max_length=60,
        required=False,
        help_text=_("Seen by you alone. Do not write your name."),
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )


class LeaveForm(forms.Form):
    """The one tick before a member goes."""

    sure = forms.BooleanField(
        label=_("Erase everything I wrote here. I know that this cannot be undone."),
        widget=forms.CheckboxInput(attrs={"class": "checkbox"}),
        error_messages={"required": _("Tick the box if you want to leave.")},
    )
