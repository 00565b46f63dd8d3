from __future__ import annotations

from django.urls import path

from shuniu.zone.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("styles/", views.styles, name="styles"),
    path("system/", views.system, name="system"),
    path("system/deliveries/<int:delivery_id>/again/", views.delivery_again, name="delivery-again"),
]
