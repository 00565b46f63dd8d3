"""Sets a paper in a process of its own: JSON on standard input, a PDF file on standard output.

A picture (``is_picture``) comes out as PNG.

It is started by its path and knows nothing of the product. Fonts take up to 60 MB of memory, and
they go with this process.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

NO_FONT = 3
PICTURE_PPI = 220.0
BODY = ("FangSong", "FangSong_GB2312", "仿宋", "仿宋_GB2312", "STFangsong")
SONG = ("Noto Serif SC", "Noto Serif CJK SC", "Source Han Serif SC", "SimSun", "Songti SC")
SANS = ("Noto Sans SC", "Noto Sans CJK SC", "SimHei", "Microsoft YaHei", "PingFang SC")
HEAD = ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXiaoBiaoSong-B05")
HEAVY = ("SimHei", "黑体", "STHeiti", *SANS)
EMOJI = ("Noto Emoji",)
LATIN = ("Libertinus Serif",)


def main() -> int:
    import typst  # noqa: PLC0415  # only this process pays for it

    asked = json.load(sys.stdin)
    places = [asked["fonts"]] if Path(asked["fonts"]).is_dir() else []
    fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=places)
    known = set(fonts.families())
    if known.isdisjoint({*BODY, *SONG, *SANS}):
        return NO_FONT

    def present(*names: str) -> list[str]:
        return [name for name in names if name in known]

    asked["families"] = {
        "body": present(*BODY, *SONG, *SANS, *EMOJI, *LATIN),
        "head": present(*HEAD, *SONG, *SANS, *EMOJI, *LATIN),
        "heavy": present(*HEAVY, *SONG, *EMOJI, *LATIN),
    }
    content = typst.compile(
        Path(asked["layout"]).read_bytes(),
        font_paths=fonts,
        sys_inputs={"asked": json.dumps(asked)},
        format="png" if asked.get("is_picture") else "pdf",
        ppi=PICTURE_PPI,
    )
    sys.stdout.buffer.write(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
