from __future__ import annotations

from django.urls import path

from shuniu.zone.notices import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.notice_list, name="list"),
    path("notices/bell/", views.bell, name="bell"),
    path("notices/read/", views.read_all, name="read-all"),
    path("notices/unread/", views.unread_again, name="unread-again"),
    path("notices/<int:notice_id>/open/", views.open_notice, name="open"),
    path("account/notices/", views.preferences, name="preferences"),
    path("account/notices/address/", views.give_address, name="address"),
    path("account/notices/code/", views.confirm_address, name="confirm"),
    path("account/notices/remove/", views.remove_address, name="remove"),
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/robots/new/", views.robot_new, name="robot-new"),
    path("outbox/ways/<uuid:outlet_id>/<slug:step>/", views.outlet_step, name="outlet-step"),
    path("outbox/messages/<slug:step>/", views.messages_step, name="messages-step"),
    path("outbox/messages/<uuid:message_id>/<slug:step>/", views.message_step, name="message-step"),
]
