from __future__ import annotations

from django.urls import path, register_converter

from shuniu.zone.briefings import views

register_converter(views.DayConverter, "day")

app_name = "briefings"
urlpatterns = [
    path("briefings/", views.day_list, name="list"),
    path("briefings/today/", views.today, name="today"),
    path("briefings/<day:day>/", views.day_page, name="day"),
    path("briefings/<day:day>/word/", views.word, name="word"),
]
