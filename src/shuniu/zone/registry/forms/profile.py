"""A zone profile as a file."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from shuniu.profiles.load import InvalidProfile, parse_profile
from shuniu.profiles.references import ProfileError
from shuniu.profiles.schema import Profile

MAX_BYTES = 1_000_000


class ProfileForm(forms.Form):
    """A zone profile to be put in force: everything that is wrong in it is told with its place."""

    file = forms.FileField(
        label=_("Profile file (TOML)"),
        widget=forms.FileInput(attrs={"accept": ".toml,application/toml"}),
    )
    profile: Profile | None = None
    problems: tuple[ProfileError, ...] = ()

    def clean_file(self) -> UploadedFile[bytes]:
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        if (upload.size or 0) > MAX_BYTES:
            raise forms.ValidationError(_("A profile is a text file of at most 1 MB."))
        try:
            self.profile = parse_profile(upload.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(_("This is not UTF-8 text. Please save it so.")) from None
        except InvalidProfile as invalid:
            self.problems = invalid.errors
            raise forms.ValidationError(
                _("The profile has errors; nothing was changed. Each is listed below.")
            ) from None
        return upload
