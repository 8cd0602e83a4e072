"""A browser whose person showed their passkey a moment ago, for tests of what comes after that."""

from django.http import HttpResponse
from django.test import Client, RequestFactory

from curbside.kit.fresh import mark_fresh


def show_passkey(client: Client) -> Client:
    """As the page that confirms does, without the passkey."""
    request, response = RequestFactory().get("/"), HttpResponse()
    request.session = client.session
    mark_fresh(request, response)
    client.cookies.update(response.cookies)
    return client
