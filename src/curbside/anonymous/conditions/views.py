"""Answers what a member types into a field for conditions. What was typed is neither kept nor logged."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from curbside.anonymous.conditions.queries import suggest_conditions


@require_GET
def suggest(request: HttpRequest) -> JsonResponse:
    """Conditions that fit the parameter ``q``, best first."""
    found = suggest_conditions(request.GET.get("q", ""))
    return JsonResponse({"conditions": [{"code": item.code, "label": item.label, "through": item.through} for item in found]})
