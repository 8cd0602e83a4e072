"""Addresses of moderation."""

from django.urls import path

from curbside.anonymous.moderation import judging_views, letter_views, note_views, tag_views, views

app_name = "moderation"

urlpatterns = [
    path("moderation/", views.show_log, name="show_log"),
    path("moderation/posts/<id:case_id>/", views.show_post, name="show_post"),
    path("moderation/queue/", judging_views.show_queue, name="show_queue"),
    path("moderation/mine/", judging_views.show_mine, name="show_mine"),
    path("moderation/counts/", judging_views.show_counts, name="show_counts"),
    path("moderation/cases/<id:case_id>/report/", judging_views.report_post, name="report_case"),
    path("moderation/comments/<id:comment_id>/report/", judging_views.report_post, name="report_comment"),
    path("moderation/cases/<id:case_id>/judge/", judging_views.judge_post, name="judge_case"),
    path("moderation/comments/<id:comment_id>/judge/", judging_views.judge_post, name="judge_comment"),
    path("moderation/cases/<id:case_id>/note/", note_views.write_note, name="note_case"),
    path("moderation/comments/<id:comment_id>/note/", note_views.write_note, name="note_comment"),
    path("moderation/messages/<id:message_id>/report/", letter_views.report_message, name="report_message"),
    path("moderation/messages/reports/<id:report_id>/judge/", letter_views.judge_message, name="judge_message"),
    path("moderation/decisions/<id:decision_id>/appeal/", judging_views.appeal, name="appeal"),
    path("moderation/decisions/<id:decision_id>/judge/", judging_views.judge_appeal, name="judge_appeal"),
    path("moderation/cases/<id:case_id>/pictures/<id:picture_id>/", judging_views.show_picture, name="show_picture"),
    path("moderation/cases/<id:case_id>/remove/", views.remove_case, name="remove_case"),
    path("moderation/cases/<id:case_id>/block/", views.block_quota, name="block_quota"),
    path("moderation/cases/<id:case_id>/tags/", tag_views.correct_tags, name="correct_tags"),
    path("moderation/comments/<id:comment_id>/remove/", views.remove_comment, name="remove_comment"),
]
