from __future__ import annotations

from django.urls import path

from shuniu.zone.hall import views

app_name = "hall"
urlpatterns = [
    path("services/", views.item_list, name="items"),
    path("services/new/", views.item_new, name="item-new"),
    path("services/export.xlsx", views.item_xlsx, name="items-xlsx"),
    path("services/<int:item_id>/", views.item_page, name="item"),
    path("services/<int:item_id>/correct/", views.item_correct, name="item-correct"),
    path("services/<int:item_id>/<slug:step>/", views.item_step, name="item-step"),
]
