from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from shuniu.zone.kernel.web import render_page, without_key
from shuniu.zone.registry import policies, queries
from shuniu.zone.registry.forms import CallerForm
from shuniu.zone.registry.views.pages import Request


@without_key
@require_http_methods(["GET", "HEAD", "POST"])
def caller(request: Request) -> HttpResponse:
    """Say which enterprises know a number. It is sent in the body, so no address ever holds it."""
    if not policies.may_find_caller(request.standing):
        raise PermissionDenied
    is_sent = request.method == "POST"
    form = CallerForm(request.POST if is_sent else None)
    is_found = is_sent and form.is_valid()
    context = {
        "caller_form": form,
        "is_asked": is_found,
        "enterprises": queries.enterprises_with_phone(form.cleaned_data["number"])
        if is_found
        else queries.no_enterprises(),
    }
    status = 422 if form.errors else 200
    return render_page(request, "registry/caller.html", context, part="caller", status=status)
