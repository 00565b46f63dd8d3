"""Everything that may be said to people, and who may still see what it was about."""

from __future__ import annotations

from collections.abc import Mapping

from shuniu.zone.desk import queries as desk
from shuniu.zone.desk.services import telling as desk_telling
from shuniu.zone.hangs import queries as hangs
from shuniu.zone.hangs.services import telling as hangs_telling
from shuniu.zone.notices.choices import Kinds
from shuniu.zone.notices.queries import Visible
from shuniu.zone.portal import queries as portal
from shuniu.zone.portal.services import telling as portal_telling

KINDS: Kinds = {
    kind.code: kind for kind in (*desk_telling.KINDS, *hangs_telling.KINDS, *portal_telling.KINDS)
}

SUBJECTS: Mapping[str, Visible] = {
    "desk.case": desk.keys_visible_to,
    "hangs.hang": hangs.keys_visible_to,
    "registry.registration": portal.registrations_visible_to,
    "registry.correction": portal.corrections_visible_to,
    "kernel.import": portal.imports_visible_to,
    "portal.export": portal.exports_visible_to,
}
