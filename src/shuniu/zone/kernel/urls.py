from __future__ import annotations

from django.urls import path

from shuniu.zone.kernel import live, views

app_name = "kernel"
urlpatterns = [
    path("language/", views.choose_language, name="language"),
    path("theme/", views.choose_theme, name="theme"),
    path("health/", views.health, name="health"),
    path("live/", live.stream, name="live"),
]
