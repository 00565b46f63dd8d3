"""The register for programs: the same questions and commands as the pages."""

from __future__ import annotations

from shuniu.zone.registry.api.contacts import contacts
from shuniu.zone.registry.api.decisions import decisions
from shuniu.zone.registry.api.enterprises import enterprises
from shuniu.zone.registry.api.members import members
from shuniu.zone.registry.api.people import people
from shuniu.zone.registry.api.place_files import place_files
from shuniu.zone.registry.api.places import places
from shuniu.zone.registry.api.zone import zone

routers = (zone, enterprises, contacts, members, decisions, places, place_files, people)

__all__ = ["routers"]
