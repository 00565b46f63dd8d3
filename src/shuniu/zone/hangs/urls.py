from __future__ import annotations

from django.urls import path, register_converter

from shuniu.zone.hangs import views

register_converter(views.StepConverter, "hang_step")

app_name = "hangs"
urlpatterns = [
    path("hangs/", views.hang_list, name="list"),
    path("hangs/new/", views.hang_new, name="new"),
    path("hangs/ageing/", views.ageing, name="ageing"),
    path("hangs/export.xlsx", views.hang_xlsx, name="xlsx"),
    path("hangs/export.csv", views.hang_csv, name="csv"),
    path("hangs/<int:hang_id>/", views.hang_page, name="hang"),
    path("hangs/<int:hang_id>/paper/", views.hang_paper, name="paper"),
    path("hangs/<int:hang_id>/<hang_step:step>/", views.hang_step, name="step"),
    path("hangs/files/<int:file_id>/", views.evidence_file, name="file"),
]
