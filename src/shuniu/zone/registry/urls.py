from __future__ import annotations

from django.urls import path

from shuniu.zone.registry import views

app_name = "registry"
urlpatterns = [
    path("profile/", views.profile_page, name="profile"),
    path("contacts/<int:contact_id>/reveal/", views.contact_reveal, name="contact-reveal"),
]
