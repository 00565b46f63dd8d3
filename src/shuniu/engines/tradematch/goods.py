"""Goods that factories of a zone sell and use: their words, their makers, and what they are for.

Plain hand-written knowledge, read together with ``activities.py``. Makers are GB/T 4754-2017
classes, given by their first digits.
"""

from __future__ import annotations

from dataclasses import dataclass

from shuniu.engines.tradematch import activities as do
from shuniu.engines.tradematch.activities import Doers


@dataclass(frozen=True, slots=True)
class Use:
    """Why doers need a good: their activity and the Chinese clause that ends the sentence."""

    doers: tuple[Doers, ...]
    purpose: str


@dataclass(frozen=True, slots=True)
class Good:
    """One kind of goods. ``words`` are its names, the first one the plain one."""

    words: tuple[str, ...]
    makers: tuple[str, ...]
    uses: tuple[Use, ...]


def _good(words: str, makers: str, *uses: tuple[tuple[Doers, ...], str]) -> Good:
    return Good(tuple(words.split()), tuple(makers.split()), tuple(Use(*use) for use in uses))


GOODS = (
    _good("缠绕膜 拉伸膜 打包膜 缠绕薄膜 托盘膜 包装膜", "2921", (do.PACKING, "打包要用膜")),
    _good(
        "气泡膜 气泡袋 气柱袋 珍珠棉 缓冲包装 EPE", "2924 2921", (do.PACKING, "防碰要用缓冲材料")
    ),
    _good("收缩膜 热收缩膜 PE膜 塑料薄膜 保护膜", "2921", (do.PACKING, "裹包防尘要用薄膜")),
    _good("托盘 木托盘 塑料托盘 栈板 卡板", "2035 2926", (do.PACKING, "码货要用托盘")),
    _good("纸箱 瓦楞纸箱 纸板箱 包装箱 彩盒 纸盒", "2231", (do.PACKING, "装货要用纸箱")),
    _good("胶带 封箱胶带 胶粘带 打包带 捆扎带", "2929 2921 2923", (do.PACKING, "封箱捆扎要用带子")),
    _good(
        "编织袋 吨袋 集装袋 包装袋",
        "2923",
        (do.WET_PROCESSING, "装粉粒料要用袋子"),
        (do.COOKING, "装粮油原料要用袋子"),
        (do.MOLDING, "装料粒要用袋子"),
    ),
    _good(
        "塑料箱 周转箱 周转筐 物流箱",
        "2926",
        (do.ASSEMBLING, "零件周转要用箱子"),
        (do.PACKING, "分拣周转要用箱子"),
    ),
    _good("玻璃瓶 玻璃罐", "3055", (do.COOKING, "灌装要用瓶子"), (do.LABORATORY, "装样品要用瓶子")),
    _good(
        "塑料瓶 塑料桶 PET瓶 吨桶 包装桶",
        "2926",
        (do.WET_PROCESSING, "装液体料要用桶"),
        (do.COOKING, "灌装要用瓶子"),
    ),
    _good(
        "铁桶 钢桶 金属罐 易拉罐 马口铁罐",
        "3333",
        (do.WET_PROCESSING, "装液体料要用桶"),
        (do.COOKING, "灌装要用罐子"),
    ),
    _good(
        "木箱 木包装 胶合板箱",
        "2035",
        (do.ASSEMBLING, "整机发运要钉木箱"),
        (do.PACKING, "怕压的货要装木箱"),
    ),
    _good("标签 不干胶 条码标签 吊牌 水洗标 铭牌", "2319", (do.MARKING, "要用标签")),
    _good("说明书印刷 包装印刷 印刷品 宣传册", "231", (do.MARKING, "要印说明和包装")),
    _good("油墨 印刷油墨 喷码墨水", "2642", (do.MARKING, "打码印字要用墨")),
    _good(
        "手套 劳保手套 乳胶手套 丁腈手套 防护手套 线手套",
        "2915 1789",
        (do.PROTECTED_WORK, "要用手套"),
        (do.CLEANING, "清洗要戴手套"),
    ),
    _good(
        "口罩 防护口罩 医用口罩 防尘口罩 KN95",
        "2770 1781",
        (do.PROTECTED_WORK, "要用口罩"),
        (do.HEALTH_CARE, "要用口罩"),
    ),
    _good(
        "防护服 隔离衣 防护用品 劳保用品 护目镜 安全帽 安全鞋 劳保鞋",
        "2770 1819 1959 3351",
        (do.PROTECTED_WORK, "要配防护用品"),
    ),
    _good(
        "工作服 工装 制服 厂服 职业装",
        "1819 1811 1821",
        (do.PROTECTED_WORK, "要配工作服"),
        (do.FEEDING_PEOPLE, "员工要穿工作服"),
    ),
    _good(
        "餐盒 饭盒 快餐盒 打包盒 可降解餐盒 一次性餐具 吸管 纸杯",
        "2927 2239",
        (do.FEEDING_PEOPLE, "要用餐盒餐具"),
    ),
    _good(
        "垃圾袋 购物袋 塑料袋 可降解袋",
        "2921 2923 2927",
        (do.FEEDING_PEOPLE, "装袋要用"),
        (do.CLEANING, "收垃圾要用袋子"),
    ),
    _good(
        "卫生纸 纸巾 生活用纸 擦手纸 湿巾",
        "2239",
        (do.FEEDING_PEOPLE, "要用纸巾"),
        (do.CLEANING, "擦拭要用纸"),
    ),
    _good("清洁剂 洗涤剂 洗洁精 洗衣液 去污剂 清洗剂", "2681", (do.CLEANING, "要用清洗剂")),
    _good(
        "消毒液 酒精 消毒剂 洗手液 84消毒",
        "2661 2681 2770",
        (do.CLEANING, "消毒要用药液"),
        (do.HEALTH_CARE, "消毒要用药液"),
    ),
    _good(
        "擦拭布 无尘布 抹布 工业擦拭纸",
        "178",
        (do.CUTTING_METAL, "擦机器、擦零件要用布"),
        (do.CLEANING, "擦拭要用布"),
    ),
    _good(
        "润滑油 液压油 齿轮油 润滑脂 机油 导热油", "251 2669", (do.RUNNING_MACHINES, "要加油换油")
    ),
    _good("切削液 磨削液 乳化液 切削油 冷却液", "2669 251", (do.CUTTING_METAL, "要用切削液")),
    _good("刀具 铣刀 钻头 数控刀片 丝锥 切削工具", "3321", (do.CUTTING_METAL, "刀具是消耗品")),
    _good(
        "砂轮 砂纸 砂带 磨料 磨具 抛光",
        "3099",
        (do.CUTTING_METAL, "打磨要用磨料"),
        (do.WELDING, "焊缝要打磨"),
    ),
    _good("焊丝 焊条 焊剂 焊材 焊料", "3399 334 3340", (do.WELDING, "要用焊材")),
    _good(
        "工业气体 氧气 氩气 氮气 二氧化碳 乙炔 液氮 液氧 气瓶",
        "2619",
        (do.WELDING, "焊接切割要用气"),
        (do.WET_PROCESSING, "保护和吹扫要用气"),
        (do.HEALTH_CARE, "供氧要用气"),
    ),
    _good("焊机 电焊机 焊接机器人 焊接设备", "3424", (do.WELDING, "要用焊接设备")),
    _good(
        "钢板 薄板 彩涂板 冷轧板 镀锌板 热轧板 中厚板 带钢 卷板",
        "313",
        (do.FORMING_METAL, "要用钢板"),
    ),
    _good(
        "钢管 无缝管 焊管 不锈钢管",
        "313",
        (do.FORMING_METAL, "要用管材"),
        (do.BUILDING, "要用管材"),
    ),
    _good(
        "型钢 角钢 槽钢 H型钢 圆钢 方管",
        "313",
        (do.FORMING_METAL, "要用型材"),
        (do.BUILDING, "要用型材"),
    ),
    _good("不锈钢板 不锈钢", "313", (do.FORMING_METAL, "要用不锈钢料")),
    _good(
        "铝型材 铝板 铝材 铝合金 铝卷",
        "325",
        (do.FORMING_METAL, "要用铝材"),
        (do.ASSEMBLING, "机架要用铝材"),
    ),
    _good(
        "铜材 铜排 铜杆 铜线 漆包线 铜管",
        "325 3251 383",
        (do.WIRING, "导电部分要用铜"),
        (do.HEAVY_POWER, "要用铜排铜线"),
    ),
    _good(
        "铸件 铸铁件 铸钢件 铝铸件 压铸件 铸造毛坯",
        "3391 3392",
        (do.CUTTING_METAL, "要用铸件毛坯"),
        (do.ASSEMBLING, "壳体、底座要用铸件"),
    ),
    _good(
        "锻件 锻造毛坯 法兰",
        "3393",
        (do.CUTTING_METAL, "要用锻件毛坯"),
        (do.WELDING, "接管要用锻件法兰"),
    ),
    _good("紧固件 螺栓 螺丝 螺母 螺钉 垫圈 铆钉", "3482", (do.ASSEMBLING, "要用紧固件")),
    _good("弹簧 卡簧", "3483", (do.ASSEMBLING, "要用弹簧")),
    _good(
        "轴承 滚珠丝杠 直线导轨",
        "3451 345",
        (do.ASSEMBLING, "要装轴承"),
        (do.RUNNING_MACHINES, "轴承要定期更换"),
    ),
    _good(
        "齿轮 减速机 减速器 联轴器",
        "3453 345",
        (do.ASSEMBLING, "传动要用齿轮减速件"),
        (do.RUNNING_MACHINES, "传动件要备换"),
    ),
    _good(
        "密封件 油封 密封圈 橡胶圈 O型圈 橡胶件",
        "2913 3481",
        (do.ASSEMBLING, "要用密封件"),
        (do.RUNNING_MACHINES, "密封件要定期更换"),
    ),
    _good(
        "传送带 输送带 胶管 橡胶管 三角带 皮带", "2912", (do.RUNNING_MACHINES, "皮带、胶管要更换")
    ),
    _good(
        "泵 水泵 阀门 阀 真空泵",
        "344",
        (do.WET_PROCESSING, "输送料液要用泵阀"),
        (do.TREATING_WASTE, "水处理要用泵阀"),
        (do.BUILDING, "给排水要用泵阀"),
    ),
    _good("空压机 压缩机 干燥机 储气罐", "344", (do.RUNNING_MACHINES, "要用压缩空气")),
    _good(
        "模具 冲压模具 注塑模具",
        "3525",
        (do.MOLDING, "成型要开模具"),
        (do.FORMING_METAL, "冲压要开模具"),
    ),
    _good(
        "机加工件 精密零件 机械零件 零部件加工 机械加工",
        "3484 348",
        (do.ASSEMBLING, "要外购机加工零件"),
    ),
    _good(
        "钣金件 冲压件 机箱 机柜 结构件",
        "331 3399 338",
        (do.ASSEMBLING, "要用钣金外壳和结构件"),
        (do.WIRING, "电控要用机柜"),
    ),
    _good("电缆 电线 线缆 电力电缆 控制电缆 光缆", "383", (do.WIRING, "要用电缆")),
    _good("线束 连接器 接插件 端子", "398 389 3989", (do.WIRING, "要用接插件")),
    _good(
        "电机 电动机 马达 伺服电机",
        "381",
        (do.ASSEMBLING, "设备要配电机"),
        (do.HEAVY_POWER, "要备换电机"),
    ),
    _good(
        "变压器 开关柜 配电柜 配电箱 断路器",
        "382",
        (do.HEAVY_POWER, "要用配电设备"),
        (do.BUILDING, "临电和配电要用"),
    ),
    _good(
        "变频器 PLC 传感器 仪表 自动化元件 控制器",
        "40 382 3829",
        (do.ASSEMBLING, "电控要用元件"),
        (do.WET_PROCESSING, "过程要测量控制"),
    ),
    _good(
        "电池 蓄电池 锂电池 叉车电瓶",
        "384",
        (do.PACKING, "叉车、搬运车要换电池"),
        (do.ASSEMBLING, "产品要配电池"),
    ),
    _good(
        "灯具 LED灯 照明 路灯", "387", (do.BUILDING, "要装灯"), (do.RUNNING_MACHINES, "车间要照明")
    ),
    _good("线路板 PCB 电路板 电子元件 芯片 电容", "398 397", (do.WIRING, "控制部分要用电子件")),
    _good(
        "塑料粒子 塑料原料 改性塑料 聚乙烯 聚丙烯 工程塑料 母粒 ABS 树脂粒子",
        "2651 2929",
        (do.MOLDING, "要用料粒"),
    ),
    _good("再生塑料 再生料 废塑料 塑料边角料", "4220 422", (do.MOLDING, "可以掺用再生料")),
    _good(
        "注塑件 塑料件 塑料外壳 塑料配件",
        "2929",
        (do.ASSEMBLING, "要用塑料件"),
        (do.WIRING, "绝缘、外壳要用塑料件"),
    ),
    _good(
        "橡胶 合成橡胶 天然橡胶 胶料",
        "2652",
        (
            ((Doers(("291",), ("橡胶制品", "轮胎", "密封件"), "炼胶、硫化做橡胶制品", 1.0)),),
            "要用胶料",
        ),
    ),
    _good(
        "泡沫 海绵 泡沫板 保温板 聚氨酯",
        "2924 303",
        (do.BUILDING, "保温要用"),
        (do.SEWING, "填充要用"),
    ),
    _good("油漆 涂料 防腐漆 粉末涂料 水性漆 稀释剂", "2641", (do.COATING, "要用涂料")),
    _good(
        "胶水 胶粘剂 密封胶 热熔胶 粘合剂",
        "2669 2646",
        (do.WOODWORK, "拼接封边要用胶"),
        (do.ASSEMBLING, "粘接密封要用胶"),
        (do.PACKING, "封箱粘合要用胶"),
    ),
    _good(
        "硫酸 盐酸 硝酸 烧碱 液碱 纯碱 化工原料 双氧水",
        "261",
        (do.WET_PROCESSING, "要用酸碱原料"),
        (do.TREATING_WASTE, "调酸碱要用"),
    ),
    _good(
        "溶剂 甲醇 乙醇 丙酮 乙酸乙酯",
        "2614",
        (do.WET_PROCESSING, "要用溶剂"),
        (do.COATING, "调漆清洗要用溶剂"),
    ),
    _good(
        "水处理药剂 絮凝剂 聚合氯化铝 PAC 阻垢剂 除磷剂",
        "2666 2669",
        (do.TREATING_WASTE, "要用水处理药剂"),
    ),
    _good(
        "活性炭 滤料 滤芯 过滤袋 滤布",
        "2663 178 359",
        (do.TREATING_WASTE, "吸附过滤要用"),
        (do.COATING, "喷漆房要换滤料"),
    ),
    _good("化学试剂 试剂 标准品 培养基", "2661", (do.LABORATORY, "要用试剂")),
    _good(
        "实验器材 玻璃器皿 实验耗材 移液管 培养皿 离心管",
        "3053 3054 2929 4014",
        (do.LABORATORY, "要用器皿耗材"),
    ),
    _good(
        "检测仪器 分析仪器 天平 显微镜",
        "401 404",
        (do.LABORATORY, "要用仪器"),
        (do.CUTTING_METAL, "精度要用仪器检验"),
    ),
    _good(
        "染料 助剂 颜料 印染助剂",
        "2645 2644 2643",
        (do.SEWING, "染色整理要用"),
        (do.COATING, "配色要用颜料"),
    ),
    _good("纱线 棉纱 化纤丝 涤纶丝 缝纫线", "171 172 282", (do.SEWING, "要用纱线")),
    _good("面料 坯布 布料 里料", "171 175 176", (do.SEWING, "要用布")),
    _good(
        "无纺布 非织造布 熔喷布",
        "1781",
        (do.SEWING, "衬里、包覆要用"),
        (
            ((Doers(("2770",), ("口罩", "防护服", "医用敷料"), "做口罩、防护服、敷料", 1.0)),),
            "要用无纺布",
        ),
    ),
    _good("拉链 纽扣 服装辅料 织带", "4119 1783", (do.SEWING, "要用辅料")),
    _good(
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
    _good("水泥 混凝土 砂石 砖 管桩", "301 302 303", (do.BUILDING, "要用建材")),
    _good("钢筋 盘螺 线材", "313", (do.BUILDING, "要用钢筋")),
    _good(
        "玻璃 钢化玻璃 平板玻璃 中空玻璃",
        "304 3051",
        (do.BUILDING, "门窗幕墙要用玻璃"),
        (
            ((Doers(("385", "21", "36"), ("家电", "家具", "汽车玻璃"), "产品要装玻璃面板", 0.8)),),
            "要用玻璃",
        ),
    ),
    _good(
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
    _good("木板 胶合板 密度板 刨花板 板材 木材", "202 201", (do.WOODWORK, "要用板材")),
    _good(
        "铁丝 钢丝 钢丝绳 吊索 铁丝网",
        "334",
        (do.ASSEMBLING, "吊装要用索具"),
        (do.BUILDING, "绑扎吊装要用"),
        (do.PACKING, "捆扎要用钢丝"),
    ),
    _good("面粉 大米 食用油 白糖 淀粉 粮油", "131 133 134 139", (do.COOKING, "要用粮油糖料")),
    _good("调味品 香精 食品添加剂 酱油", "146 1495", (do.COOKING, "调味要用")),
    _good("肉 水产品 蔬菜 水果 鸡蛋 农产品", "135 136 137 01 03 04", (do.COOKING, "要用生鲜原料")),
    _good(
        "饮用水 矿泉水 桶装水 饮料",
        "152",
        (do.FEEDING_PEOPLE, "要用饮料和水"),
        (do.OFFICES, "接待和员工要喝水"),
    ),
    _good(
        "盒饭 团餐 方便食品 速冻食品 糕点 面包", "143 141 62", (do.FEEDING_PEOPLE, "要进现成食品")
    ),
    _good("饲料 豆粕", "132", (do.FARMING, "要用饲料")),
    _good("化肥 有机肥 农药 种子 农膜", "262 263 2921", (do.FARMING, "要用农资")),
    _good("医用耗材 纱布 敷料 注射器 医疗器械", "277 358", (do.HEALTH_CARE, "要用医用耗材")),
    _good("办公用品 复印纸 打印纸 文具 硒鼓", "222 241 347", (do.OFFICES, "要用办公用品")),
    _good("电脑 服务器 打印机 显示器 监控设备", "391 392 393", (do.OFFICES, "要用电脑设备")),
    _good(
        "纸张 白卡纸 原纸 牛皮纸 瓦楞原纸",
        "222",
        (
            ((Doers(("223", "23"), ("纸箱", "印刷", "纸制品"), "做纸箱、印刷品要进原纸", 1.0)),),
            "要用纸",
        ),
    ),
    _good("叉车 货架 输送线 搬运设备 液压车", "343 331", (do.PACKING, "仓库搬运存放要用")),
    _good(
        "光伏组件 太阳能板 光伏板",
        "3825",
        (do.HEAVY_POWER, "厂房屋顶可以装光伏"),
        (do.BUILDING, "新建厂房可以配光伏"),
    ),
    _good(
        "消防器材 灭火器 消防设备",
        "3595",
        (do.WET_PROCESSING, "有化学品，消防器材要配足"),
        (do.BUILDING, "交付要配消防"),
        (do.WOODWORK, "木料易燃，消防器材要配足"),
    ),
)
