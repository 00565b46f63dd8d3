from __future__ import annotations

from django.urls import path, register_converter

from shuniu.zone.briefings import views

register_converter(views.DayConverter, "day")
register_converter(views.EditionConverter, "edition")
register_converter(views.FormConverter, "briefing_form")
register_converter(views.StepConverter, "issue_step")

app_name = "briefings"
urlpatterns = [
    path("briefings/", views.day_list, name="list"),
    path("briefings/today/", views.today, name="today"),
    path("briefings/<day:day>/", views.day_page, name="day"),
    path("briefings/<day:day>/draft/", views.issue_draft, name="issue-draft"),
    path("briefings/<edition:edition>/<day:day>/draft/", views.period_draft, name="period-draft"),
    path("briefings/<day:day>/<briefing_form:form>/", views.day_file, name="day-file"),
    path("briefings/issues/<int:issue_id>/", views.issue_page, name="issue"),
    path("briefings/issues/<int:issue_id>/instruct/", views.issue_instruct, name="issue-instruct"),
    path("briefings/issues/<int:issue_id>/edit/", views.issue_edit, name="issue-edit"),
    path(
        "briefings/issues/<int:issue_id>/<briefing_form:form>/",
        views.issue_file,
        name="issue-file",
    ),
    path("briefings/issues/<int:issue_id>/<issue_step:step>/", views.issue_step, name="issue-step"),
]
