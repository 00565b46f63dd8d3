"""What enterprises need and what offices answer: all sheets, in a fixed order."""

from __future__ import annotations

from shuniu.demo.needs import (
    business,
    climate_health,
    events,
    freight,
    gas_heat,
    money,
    power_water,
    protection,
    rules,
    sites,
    story,
    voices,
    workforce,
)

ALL_SHEETS = (
    *freight.SHEETS,
    *workforce.SHEETS,
    *sites.SHEETS,
    *money.SHEETS,
    *rules.SHEETS,
    *power_water.SHEETS,
    *gas_heat.SHEETS,
    *protection.SHEETS,
    *climate_health.SHEETS,
    *business.SHEETS,
    *voices.SHEETS,
)
POWER_CUT, FLOOD = events.SHEETS
(STRETCH_FILM,) = story.SHEETS
