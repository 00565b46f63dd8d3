"""Goods that serve a trade of their own: materials of single trades, equipment and services.

Plain hand-written knowledge, read together with ``activities.py``. Makers are GB/T 4754-2017
classes, given by their first digits.
"""

from __future__ import annotations

from shuniu.engines.tradematch import activities as do
from shuniu.engines.tradematch.activities import Doers
from shuniu.engines.tradematch.good import good

EQUIPMENT = (
    good(
        "电池 蓄电池 锂电池 叉车电瓶",
        "384",
        (do.PACKING, "叉车、搬运车要换电池"),
        (do.ASSEMBLING, "产品要配电池"),
    ),
    good(
        "灯具 LED灯 照明 路灯", "387", (do.BUILDING, "要装灯"), (do.RUNNING_MACHINES, "车间要照明")
    ),
    good("线路板 PCB 电路板 电子元件 芯片 电容", "398 397", (do.WIRING, "控制部分要用电子件")),
    good(
        "塑料粒子 塑料原料 改性塑料 聚乙烯 聚丙烯 工程塑料 母粒 ABS 树脂粒子",
        "2651 2929",
        (do.MOLDING, "要用料粒"),
    ),
    good("再生塑料 再生料 废塑料 塑料边角料", "4220 422", (do.MOLDING, "可以掺用再生料")),
    good(
        "注塑件 塑料件 塑料外壳 塑料配件",
        "2929",
        (do.ASSEMBLING, "要用塑料件"),
        (do.WIRING, "绝缘、外壳要用塑料件"),
    ),
    good(
        "橡胶 合成橡胶 天然橡胶 胶料",
        "2652",
        (
            ((Doers(("291",), ("橡胶制品", "轮胎", "密封件"), "炼胶、硫化做橡胶制品", 1.0)),),
            "要用胶料",
        ),
    ),
    good(
        "泡沫 海绵 泡沫板 保温板 聚氨酯",
        "2924 303",
        (do.BUILDING, "保温要用"),
        (do.SEWING, "填充要用"),
    ),
    good("油漆 涂料 防腐漆 粉末涂料 水性漆 稀释剂", "2641", (do.COATING, "要用涂料")),
    good(
        "胶水 胶粘剂 密封胶 热熔胶 粘合剂",
        "2669 2646",
        (do.WOODWORK, "拼接封边要用胶"),
        (do.ASSEMBLING, "粘接密封要用胶"),
        (do.PACKING, "封箱粘合要用胶"),
    ),
    good(
        "硫酸 盐酸 硝酸 烧碱 液碱 纯碱 化工原料 双氧水",
        "261",
        (do.WET_PROCESSING, "要用酸碱原料"),
        (do.TREATING_WASTE, "调酸碱要用"),
    ),
    good(
        "溶剂 甲醇 乙醇 丙酮 乙酸乙酯",
        "2614",
        (do.WET_PROCESSING, "要用溶剂"),
        (do.COATING, "调漆清洗要用溶剂"),
    ),
    good(
        "水处理药剂 絮凝剂 聚合氯化铝 PAC 阻垢剂 除磷剂",
        "2666 2669",
        (do.TREATING_WASTE, "要用水处理药剂"),
    ),
    good(
        "活性炭 滤料 滤芯 过滤袋 滤布",
        "2663 178 359",
        (do.TREATING_WASTE, "吸附过滤要用"),
        (do.COATING, "喷漆房要换滤料"),
    ),
    good("化学试剂 试剂 标准品 培养基", "2661", (do.LABORATORY, "要用试剂")),
    good(
        "实验器材 玻璃器皿 实验耗材 移液管 培养皿 离心管",
        "3053 3054 2929 4014",
        (do.LABORATORY, "要用器皿耗材"),
    ),
    good(
        "检测仪器 分析仪器 天平 显微镜",
        "401 404",
        (do.LABORATORY, "要用仪器"),
        (do.CUTTING_METAL, "精度要用仪器检验"),
    ),
    good(
        "染料 助剂 颜料 印染助剂",
        "2645 2644 2643",
        (do.SEWING, "染色整理要用"),
        (do.COATING, "配色要用颜料"),
    ),
    good("纱线 棉纱 化纤丝 涤纶丝 缝纫线", "171 172 282", (do.SEWING, "要用纱线")),
    good("面料 坯布 布料 里料", "171 175 176", (do.SEWING, "要用布")),
    good(
        "无纺布 非织造布 熔喷布",
        "1781",
        (do.SEWING, "衬里、包覆要用"),
        (
            ((Doers(("2770",), ("口罩", "防护服", "医用敷料"), "做口罩、防护服、敷料", 1.0)),),
            "要用无纺布",
        ),
    ),
    good("拉链 纽扣 服装辅料 织带", "4119 1783", (do.SEWING, "要用辅料")),
    good(
        "床上用品 毛巾 被子 床单 家纺",
        "177",
        (
            (
                (
                    Doers(
                        ("61", "84", "85"),
                        ("酒店", "宾馆", "医院", "养老"),
                        "客房、病房要换洗床品",
                        1.0,
                    ),
                    Doers(("52",), ("超市", "商贸", "电商"), "门店可以上架零售", 0.7),
                )
            ),
            "要用床品毛巾",
        ),
    ),
    good("水泥 混凝土 砂石 砖 管桩", "301 302 303", (do.BUILDING, "要用建材")),
    good("钢筋 盘螺 线材", "313", (do.BUILDING, "要用钢筋")),
    good(
        "玻璃 钢化玻璃 平板玻璃 中空玻璃",
        "304 3051",
        (do.BUILDING, "门窗幕墙要用玻璃"),
        (
            ((Doers(("385", "21", "36"), ("家电", "家具", "汽车玻璃"), "产品要装玻璃面板", 0.8)),),
            "要用玻璃",
        ),
    ),
    good(
        "玻璃纤维 玻纤 碳纤维 复合材料",
        "306 309",
        (
            (
                (
                    Doers(
                        ("3062", "37", "3415", "292"),
                        ("玻璃钢", "风电叶片", "复合材料", "船艇"),
                        "铺层成型做复合件",
                        1.0,
                    )
                ),
            ),
            "要用纤维布",
        ),
    ),
    good("木板 胶合板 密度板 刨花板 板材 木材", "202 201", (do.WOODWORK, "要用板材")),
    good(
        "铁丝 钢丝 钢丝绳 吊索 铁丝网",
        "334",
        (do.ASSEMBLING, "吊装要用索具"),
        (do.BUILDING, "绑扎吊装要用"),
        (do.PACKING, "捆扎要用钢丝"),
    ),
    good("面粉 大米 食用油 白糖 淀粉 粮油", "131 133 134 139", (do.COOKING, "要用粮油糖料")),
    good("调味品 香精 食品添加剂 酱油", "146 1495", (do.COOKING, "调味要用")),
    good("肉 水产品 蔬菜 水果 鸡蛋 农产品", "135 136 137 01 03 04", (do.COOKING, "要用生鲜原料")),
    good(
        "饮用水 矿泉水 桶装水 饮料",
        "152",
        (do.FEEDING_PEOPLE, "要用饮料和水"),
        (do.OFFICES, "接待和员工要喝水"),
    ),
    good(
        "盒饭 团餐 方便食品 速冻食品 糕点 面包", "143 141 62", (do.FEEDING_PEOPLE, "要进现成食品")
    ),
    good("饲料 豆粕", "132", (do.FARMING, "要用饲料")),
    good("化肥 有机肥 农药 种子 农膜", "262 263 2921", (do.FARMING, "要用农资")),
    good("医用耗材 纱布 敷料 注射器 医疗器械", "277 358", (do.HEALTH_CARE, "要用医用耗材")),
    good("办公用品 复印纸 打印纸 文具 硒鼓", "222 241 347", (do.OFFICES, "要用办公用品")),
    good("电脑 服务器 打印机 显示器 监控设备", "391 392 393", (do.OFFICES, "要用电脑设备")),
    good(
        "纸张 白卡纸 原纸 牛皮纸 瓦楞原纸",
        "222",
        (
            ((Doers(("223", "23"), ("纸箱", "印刷", "纸制品"), "做纸箱、印刷品要进原纸", 1.0)),),
            "要用纸",
        ),
    ),
    good("叉车 货架 输送线 搬运设备 液压车", "343 331", (do.PACKING, "仓库搬运存放要用")),
    good(
        "光伏组件 太阳能板 光伏板",
        "3825",
        (do.HEAVY_POWER, "厂房屋顶可以装光伏"),
        (do.BUILDING, "新建厂房可以配光伏"),
    ),
    good(
        "消防器材 灭火器 消防设备",
        "3595",
        (do.WET_PROCESSING, "有化学品，消防器材要配足"),
        (do.BUILDING, "交付要配消防"),
        (do.WOODWORK, "木料易燃，消防器材要配足"),
    ),
)
