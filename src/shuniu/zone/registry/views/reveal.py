from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from shuniu.zone.kernel import clock
from shuniu.zone.kernel.web import render_page
from shuniu.zone.registry import policies, queries, services
from shuniu.zone.registry.forms import RevealForm
from shuniu.zone.registry.views.pages import Request


@require_http_methods(["GET", "HEAD", "POST"])
def contact_reveal(request: Request, contact_id: UUID) -> HttpResponse:
    """Ask why somebody needs a contact, then show it in full, which is recorded."""
    contact = get_object_or_404(queries.contacts_visible_to(request.standing), pk=contact_id)
    if not policies.may_reveal_contact(request.standing):
        raise PermissionDenied
    is_sent = request.method == "POST"
    ids = f"contact-{contact.pk}-%s"  # several contacts stand on one page
    form = RevealForm(request.POST, auto_id=ids) if is_sent else RevealForm(auto_id=ids)
    is_revealed = is_sent and form.is_valid()
    if is_revealed:
        contact = services.reveal_contact(
            contact_id=contact.pk, **form.cleaned_data, actor=request.user, now=clock.now()
        )
    context = {"contact": contact, "is_revealed": is_revealed, "reveal_form": form}
    status = 422 if form.errors else 200
    return render_page(request, "registry/contact.html", context, part="contact", status=status)
