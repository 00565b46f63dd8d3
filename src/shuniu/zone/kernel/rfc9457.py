"""What programs are told when something is not done: problem documents (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

API = "/api/v1/"
OPEN311 = "/open311/v2/"
CONTENT_TYPE = "application/problem+json"
OF_THE_BODY = {"Content-Type", "Content-Length", "Content-Encoding"}
TITLES: dict[int, Promise] = {
    400: _("The request cannot be read."),
    401: _("A key is needed."),
    403: _("This is not open to you."),
    404: _("There is nothing here."),
    405: _("This cannot be done with this address."),
    406: _("The answer cannot be given in this form."),
    409: _("This is not possible now."),
    412: _("It was changed meanwhile."),
    413: _("The request is too large."),
    415: _("The request has the wrong form."),
    422: _("Something in the request has to be put right."),
    429: _("Too many requests at once."),
    500: _("Something is broken here. The people who run the service can read what."),
    503: _("Too much is going on. Please try again in a moment."),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that has to be put right: where it stands in what was sent, and why."""

    pointer: str
    detail: str


def is_for_programs(request: HttpRequest) -> bool:
    """Return whether an address is for programs: no cookie, no page, no form."""
    return request.path_info.startswith((API, OPEN311))


def problem(
    request: HttpRequest,
    status: int,
    *,
    code: str = "",
    detail: str = "",
    faults: Iterable[Fault] = (),
) -> HttpResponse:
    """Return a problem document in the language of the request.

    ``code`` names the problem for programs; without one the status says all.
    """
    document: dict[str, object] = {
        "type": f"urn:shuniu:problem:{code}" if code else "about:blank",
        "title": str(TITLES.get(status) or HTTPStatus(status).phrase),
        "status": status,
    }
    if detail:
        document["detail"] = detail
    document["instance"] = request.path
    errors = [asdict(fault) for fault in faults]
    if errors:
        document["errors"] = errors
    body = json.dumps(document, ensure_ascii=False)
    return HttpResponse(body, status=status, content_type=CONTENT_TYPE)


class ProblemMiddleware:
    """Let programs be known by their key alone, and be told of every problem in the same way.

    Cookies are taken away before anybody looks at them: whoever has a page open in a browser gives
    nothing to another site that sends the browser here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_for_programs(request):
            return self.get_response(request)
        request.META["HTTP_COOKIE"] = ""
        request.COOKIES = {}
        response = self.get_response(request)
        is_told = response.headers.get("Content-Type", "").startswith(CONTENT_TYPE)
        if response.status_code >= 400 and not is_told and request.path_info.startswith(API):
            told = problem(request, response.status_code)
            for name, value in response.headers.items():
                if name not in OF_THE_BODY:
                    told.headers[name] = value
            response = told
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Cache-Control", "no-store")
        patch_vary_headers(response, ["Accept-Language", "Authorization"])
        return response
