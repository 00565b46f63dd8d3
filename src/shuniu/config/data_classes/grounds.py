"""Legal bases and readers that several classes of data share.

The law is the Personal Information Protection Law (PIPL, 个人信息保护法).
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

DUTY = _("PIPL 13 (1) 3: needed for a statutory duty; 34: state organs within their powers")
SECURITY = _("PIPL 13 (1) 3 with 51: protection of the data is itself a statutory duty")
LOGS = _("PIPL 13 (1) 3 with Cybersecurity Law 21: logs are kept for at least six months")
RECORDS = _("PIPL 13 (1) 3 with 56: records are kept for at least three years")
NO_PERSON = _("Not personal data in the sense of PIPL 4")
EVERYBODY = _("whoever may see the page on which it stands")
NOBODY = _("no person: the software alone")
