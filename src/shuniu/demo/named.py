"""The enterprises that a public report about the zone names, with the traits it gives them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NamedEnterprise:
    """A reported enterprise; what the report does not say is left to chance.

    Attributes
    ----------
    under_construction
        Whether the report speaks of the enterprise as a project that is still being built;
        such an enterprise has no industrial output yet and so is not above scale.
    """

    name: str
    short_name: str
    code: str
    products: tuple[str, ...]
    inputs: tuple[str, ...]
    park: int
    above_scale: bool = True
    under_construction: bool = False


def _project(
    name: str, short_name: str, code: str, products: tuple[str, ...], park: int
) -> NamedEnterprise:
    inputs = ("钢筋混凝土", "生产设备")
    return NamedEnterprise(
        name,
        short_name,
        code,
        products,
        inputs,
        park,
        above_scale=False,
        under_construction=True,
    )


STRETCH_FILM_MAKER = "华通塑胶"
NAMED_ENTERPRISES = (
    NamedEnterprise(
        "华通联合(南通)塑胶工业有限公司",
        STRETCH_FILM_MAKER,
        "2921",
        ("缠绕膜",),
        ("线性低密度聚乙烯粒子", "纸管"),
        3,
    ),
    NamedEnterprise(
        "江苏世泰实验器材有限公司",
        "世泰实验器材",
        "4014",
        ("实验室耗材", "载玻片", "移液管"),
        ("缠绕膜", "纸箱", "医用级聚丙烯"),
        6,
    ),
    NamedEnterprise(
        "赐宝新型薄板(江苏)有限公司",
        "赐宝薄板",
        "3130",
        ("覆膜薄板", "彩涂薄板"),
        ("缠绕膜", "冷轧卷板", "覆膜"),
        3,
    ),
    NamedEnterprise(
        "南通富之岛家纺有限公司",
        "富之岛家纺",
        "1771",
        ("床上用品", "民用口罩"),
        ("坯布", "熔喷布"),
        4,
    ),
    NamedEnterprise(
        "南通康馨环保科技有限公司",
        "康馨环保",
        "2927",
        ("可降解一次性快餐盒",),
        ("聚乳酸粒子", "淀粉"),
        3,
    ),
    NamedEnterprise(
        "南通三鑫电子科技有限公司",
        "三鑫电子",
        "3989",
        ("电子元器件", "接插件"),
        ("铜带", "塑胶粒"),
        1,
    ),
    NamedEnterprise(
        "南通冠东模塑科技有限公司",
        "冠东模塑",
        "2929",
        ("注塑件", "模塑制品"),
        ("ABS粒子", "模具钢"),
        2,
    ),
    _project("南通普奥电子科技有限公司", "普奥电子", "3982", ("电子组件",), 1),
    _project("纳琳科新材料(南通)有限公司", "纳琳科", "3985", ("高功能纳米材料",), 3),
    _project("南通金益成精密机械有限公司", "金益成", "3484", ("精密机械部件",), 2),
    _project("胜宏科技(南通)有限公司", "胜宏科技", "3982", ("高多层线路板",), 1),
    _project("康佳科技园(南通)有限公司", "康佳科技园", "7221", ("产业园区运营",), 1),
    _project("南通博浩信息科技有限公司", "博浩信息", "6531", ("信息系统集成",), 5),
    _project("南通金利轩智能装备有限公司", "金利轩", "3599", ("专用设备",), 2),
    NamedEnterprise(
        "南通中科基因医学检验有限公司",
        "中科基因",
        "8492",
        ("临床检验服务", "上门采样服务"),
        ("检测试剂", "采样管"),
        5,
        above_scale=False,
    ),
)
