"""What lets a site be installed on a phone: its manifest, and a worker that keeps one page without content."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_GET


@login_not_required
@require_GET
def manifest(_request: HttpRequest) -> HttpResponse:
    """The site's word and colour; nothing that tells whose device it is on."""
    label = str(settings.PLACE_LABEL)
    drawn = {"src": static(f"icons/{settings.PLACE}.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
    painted = [
        {"src": static(f"icons/{settings.PLACE}-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any"}
        for size in (192, 512)
    ]
    return JsonResponse(
        {
            "name": f"{settings.SITE_NAME} · {label}",
            "short_name": label,
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "theme_color": settings.PLACE_COLOUR,
            "background_color": settings.PLACE_COLOUR,
            "icons": [drawn, *painted],
        },
        content_type="application/manifest+json",
    )


@login_not_required
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The script that shows the offline page."""
    return render(request, "kit/worker.js", content_type="text/javascript; charset=utf-8")


@login_not_required
@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """The one page that a browser keeps."""
    return render(request, "kit/offline.html")
