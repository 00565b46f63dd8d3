from __future__ import annotations

from django.urls import path

from shuniu.zone.kernel import live, views

app_name = "kernel"
urlpatterns = [
    path("language/", views.choose_language, name="language"),
    path("theme/", views.choose_theme, name="theme"),
    path("health/", views.health, name="health"),
    path("imports/", views.import_list, name="imports"),
    path("imports/new/<slug:code>/", views.import_new, name="import-new"),
    path("imports/templates/<slug:code>/", views.import_template, name="import-template"),
    path("imports/<uuid:import_id>/", views.import_page, name="import"),
    path("imports/<uuid:import_id>/columns/", views.import_columns, name="import-columns"),
    path("imports/<uuid:import_id>/file/", views.import_file, name="import-file"),
    path("imports/<uuid:import_id>/marking/", views.import_marking, name="import-marking"),
    path("imports/<uuid:import_id>/<slug:step>/", views.import_step, name="import-step"),
    path("live/", live.stream, name="live"),
]
