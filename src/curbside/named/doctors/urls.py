"""Addresses of doctors: start page, sign-up, sign-in, passkeys, account."""

from django.urls import path

from curbside.named.doctors import ceremonies, views

app_name = "doctors"
urlpatterns = [
    path("", views.home, name="home"),
    path("sign-up/", views.sign_up, name="sign_up"),
    path("sign-up/options/", ceremonies.sign_up_options, name="sign_up_options"),
    path("sign-up/finish/", ceremonies.sign_up_finish, name="sign_up_finish"),
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/options/", ceremonies.sign_in_options, name="sign_in_options"),
    path("sign-in/finish/", ceremonies.sign_in_finish, name="sign_in_finish"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("registrar/<str:token>/", views.registrar_invitation, name="registrar_invitation"),
    path("registrar/<str:token>/options/", ceremonies.registrar_options, name="registrar_options"),
    path("registrar/<str:token>/finish/", ceremonies.registrar_finish, name="registrar_finish"),
    path("account/passkeys/", views.passkeys, name="passkeys"),
    path("account/passkeys/options/", ceremonies.passkey_options, name="passkey_options"),
    path("account/passkeys/finish/", ceremonies.passkey_finish, name="passkey_finish"),
    path("account/passkeys/<id:passkey_id>/", views.passkey, name="passkey"),
    path("account/passkeys/<id:passkey_id>/delete/", views.delete_passkey, name="delete_passkey"),
    path("account/sessions/end/", views.end_sessions, name="end_sessions"),
    path("account/delete/", views.delete_account, name="delete_account"),
    path("account/delete/finish/", ceremonies.delete_account_finish, name="delete_account_finish"),
]
