from __future__ import annotations

from django.urls import path, register_converter

from shuniu.zone.desk import views
from shuniu.zone.desk.views.cases import StepConverter

register_converter(StepConverter, "step")

app_name = "desk"
urlpatterns = [
    path("needs/", views.need, name="need"),
    path("needs/for-enterprise/", views.need_for_enterprise, name="need-for-enterprise"),
    path("cases/", views.case_list, name="case-list"),
    path("cases/<int:case_id>/", views.case_page, name="case-page"),
    path("cases/<int:case_id>/files/", views.attachments_add, name="attachments-add"),
    path("cases/<int:case_id>/<step:step>/", views.case_step, name="case-step"),
    path("files/<int:attachment_id>/", views.attachment, name="attachment"),
]
