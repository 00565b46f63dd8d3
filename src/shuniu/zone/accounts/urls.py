from __future__ import annotations

from django.urls import path

from shuniu.zone.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/code/", views.sign_in_code, name="sign-in-code"),
    path("sign-in/help/", views.sign_in_help, name="sign-in-help"),
    path("enter/", views.enter, name="enter"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("account/", views.account, name="account"),
    path("account/confirm/", views.confirm, name="confirm"),
    path("account/password/", views.password, name="password"),
    path("account/second-factor/", views.second_factor, name="second-factor"),
    path("account/second-factor/off/", views.second_factor_off, name="second-factor-off"),
    path("account/recovery-codes/", views.recovery_codes, name="recovery-codes"),
    path("account/sessions/", views.session_list, name="sessions"),
    path("account/sessions/end/", views.sessions_end, name="sessions-end"),
    path("account/sessions/<int:session_id>/end/", views.session_end, name="session-end"),
    path("account/keys/", views.token_list, name="tokens"),
    path("account/keys/<int:token_id>/end/", views.token_end, name="token-end"),
    path("account/data/", views.my_data, name="my-data"),
    path("account/data/file/", views.my_data_file, name="my-data-file"),
    path("account/data/name/", views.my_name, name="my-name"),
    path("account/data/phone/", views.my_phone, name="my-phone"),
    path("account/data/deletion/", views.deletion_ask, name="deletion-ask"),
    path("account/data/deletion/back/", views.deletion_back, name="deletion-back"),
    path("audit/", views.audit, name="audit"),
    path("audit/file/", views.audit_file, name="audit-file"),
    path("audit/check/", views.audit_check, name="audit-check"),
    path("audit/<int:position>/", views.audit_entry, name="audit-entry"),
]
