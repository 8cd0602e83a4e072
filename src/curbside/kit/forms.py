"""One form renderer: every field with its label, help and error tied together for screen readers."""

from django.forms.renderers import TemplatesSetting


class FieldRenderer(TemplatesSetting):
    """Uses kit/field.html for every field group and kit/form.html for every form."""

    form_template_name = "kit/form.html"
    field_template_name = "kit/field.html"
