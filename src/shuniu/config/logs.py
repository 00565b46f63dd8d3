"""Logs: one JSON object a line on standard error; an event word and fields, no personal data."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from typing import Any

import structlog
from django.http import HttpRequest

BAD_REQUEST, BROKEN = 400, 500


def tell_fault(
    _logger: Any, _method: str, event: structlog.types.EventDict
) -> structlog.types.EventDict:
    """Replace ``exc_info`` by where the fault happened and what kind it is.

    The message is left out: databases and parsers repeat in it what a person wrote.
    """
    given = event.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()
    fault = given[1] if isinstance(given, tuple) else given
    if isinstance(fault, BaseException):
        event["exception"] = "\n".join(_fault_lines(fault))
    return event


def _fault_lines(fault: BaseException) -> Iterator[str]:
    """Yield the chain of faults from the first on, each with its frames above its kind."""
    earlier = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    if earlier is not None:
        yield from _fault_lines(earlier)
    for frame in traceback.extract_tb(fault.__traceback__):
        yield f"  {frame.filename}:{frame.lineno} {frame.name}"
    yield type(fault).__qualname__


def tell_request(
    _logger: Any, _method: str, event: structlog.types.EventDict
) -> structlog.types.EventDict:
    """Name a request by the name of its address: what a person wrote into the path may be personal.

    Django puts the path, or the whole error, into the sentence that it logs.
    """
    record = event.get("_record")
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        match, status = request.resolver_match, getattr(record, "status_code", BAD_REQUEST)
        event["event"] = "request_failed" if status >= BROKEN else "request_refused"
        event.update(address=match.view_name if match else "", status=status)
    return event


SHARED: list[structlog.types.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": SHARED,
            "processors": [
                tell_request,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                tell_fault,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "shuniu": {"level": "INFO"},
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # Strangers ask for any host name; that is refused with 400 and no fault of the code.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
    },
}

structlog.configure(
    processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
