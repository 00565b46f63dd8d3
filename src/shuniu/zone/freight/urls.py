from __future__ import annotations

from django.urls import path, register_converter

from shuniu.zone.freight import views

register_converter(views.StepConverter, "word_step")

app_name = "freight"
urlpatterns = [
    path("freight/", views.message_box, name="messages"),
    path("freight/read/", views.message_read, name="read"),
    path("freight/words/", views.word_list, name="words"),
    path("freight/words/new/", views.word_propose, name="word-new"),
    path("freight/words/<int:word_id>/<word_step:step>/", views.word_step, name="word-step"),
]
