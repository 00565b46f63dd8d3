"""Send needs again with small changes, and count how often the first one is found.

`python -m benchmarks.needs_again` from the project's folder fills an index with 100,000 made-up
needs, sends some of them again in each of the ways below, and prints for each way how often the
need itself is found, how often another one, how often none; and the CPU time of a question.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable

from shuniu.engines.extraction.similarity import Index
from shuniu.profiles.load import load_profile
from shuniu.profiles.problems import lexicon_of

EARLIER_TEXTS = 100_000
SENT_AGAIN = 200
ROADS = [
    "深圳路",
    "富江路",
    "瑞江路",
    "通源路",
    "大庆路",
    "香港路",
    "珠海路",
    "南海路",
    "滨江大道",
    "中华路",
    "秀山路",
    "解放路",
]
FIRMS = [
    "恒通",
    "瑞丰",
    "华辰",
    "永盛",
    "金鼎",
    "天阳",
    "中南",
    "海润",
    "双马",
    "德凯",
    "兴业",
    "宏图",
    "联创",
    "东方",
    "新纶",
]
TRADES = ["机械", "电子", "纺织", "食品", "化工", "塑料", "金属", "包装", "医药", "家具"]
SPEAKERS = ("我们", "我司", "我厂", "本公司")
OPENINGS = ("您好,", "领导好,", "请问一下,", "麻烦帮忙看看,", "再次反映:", "你好 , 打扰了。")
CLOSINGS = (",谢谢!", "。请尽快处理,谢谢。", ",拜托了", "。盼复。", ",急!!!", "。感谢支持企业发展")
ADDED = (
    "我们已经打过电话了。",
    "这件事拖了一阵子了,希望有人来现场看一下。",
    "联系人在厂里,随时可以来。",
    "公司里的同事意见也很大。",
)
LIKE_SOUNDS = str.maketrans("的在到做账电厂车报备", "地再道作帐店场本抱被")
TRADITIONAL = str.maketrans(
    "厂车电们个报备证贷款税务环办请帮协调处理问题现员工处请缴费资质设备运输仓库应转关",
    "廠車電們個報備證貸款稅務環辦請幫協調處理問題現員工處請繳費資質設備運輸倉庫應轉關",
)
WIDE = {at: at + 0xFEE0 for at in range(0x21, 0x7F)}
CLAUSES = re.compile(r"[,，。;；]")


def made_up(chance: random.Random, phrases: list[str]) -> str:
    """Return a need in the words of an office: who, where, what, how much."""
    firm = f"{chance.choice(FIRMS)}{chance.choice(TRADES)}"
    where = f"{chance.choice(ROADS)}{chance.randrange(1, 400)}号"
    what, more = chance.sample(phrases, 2)
    count = chance.randrange(2, 90)
    shapes = (
        f"{chance.choice(SPEAKERS)}{firm},在{where},{what}",
        f"{firm}:{what},影响{count}名员工",
        f"{what},地址{where}。{more}",
        f"{what},{more},大约{count}万元",
    )
    return chance.choice(shapes)


def typos(text: str, chance: random.Random) -> str:
    """Return ``text`` with a letter in twelve dropped, doubled or swapped with the next."""
    letters = list(text)
    for _ in range(max(1, len(letters) // 12)):
        at = chance.randrange(len(letters) - 1)
        kind = chance.randrange(3)
        if kind == 0:
            letters[at] = ""
        elif kind == 1:
            letters[at] *= 2
        else:
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return "".join(letters)


def other_order(text: str, chance: random.Random) -> str:
    """Return ``text`` with its clauses shuffled."""
    clauses = [clause for clause in CLAUSES.split(text) if clause]
    chance.shuffle(clauses)
    return ",".join(clauses)


WAYS: dict[str, Callable[[str, random.Random], str]] = {
    "the same": lambda text, _: text,
    "typos": typos,
    "like sounds": lambda text, _: text.translate(LIKE_SOUNDS),
    "politeness": lambda text, chance: (
        chance.choice(OPENINGS) + text + chance.choice(CLOSINGS)
    ),
    "a sentence added": lambda text, chance: f"{text}。{chance.choice(ADDED)}",
    "a sentence before": lambda text, chance: f"{chance.choice(ADDED)}{text}",
    "other order": other_order,
    "traditional": lambda text, _: text.translate(TRADITIONAL),
    "full width": lambda text, _: text.translate(WIDE),
    "cut short": lambda text, _: text[: max(6, len(text) * 3 // 4)],
    "quoted": lambda text, _: f"转发:“{text}”",
    "several": lambda text, chance: typos(
        other_order(chance.choice(OPENINGS) + text, chance) + chance.choice(CLOSINGS), chance
    ),
}  # fmt: skip


def main() -> None:
    """Print the finds of each way and the time of a question."""
    chance = random.Random(1)
    categories = lexicon_of(load_profile("haimen")).categories
    phrases = [phrase for row in categories for phrase in row.phrases]
    texts = list(dict.fromkeys(made_up(chance, phrases) for _ in range(EARLIER_TEXTS)))
    index = Index()
    for number, text in enumerate(texts):
        index.add(str(number), text)
    times = []
    for name, way in WAYS.items():
        found = {"itself": 0, "another": 0, "none": 0}
        for number in chance.sample(range(len(texts)), SENT_AGAIN):
            again = way(texts[number], chance)
            begun = time.process_time()
            near = index.nearest(again)
            times.append((time.process_time() - begun) * 1000)
            kind = "none" if near is None else "another"
            found["itself" if near is not None and near.text_id == str(number) else kind] += 1
        print(f"{name:18}", found)
    mean, most = sum(times) / len(times), max(times)
    print(f"{len(texts):,} texts: mean {mean:.2f} ms, at most {most:.2f} ms CPU a question")


if __name__ == "__main__":
    main()
