from __future__ import annotations

import re
from pathlib import Path

from shuniu.profiles.keys import key_paths, keys_at

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "profile.md"


def test_the_guide_explains_every_key_in_the_order_of_the_schema() -> None:
    documented = re.findall(r"^\| `([^`]+)` \|", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)

    by_urgency = [
        re.sub(r"^service_levels\.\w+", "service_levels.<urgency>", path) for path in key_paths()
    ]
    assert documented == list(dict.fromkeys(by_urgency))


def test_the_keys_of_a_place_are_those_of_its_table() -> None:
    assert keys_at(("zone", "center")) == ("lon", "lat")
    assert keys_at(("categories", 3, "subcategories", 0)) == ("code", "zh", "en")
    assert keys_at(("zone", "code", "more")) == ()
    assert keys_at(("nowhere",)) == ()
