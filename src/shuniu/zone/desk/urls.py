from __future__ import annotations

from django.urls import path, register_converter

from shuniu.zone.desk import views
from shuniu.zone.desk.views.beside import LinkStepConverter
from shuniu.zone.desk.views.cases import StepConverter
from shuniu.zone.desk.views.views import ViewStepConverter

register_converter(StepConverter, "step")
register_converter(LinkStepConverter, "link_step")
register_converter(ViewStepConverter, "view_step")

app_name = "desk"
urlpatterns = [
    path("needs/", views.need, name="need"),
    path("needs/for-enterprise/", views.need_for_enterprise, name="need-for-enterprise"),
    path("cases/", views.case_list, name="case-list"),
    path("cases/export.xlsx", views.case_xlsx, name="cases-xlsx"),
    path("cases/export.csv", views.case_csv, name="cases-csv"),
    path("cases/views/", views.view_new, name="view-new"),
    path("cases/views/<int:view_id>/<view_step:step>/", views.view_step, name="view-step"),
    path("cases/dispatch/", views.dispatch, name="dispatch"),
    path("cases/dispatch/<int:batch_id>/", views.batch, name="batch"),
    path("cases/dispatch/<int:batch_id>/back/", views.batch_back, name="batch-back"),
    path("cases/<int:case_id>/", views.case_page, name="case-page"),
    path("cases/<int:case_id>/files/", views.attachments_add, name="attachments-add"),
    path("cases/<int:case_id>/beside/", views.beside_find, name="beside-find"),
    path("cases/<int:case_id>/beside/<int:other_id>/", views.beside, name="beside"),
    path(
        "cases/<int:case_id>/beside/<int:other_id>/<link_step:step>/",
        views.beside_step,
        name="beside-step",
    ),
    path("cases/<int:case_id>/<step:step>/", views.case_step, name="case-step"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/look/", views.calendar_look, name="calendar-look"),
    path("calendar/save/", views.calendar_save, name="calendar-save"),
    path("calendar/edits/<int:edit_id>/", views.calendar_undo, name="calendar-undo"),
    path("reader/", views.reader, name="reader"),
    path("reader/learn/", views.reader_learn, name="reader-learn"),
    path("reader/<int:lesson_id>/", views.reader_choose, name="reader-choose"),
    path("wall/", views.wall, name="wall"),
    path("call-backs/", views.call_back_list, name="call-back-list"),
    path("withdrawn/", views.withdrawal_list, name="withdrawal-list"),
    path("urgings/", views.urging_list, name="urging-list"),
    path("urgings/<int:urging_id>/", views.urging_page, name="urging-page"),
    path("files/<int:attachment_id>/", views.attachment, name="attachment"),
]
