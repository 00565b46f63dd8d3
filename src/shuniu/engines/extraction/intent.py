"""Whether somebody writes to thank: a "thanks" that closes a wish is none."""

from __future__ import annotations

import re

_THANKS = re.compile(
    r"感谢|表扬|点(?:个)?赞|锦旗|致谢|谢谢|多谢|鸣谢|好评|称赞|辛苦了|多亏|牌匾|致敬|感恩"
    r"|为[^,，。]{1,12}叫好|(?:大家|工人|员工|职工)[^,，。]{0,4}(?:都|纷纷)?(?:说好|夸|叫好|满意)|辛苦[^,，。]{0,10}(?:同志|师傅|老师|们)"
    r"|暖心|给力|效率(?:真|很|挺|非常)?高|没得说|thank|praise"
)
_HEARTFELT = re.compile(
    r"^[^,，。]{0,14}(?:感谢|表扬|点(?:个)?赞|锦旗|致谢|多亏|牌匾)|(?:特别|非常|衷心|由衷|真心"
    r"|十分|必须|想|要)[^,，。]{0,4}(?:感谢|表扬|点(?:个)?赞|满意)"
)
_ASKS = re.compile(
    r"能不能|能否|可否|可不可以|是否|怎么|如何|请(?!转)|麻烦|希望(?!.*(?:宣传|再接再厉|保持|表彰"
    r"|表扬))|帮(?:忙|我们(?:问|看|查|找|协调))"
    r"|急|尽快|求|需要|[?？]|什么时候|何时|多久|怎样|吗|协调一下|解决一下"
    r"|但(?:是)?|不过|可是|然而|还是(?:没|不)|没有解决|没解决|仍|依旧|又(?:坏|停|漏|堵|不)"
    r"|can you|could you|please"
)


# A clause that only thanks, at the end of a text that says something before: mere politeness.
_CLOSING = re.compile(
    r"(?<=[^,，。;；!！?？~ ])[,，。;；!！?？~ ]+"
    r"(?:非常|十分|万分|先|在此)?(?:表示)?(?:谢谢|多谢|感谢|致谢|辛苦了?|麻烦了?)"
    r"(?:您|你们?|大家|领导|各位领导|了|啦|支持企业发展)*[,，。;；!！~ ]*$"
)


def is_thanks(text: str) -> bool:
    """Return whether a plain ``text`` thanks and asks for nothing; a closing 谢谢 is no thanks."""
    said = _CLOSING.sub("", text)
    return _THANKS.search(said) is not None and _ASKS.search(said) is None


def is_heartfelt(text: str) -> bool:
    """Return whether a plain ``text`` opens with thanks or weighs them; a closing 谢谢 does not."""
    return _HEARTFELT.search(text) is not None
