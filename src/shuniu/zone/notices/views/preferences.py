"""How one wants to be told: the address, what goes there, and the night."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shuniu.zone.kernel import clock
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.web import render_page, without_key
from shuniu.zone.notices import queries, services
from shuniu.zone.notices.forms import AddressForm, CodeForm
from shuniu.zone.notices.views.request import Request


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: Request) -> HttpResponse:
    """Show and keep what goes out to this person by e-mail."""
    if request.method == "POST":
        wanted = set(request.POST.getlist("wanted"))
        shown = queries.kinds_for(request.standing)
        services.set_wishes(
            unwanted=[code for code in shown if code not in wanted],
            is_quiet_at_night="is_quiet_at_night" in request.POST,
            language=request.LANGUAGE_CODE,
            actor=request.user,
            now=clock.now(),
        )
        messages.success(request, _("Your choice is kept."))
        return redirect("notices:preferences")
    return _page(request, AddressForm(), CodeForm())


@require_POST
def give_address(request: Request) -> HttpResponse:
    """Send a code to an address."""
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, form, CodeForm())
    try:
        services.give_address(
            address=form.cleaned_data["address"],
            language=request.LANGUAGE_CODE,
            actor=request.user,
            now=clock.now(),
        )
    except Refusal as refusal:
        form.add_error("address", str(refusal))
        return _page(request, form, CodeForm())
    messages.success(request, _("A code is on its way to your address. Please enter it here."))
    return redirect("notices:preferences")


@without_key  # a wrong code has to be counted, and a key undoes what a refusal leaves
@require_POST
def confirm_address(request: Request) -> HttpResponse:
    """Prove the address by its code."""
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            services.confirm_address(
                code=form.cleaned_data["code"], actor=request.user, now=clock.now()
            )
        except services.WrongCode as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, _("Your address is confirmed."))
            return redirect("notices:preferences")
    return _page(request, AddressForm(), form)


@require_POST
def remove_address(request: Request) -> HttpResponse:
    """Write to this person no more."""
    services.remove_address(actor=request.user, now=clock.now())
    messages.success(request, _("Your address was removed. Nothing is sent to it any more."))
    return redirect("notices:preferences")


def _page(request: Request, address_form: AddressForm, code_form: CodeForm) -> HttpResponse:
    box = queries.mailbox_of(request.user.pk)
    unwanted = set(box.unwanted) if box else set()
    kinds = queries.kinds_for(request.standing)
    context = {
        "is_mail_on": queries.is_mail_on(),
        "box": box if box and box.address else None,
        "is_quiet_at_night": box.is_quiet_at_night if box else True,
        "kinds": [(code, label, code not in unwanted) for code, label in kinds.items()],
        "address_form": address_form,
        "code_form": code_form,
    }
    status = 422 if address_form.errors or code_form.errors else 200
    return render_page(request, "notices/preferences.html", context, status=status)
