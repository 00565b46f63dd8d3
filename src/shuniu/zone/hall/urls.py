from __future__ import annotations

from django.urls import path, register_converter

from shuniu.zone.hall import views

register_converter(views.StepConverter, "ticket_step")

app_name = "hall"
urlpatterns = [
    path("services/", views.item_list, name="items"),
    path("services/new/", views.item_new, name="item-new"),
    path("services/export.xlsx", views.item_xlsx, name="items-xlsx"),
    path("services/<int:item_id>/", views.item_page, name="item"),
    path("services/<int:item_id>/correct/", views.item_correct, name="item-correct"),
    path("services/<int:item_id>/<slug:step>/", views.item_step, name="item-step"),
    path("hall/queue/", views.queue, name="queue"),
    path("hall/queue/call/", views.call_next, name="call-next"),
    path("hall/tickets/", views.ticket_new, name="ticket-new"),
    path("hall/tickets/<int:ticket_id>/<ticket_step:step>/", views.ticket_step, name="ticket-step"),
    path("hall/slips/<uuid:key>/", views.ticket, name="ticket"),
    path("hall/devices/", views.hall_keys, name="keys"),
    path("hall/devices/<int:key_id>/end/", views.hall_key_end, name="key-end"),
    path("hall/screen/<slug:key>/", views.screen, name="screen"),
    path("hall/terminal/<slug:key>/", views.terminal, name="terminal"),
]
