from __future__ import annotations

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User


class SignInForm(forms.Form):
    """Name and password; says the same whether the name or the password was wrong."""

    name = forms.CharField(
        label=_("Sign-in name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    user: User | None = None

    def __init__(self, *args: object, request: HttpRequest, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        self.request = request

    def clean(self) -> dict[str, object]:
        name, password = self.cleaned_data.get("name"), self.cleaned_data.get("password")
        if name and password:
            user = authenticate(self.request, username=name, password=password)
            if not isinstance(user, User):
                raise forms.ValidationError(
                    _("The name or the password is not right. Please check both and try again.")
                )
            self.user = user
        return self.cleaned_data
