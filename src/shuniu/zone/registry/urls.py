from __future__ import annotations

from django.urls import path

from shuniu.zone.registry import views

app_name = "registry"
urlpatterns = [
    path("profile/", views.profile_page, name="profile"),
    path("privacy/", views.privacy, name="privacy"),
    path("register/", views.register, name="register"),
    path("register/check/", views.register_check, name="register-check"),
    path("register/sent/", views.registered, name="registered"),
    path("register/state/", views.register_state, name="register-state"),
    path("registrations/", views.registration_list, name="registrations"),
    path("registrations/<uuid:pk>/", views.registration_page, name="registration"),
    path("registrations/<uuid:pk>/reveal/", views.registration_reveal, name="registration-reveal"),
    path(
        "registrations/<uuid:pk>/<slug:step>/",
        views.registration_decide,
        name="registration-decide",
    ),
    path("people/", views.people_list, name="people"),
    path("people/file/", views.people_file, name="people-file"),
    path("people/new/", views.person_new, name="person-new"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/<slug:step>/", views.person_step, name="person-step"),
    path("callers/", views.caller, name="caller"),
    path("members/", views.member_list, name="members"),
    path("members/new/", views.member_new, name="member-new"),
    path("members/<int:pk>/", views.member, name="member"),
    path("members/<int:pk>/<slug:step>/", views.member_step, name="member-step"),
    path("contacts/", views.contact_list, name="contacts"),
    path("contacts/new/", views.contact_new, name="contact-new"),
    path("contacts/<uuid:contact_id>/", views.contact_correct, name="contact"),
    path("contacts/<uuid:contact_id>/reveal/", views.contact_reveal, name="contact-reveal"),
    path("contacts/<uuid:contact_id>/<slug:step>/", views.contact_step, name="contact-step"),
]
