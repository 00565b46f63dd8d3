"""Whom to reach in an enterprise, kept by its own administrator."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shuniu.zone.kernel import clock
from shuniu.zone.kernel.web import render_page
from shuniu.zone.registry import forms, policies, queries, services
from shuniu.zone.registry.models import Contact
from shuniu.zone.registry.views.members import chosen_enterprise
from shuniu.zone.registry.views.pages import Request


@never_cache
@require_safe
def contact_list(request: Request) -> HttpResponse:
    """List whom the center and the units reach in the own enterprise."""
    firm = chosen_enterprise(request)
    context = {
        "enterprise": firm,
        "enterprises": list(queries.own_enterprises(request.standing)),
        "contacts": list(queries.contacts_of(firm)),
        "new_url": f"{reverse('registry:contact-new')}?enterprise={firm.pk}",
    }
    return render_page(request, "registry/contact_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def contact_new(request: Request) -> HttpResponse:
    """Add somebody to reach."""
    firm = chosen_enterprise(request)
    is_sent = request.method == "POST"
    form = forms.ContactForm(request.POST if is_sent else None)
    if is_sent and form.is_valid():
        contact = services.add_contact(
            enterprise_id=firm.pk, **form.cleaned_data, actor=request.user, now=clock.now()
        )
        return _back(request, contact, _("The contact is added."))
    context = {"form": form, "enterprise": firm, "contact": None}
    status = 422 if form.errors else 200
    return render_page(request, "registry/contact_form.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact_correct(request: Request, contact_id: UUID) -> HttpResponse:
    """Correct somebody to reach."""
    contact = _own(request, contact_id)
    is_sent = request.method == "POST"
    initial = {"name": contact.name, "title": contact.title, "phone": contact.phone}
    form = forms.ContactForm(request.POST if is_sent else None, initial=initial)
    if is_sent and form.is_valid():
        services.correct_contact(
            contact_id=contact.pk, **form.cleaned_data, actor=request.user, now=clock.now()
        )
        return _back(request, contact, _("The contact is corrected."))
    context = {"form": form, "enterprise": contact.enterprise, "contact": contact}
    status = 422 if form.errors else 200
    return render_page(request, "registry/contact_form.html", context, status=status)


@require_POST
def contact_step(request: Request, contact_id: UUID, step: str) -> HttpResponse:
    """Confirm a contact as right, or take it off the list."""
    contact = _own(request, contact_id)
    if step not in STEPS:
        raise Http404
    return _back(request, contact, STEPS[step](request, contact))


def _confirm(request: Request, contact: Contact) -> str:
    services.confirm_contact(contact_id=contact.pk, actor=request.user, now=clock.now())
    return _("Thank you. The contact is confirmed as right today.")


def _remove(request: Request, contact: Contact) -> str:
    services.remove_contact(contact_id=contact.pk, actor=request.user, now=clock.now())
    return _("The contact is taken off the list.")


STEPS: dict[str, Callable[[Request, Contact], str]] = {"confirm": _confirm, "remove": _remove}


def _own(request: Request, contact_id: UUID) -> Contact:
    if not policies.may_administer_enterprise(request.standing):
        raise PermissionDenied
    return get_object_or_404(queries.own_contacts(request.standing), pk=contact_id)


def _back(request: Request, contact: Contact, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(f"{reverse('registry:contacts')}?enterprise={contact.enterprise_id}")
