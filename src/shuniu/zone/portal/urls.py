from __future__ import annotations

from django.urls import path

from shuniu.zone.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("day/", views.day, name="day"),
    path("search/", views.search, name="search"),
    path("api/", views.api, name="api"),
    path("exports/", views.export_list, name="exports"),
    path("exports/new/<slug:list_kind>/", views.export_new, name="export-new"),
    path("exports/<uuid:export_id>/file/", views.export_file, name="export-file"),
    path("styles/", views.styles, name="styles"),
    path("system/", views.system, name="system"),
    path("system/deliveries/<int:delivery_id>/again/", views.delivery_again, name="delivery-again"),
    path("data-protection/", views.data_protection, name="data-protection"),
    path("data-protection/classes/<slug:code>/", views.data_class, name="data-class"),
    path("data-protection/purges/", views.purge_list, name="purges"),
    path("data-protection/purges/<int:certificate_id>/", views.purge, name="purge"),
    path("data-protection/requests/<int:request_id>/", views.data_request, name="data-request"),
    path(
        "data-protection/requests/<int:request_id>/grant/",
        views.data_request_grant,
        name="data-request-grant",
    ),
    path(
        "data-protection/requests/<int:request_id>/refuse/",
        views.data_request_refuse,
        name="data-request-refuse",
    ),
    path("data-protection/incidents/", views.incident_list, name="incidents"),
    path("data-protection/incidents/new/", views.incident_new, name="incident-new"),
    path("data-protection/incidents/file/", views.incidents_file, name="incidents-file"),
    path("data-protection/incidents/<int:incident_id>/", views.incident, name="incident"),
    path(
        "data-protection/incidents/<int:incident_id>/<slug:step>/",
        views.incident_step,
        name="incident-step",
    ),
]
