"""Addresses of verification: the applicant's own, a colleague's who vouches, the registrars'."""

from django.urls import path

from curbside.named.verification.views import applicant, registrar, vouching

app_name = "verification"
urlpatterns = [
    path("", applicant.own_page, name="own_page"),
    path("apply/", applicant.apply, name="apply"),
    path("withdraw/", applicant.withdraw, name="withdraw"),
    path("document/", applicant.upload_document, name="upload_document"),
    path("code/send/", applicant.send_code, name="send_code"),
    path("code/confirm/", applicant.confirm_code, name="confirm_code"),
    path("colleagues/", applicant.make_vouch_link, name="make_vouch_link"),
    path("answer/", applicant.answer_question, name="answer_question"),
    path("vouch/<str:token>/", vouching.vouch, name="vouch"),
    path("queue/", registrar.queue, name="queue"),
    path("queue/<id:application_id>/", registrar.application, name="application"),
    path("queue/<id:application_id>/documents/<id:document_id>/", registrar.document, name="document"),
    path("queue/<id:application_id>/accept/", registrar.accept, name="accept"),
    path("queue/<id:application_id>/refuse/", registrar.refuse, name="refuse"),
    path("queue/<id:application_id>/ask/", registrar.ask, name="ask"),
    path("log/", registrar.log, name="log"),
    path("licences/", registrar.verified, name="verified"),
    path("licences/<id:licence_id>/end/", registrar.end_licence, name="end_licence"),
]
