"""The gazetteer: which words are places, what they may mean, and what they mean here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from shuniu.engines.extraction.freight.regions.east import EAST
from shuniu.engines.extraction.freight.regions.north import NORTH
from shuniu.engines.extraction.freight.regions.provinces import PROVINCES
from shuniu.engines.extraction.freight.regions.south import SOUTH
from shuniu.engines.extraction.freight.regions.towns import (
    DISTRICTS_KNOWN_ALONE,
    SHORT_NAMES_THAT_ARE_WORDS,
    TOWNS,
)
from shuniu.engines.extraction.freight.regions.west import WEST

_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
_DELTA = frozenset({"31", "32", "33", "34"})
_PEOPLES = re.compile(
    r"(?:(?:各|回|蒙古|藏|维吾尔|壮|朝鲜|土家|苗|羌|彝|布依|侗|哈尼|傣|白|景颇|傈僳|哈萨克|畲|满|"
    r"达斡尔|鄂温克|瑶|仫佬|毛南|黎|仡佬|水|纳西|拉祜|佤|布朗|独龙|怒|普米|裕固|保安|东乡|撒拉|土|锡伯|"
    r"塔吉克|柯尔克孜)族?)*"
    r"(?:自治州|自治区|自治县|自治旗)$|(?:省|市|盟|地区|新区)$"
)
_PARK = "320571"


@dataclass(frozen=True, slots=True)
class Region:
    """A region and its full name as cards show it."""

    code: str
    name: str

    @property
    def is_county(self) -> bool:
        """Tell whether this is finer than a prefecture."""
        return not self.code.endswith("00") and self.code[2:] != "0000"

    def holds(self, other: Region) -> bool:
        """Tell whether ``other`` lies inside this region and is finer."""
        stem = self.code.rstrip("0") if self.code.endswith("0000") else self.code[:4]
        if self.code[:2] in _MUNICIPALITIES and self.code.endswith("0000"):
            stem = self.code[:2]
        return not self.is_county and other.code != self.code and other.code.startswith(stem)


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a word: a region; ``is_spot`` when the word is finer than the region."""

    region: Region
    is_spot: bool
    needs_parent: bool


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The words of all places, seen from the home county of the zone.

    ``home`` decides between places of one name (nearest first) and is the place meant when a
    message does not say where it starts.
    """

    home: Region
    senses: dict[str, tuple[Sense, ...]]
    lengths: dict[str, tuple[int, ...]]

    def longest_at(self, text: str, start: int) -> str | None:
        """Return the longest place word that begins at ``start``."""
        for length in self.lengths.get(text[start : start + 2], ()):
            word = text[start : start + length]
            if word in self.senses:
                return word
        return None

    def nearness(self, region: Region) -> int:
        """Return how close a region is to home: 3 same prefecture, 2 same province, 1 delta, 0."""
        if region.code[:4] == self.home.code[:4]:
            return 3
        if region.code[:2] == self.home.code[:2]:
            return 2
        return 1 if region.code[:2] in _DELTA else 0


@cache
def gazetteer_of(home_code: str) -> Gazetteer:
    """Return the gazetteer as seen from a county; KeyError when the county is not in the tables."""
    senses: dict[str, list[Sense]] = {}
    regions: dict[str, Region] = {}
    for region, is_prefecture, own_name in _regions():
        regions[region.code] = region
        for word, needs_parent in _words(region, own_name, is_prefecture=is_prefecture):
            senses.setdefault(word, []).append(
                Sense(region, is_spot=False, needs_parent=needs_parent)
            )
    for line in TOWNS.strip().replace("\n ", " ").splitlines():
        code, *names = line.split()
        for name in names:
            sense = Sense(regions[code], is_spot=not name.startswith("="), needs_parent=False)
            senses.setdefault(name.lstrip("="), []).append(sense)
    usable = {word: tuple(dict.fromkeys(found)) for word, found in senses.items()}
    return Gazetteer(regions[home_code], usable, _lengths(usable))


def _lengths(words: dict[str, tuple[Sense, ...]]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[:2], set()).add(len(word))
    return {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}


def _regions() -> Iterator[tuple[Region, bool, str]]:
    for code, name in re.findall(r"(\d{6})(\D+?)(?=\s|$)", PROVINCES):
        yield Region(code, name), True, name
    for line in (
        "\n".join(table.strip() for table in (EAST, NORTH, SOUTH, WEST))
        .replace("\n ", " ")
        .splitlines()
    ):
        stem, city, *counties = line.split()
        if city != "-":
            municipality = stem[:2] in _MUNICIPALITIES
            code = stem[:2] + "0000" if municipality else stem + "00"
            yield Region(code, city), True, city
        for county in counties:
            code = stem + county[:2]
            full = county[2:] if city == "-" else city + county[2:]
            yield Region(code, "苏州工业园区" if code == _PARK else full), False, county[2:]


def _short(name: str, *, is_prefecture: bool) -> str:
    if is_prefecture or "自治" in name:
        return _PEOPLES.sub("", name)
    return re.sub(r"(?:新区|矿区|林区|特区|[市区县旗])$", "", name)


def _words(region: Region, name: str, *, is_prefecture: bool) -> Iterator[tuple[str, bool]]:
    """Yield the words for a region, each with whether it counts only after its city."""
    if region.code == _PARK:
        yield "工业园区", True
        yield "园区", True
        return
    yield name, False
    short = _short(name, is_prefecture=is_prefecture)
    if len(short) < 2 or short == name:
        return
    if is_prefecture:
        yield short, False
        return
    # Districts far from the delta are too many and too much like words: only after their city.
    far_district = (
        name.endswith("区") and region.code[:2] not in _DELTA and short not in DISTRICTS_KNOWN_ALONE
    )
    yield short, far_district or short in SHORT_NAMES_THAT_ARE_WORDS
