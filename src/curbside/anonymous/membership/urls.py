"""Addresses of joining, signing in and membership."""

from django.urls import path

from curbside.anonymous.membership import ceremonies, views

app_name = "membership"
urlpatterns = [
    path("join/", views.join, name="join"),
    path("join/pseudonyms/", views.pseudonyms, name="pseudonyms"),
    path("join/check/", views.check, name="check"),
    path("recover/", views.recover, name="recover"),
    path("knock/", views.knock, name="knock"),
    path("knock/finish/", ceremonies.knock_finish, name="knock_finish"),
    path("knock/passkey/", views.knock_passkey, name="knock_passkey"),
    path("knock/passkey/options/", ceremonies.knock_passkey_options, name="knock_passkey_options"),
    path("knock/passkey/finish/", ceremonies.knock_passkey_finish, name="knock_passkey_finish"),
    path("knock/wallet/", views.to_wallet, name="to_wallet"),
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/options/", ceremonies.sign_in_options, name="sign_in_options"),
    path("sign-in/finish/", ceremonies.sign_in_finish, name="sign_in_finish"),
    path("confirm/", views.confirm, name="confirm"),
    path("confirm/options/", ceremonies.confirm_options, name="confirm_options"),
    path("confirm/finish/", ceremonies.confirm_finish, name="confirm_finish"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("members/<pseudonym:pseudonym>/", views.show_member, name="show_member"),
    path("membership/", views.account, name="account"),
    path("membership/renew/", views.renew, name="renew"),
    path("membership/passkeys/options/", ceremonies.passkey_options, name="passkey_options"),
    path("membership/passkeys/finish/", ceremonies.passkey_finish, name="passkey_finish"),
    path("membership/passkeys/<id:passkey_id>/", views.passkey, name="passkey"),
    path("membership/passkeys/<id:passkey_id>/delete/", views.delete_passkey, name="delete_passkey"),
    path("membership/sessions/end/", views.end_sessions, name="end_sessions"),
    path("membership/export/", views.export, name="export"),
    path("membership/leave/", views.leave, name="leave"),
]
