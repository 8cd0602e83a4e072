"""Addresses of private messages."""

from django.urls import path

from curbside.anonymous.messages import endpoints, views

app_name = "messages"

urlpatterns = [
    path("messages/", views.conversations, name="conversations"),
    path("messages/requests/", views.requests, name="requests"),
    path("messages/key/", views.key, name="key"),
    path("messages/key/keep/", endpoints.keep_key, name="keep_key"),
    path("messages/to/<pseudonym:pseudonym>/", views.write_to, name="write_to"),
    path("messages/to/<pseudonym:pseudonym>/ask/", endpoints.ask, name="ask"),
    path("messages/to/<pseudonym:pseudonym>/block/", views.block, name="block"),
    path("messages/to/<pseudonym:pseudonym>/unblock/", views.unblock, name="unblock"),
    path("messages/with/<id:conversation_id>/", views.show_conversation, name="show_conversation"),
    path("messages/with/<id:conversation_id>/news/", endpoints.news, name="news"),
    path("messages/with/<id:conversation_id>/earlier/", endpoints.earlier, name="earlier"),
    path("messages/with/<id:conversation_id>/send/", endpoints.send, name="send"),
    path("messages/with/<id:conversation_id>/pin/", endpoints.keep_pin, name="keep_pin"),
    path("messages/with/<id:conversation_id>/compared/", endpoints.keep_compared, name="keep_compared"),
    path("messages/with/<id:conversation_id>/accept/", views.accept, name="accept"),
    path("messages/with/<id:conversation_id>/decline/", views.decline, name="decline"),
    path("messages/one/<id:message_id>/remove/", endpoints.remove, name="remove"),
]
