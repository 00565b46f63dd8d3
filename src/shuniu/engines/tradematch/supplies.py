"""Goods that are used up or built in: packaging, protection, parts and materials.

Plain hand-written knowledge, read together with ``activities.py``. Makers are GB/T 4754-2017
classes, given by their first digits.
"""

from __future__ import annotations

from shuniu.engines.tradematch import activities as do
from shuniu.engines.tradematch.good import good

SUPPLIES = (
    good("缠绕膜 拉伸膜 打包膜 缠绕薄膜 托盘膜 包装膜", "2921", (do.PACKING, "打包要用膜")),
    good("气泡膜 气泡袋 气柱袋 珍珠棉 缓冲包装 EPE", "2924 2921", (do.PACKING, "防碰要用缓冲材料")),
    good("收缩膜 热收缩膜 PE膜 塑料薄膜 保护膜", "2921", (do.PACKING, "裹包防尘要用薄膜")),
    good("托盘 木托盘 塑料托盘 栈板 卡板", "2035 2926", (do.PACKING, "码货要用托盘")),
    good("纸箱 瓦楞纸箱 纸板箱 包装箱 彩盒 纸盒", "2231", (do.PACKING, "装货要用纸箱")),
    good("胶带 封箱胶带 胶粘带 打包带 捆扎带", "2929 2921 2923", (do.PACKING, "封箱捆扎要用带子")),
    good(
        "编织袋 吨袋 集装袋 包装袋",
        "2923",
        (do.WET_PROCESSING, "装粉粒料要用袋子"),
        (do.COOKING, "装粮油原料要用袋子"),
        (do.MOLDING, "装料粒要用袋子"),
    ),
    good(
        "塑料箱 周转箱 周转筐 物流箱",
        "2926",
        (do.ASSEMBLING, "零件周转要用箱子"),
        (do.PACKING, "分拣周转要用箱子"),
    ),
    good("玻璃瓶 玻璃罐", "3055", (do.COOKING, "灌装要用瓶子"), (do.LABORATORY, "装样品要用瓶子")),
    good(
        "塑料瓶 塑料桶 PET瓶 吨桶 包装桶",
        "2926",
        (do.WET_PROCESSING, "装液体料要用桶"),
        (do.COOKING, "灌装要用瓶子"),
    ),
    good(
        "铁桶 钢桶 金属罐 易拉罐 马口铁罐",
        "3333",
        (do.WET_PROCESSING, "装液体料要用桶"),
        (do.COOKING, "灌装要用罐子"),
    ),
    good(
        "木箱 木包装 胶合板箱",
        "2035",
        (do.ASSEMBLING, "整机发运要钉木箱"),
        (do.PACKING, "怕压的货要装木箱"),
    ),
    good("标签 不干胶 条码标签 吊牌 水洗标 铭牌", "2319", (do.MARKING, "要用标签")),
    good("说明书印刷 包装印刷 印刷品 宣传册", "231", (do.MARKING, "要印说明和包装")),
    good("油墨 印刷油墨 喷码墨水", "2642", (do.MARKING, "打码印字要用墨")),
    good(
        "手套 劳保手套 乳胶手套 丁腈手套 防护手套 线手套",
        "2915 1789",
        (do.PROTECTED_WORK, "要用手套"),
        (do.CLEANING, "清洗要戴手套"),
    ),
    good(
        "口罩 防护口罩 医用口罩 防尘口罩 KN95",
        "2770 1781",
        (do.PROTECTED_WORK, "要用口罩"),
        (do.HEALTH_CARE, "要用口罩"),
    ),
    good(
        "防护服 隔离衣 防护用品 劳保用品 护目镜 安全帽 安全鞋 劳保鞋",
        "2770 1819 1959 3351",
        (do.PROTECTED_WORK, "要配防护用品"),
    ),
    good(
        "工作服 工装 制服 厂服 职业装",
        "1819 1811 1821",
        (do.PROTECTED_WORK, "要配工作服"),
        (do.FEEDING_PEOPLE, "员工要穿工作服"),
    ),
    good(
        "餐盒 饭盒 快餐盒 打包盒 可降解餐盒 一次性餐具 吸管 纸杯",
        "2927 2239",
        (do.FEEDING_PEOPLE, "要用餐盒餐具"),
    ),
    good(
        "垃圾袋 购物袋 塑料袋 可降解袋",
        "2921 2923 2927",
        (do.FEEDING_PEOPLE, "装袋要用"),
        (do.CLEANING, "收垃圾要用袋子"),
    ),
    good(
        "卫生纸 纸巾 生活用纸 擦手纸 湿巾",
        "2239",
        (do.FEEDING_PEOPLE, "要用纸巾"),
        (do.CLEANING, "擦拭要用纸"),
    ),
    good("清洁剂 洗涤剂 洗洁精 洗衣液 去污剂 清洗剂", "2681", (do.CLEANING, "要用清洗剂")),
    good(
        "消毒液 酒精 消毒剂 洗手液 84消毒",
        "2661 2681 2770",
        (do.CLEANING, "消毒要用药液"),
        (do.HEALTH_CARE, "消毒要用药液"),
    ),
    good(
        "擦拭布 无尘布 抹布 工业擦拭纸",
        "178",
        (do.CUTTING_METAL, "擦机器、擦零件要用布"),
        (do.CLEANING, "擦拭要用布"),
    ),
    good(
        "润滑油 液压油 齿轮油 润滑脂 机油 导热油", "251 2669", (do.RUNNING_MACHINES, "要加油换油")
    ),
    good("切削液 磨削液 乳化液 切削油 冷却液", "2669 251", (do.CUTTING_METAL, "要用切削液")),
    good("刀具 铣刀 钻头 数控刀片 丝锥 切削工具", "3321", (do.CUTTING_METAL, "刀具是消耗品")),
    good(
        "砂轮 砂纸 砂带 磨料 磨具 抛光",
        "3099",
        (do.CUTTING_METAL, "打磨要用磨料"),
        (do.WELDING, "焊缝要打磨"),
    ),
    good("焊丝 焊条 焊剂 焊材 焊料", "3399 334 3340", (do.WELDING, "要用焊材")),
    good(
        "工业气体 氧气 氩气 氮气 二氧化碳 乙炔 液氮 液氧 气瓶",
        "2619",
        (do.WELDING, "焊接切割要用气"),
        (do.WET_PROCESSING, "保护和吹扫要用气"),
        (do.HEALTH_CARE, "供氧要用气"),
    ),
    good("焊机 电焊机 焊接机器人 焊接设备", "3424", (do.WELDING, "要用焊接设备")),
    good(
        "钢板 薄板 彩涂板 冷轧板 镀锌板 热轧板 中厚板 带钢 卷板",
        "313",
        (do.FORMING_METAL, "要用钢板"),
    ),
    good(
        "钢管 无缝管 焊管 不锈钢管",
        "313",
        (do.FORMING_METAL, "要用管材"),
        (do.BUILDING, "要用管材"),
    ),
    good(
        "型钢 角钢 槽钢 H型钢 圆钢 方管",
        "313",
        (do.FORMING_METAL, "要用型材"),
        (do.BUILDING, "要用型材"),
    ),
    good("不锈钢板 不锈钢", "313", (do.FORMING_METAL, "要用不锈钢料")),
    good(
        "铝型材 铝板 铝材 铝合金 铝卷",
        "325",
        (do.FORMING_METAL, "要用铝材"),
        (do.ASSEMBLING, "机架要用铝材"),
    ),
    good(
        "铜材 铜排 铜杆 铜线 漆包线 铜管",
        "325 3251 383",
        (do.WIRING, "导电部分要用铜"),
        (do.HEAVY_POWER, "要用铜排铜线"),
    ),
    good(
        "铸件 铸铁件 铸钢件 铝铸件 压铸件 铸造毛坯",
        "3391 3392",
        (do.CUTTING_METAL, "要用铸件毛坯"),
        (do.ASSEMBLING, "壳体、底座要用铸件"),
    ),
    good(
        "锻件 锻造毛坯 法兰",
        "3393",
        (do.CUTTING_METAL, "要用锻件毛坯"),
        (do.WELDING, "接管要用锻件法兰"),
    ),
    good("紧固件 螺栓 螺丝 螺母 螺钉 垫圈 铆钉", "3482", (do.ASSEMBLING, "要用紧固件")),
    good("弹簧 卡簧", "3483", (do.ASSEMBLING, "要用弹簧")),
    good(
        "轴承 滚珠丝杠 直线导轨",
        "3451 345",
        (do.ASSEMBLING, "要装轴承"),
        (do.RUNNING_MACHINES, "轴承要定期更换"),
    ),
    good(
        "齿轮 减速机 减速器 联轴器",
        "3453 345",
        (do.ASSEMBLING, "传动要用齿轮减速件"),
        (do.RUNNING_MACHINES, "传动件要备换"),
    ),
    good(
        "密封件 油封 密封圈 橡胶圈 O型圈 橡胶件",
        "2913 3481",
        (do.ASSEMBLING, "要用密封件"),
        (do.RUNNING_MACHINES, "密封件要定期更换"),
    ),
    good(
        "传送带 输送带 胶管 橡胶管 三角带 皮带", "2912", (do.RUNNING_MACHINES, "皮带、胶管要更换")
    ),
    good(
        "泵 水泵 阀门 阀 真空泵",
        "344",
        (do.WET_PROCESSING, "输送料液要用泵阀"),
        (do.TREATING_WASTE, "水处理要用泵阀"),
        (do.BUILDING, "给排水要用泵阀"),
    ),
    good("空压机 压缩机 干燥机 储气罐", "344", (do.RUNNING_MACHINES, "要用压缩空气")),
    good(
        "模具 冲压模具 注塑模具",
        "3525",
        (do.MOLDING, "成型要开模具"),
        (do.FORMING_METAL, "冲压要开模具"),
    ),
    good(
        "机加工件 精密零件 机械零件 零部件加工 机械加工",
        "3484 348",
        (do.ASSEMBLING, "要外购机加工零件"),
    ),
    good(
        "钣金件 冲压件 机箱 机柜 结构件",
        "331 3399 338",
        (do.ASSEMBLING, "要用钣金外壳和结构件"),
        (do.WIRING, "电控要用机柜"),
    ),
    good("电缆 电线 线缆 电力电缆 控制电缆 光缆", "383", (do.WIRING, "要用电缆")),
    good("线束 连接器 接插件 端子", "398 389 3989", (do.WIRING, "要用接插件")),
    good(
        "电机 电动机 马达 伺服电机",
        "381",
        (do.ASSEMBLING, "设备要配电机"),
        (do.HEAVY_POWER, "要备换电机"),
    ),
    good(
        "变压器 开关柜 配电柜 配电箱 断路器",
        "382",
        (do.HEAVY_POWER, "要用配电设备"),
        (do.BUILDING, "临电和配电要用"),
    ),
    good(
        "变频器 PLC 传感器 仪表 自动化元件 控制器",
        "40 382 3829",
        (do.ASSEMBLING, "电控要用元件"),
        (do.WET_PROCESSING, "过程要测量控制"),
    ),
)
