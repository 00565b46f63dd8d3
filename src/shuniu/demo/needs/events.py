"""Common problems: what several enterprises report at the same time."""

from __future__ import annotations

from shuniu.demo.needs.sheet import read_sheets

SHEETS = read_sheets("""
# utility_power 供电公司
plan 抢修班分两组沿线查找故障点
note 故障点已找到，{feeder}一处电缆中间接头击穿
* 停电抢修 !critical
$ n=2-6 m=10-40/5
? {clock}整个{road}都没电了，我们{shop}{n}条线全停，多久能恢复？
? 停电了！{short}在{road}，问隔壁也停，{product}正在烘，超过一个小时就废
? 请问{road}是不是线路故障？已经{m}分钟没电，客户在厂里验货，很尴尬
? 我们这边也停电，UPS只能撑{m}分钟，服务器要关了，麻烦给个来电时间
? {road}停电，消防泵和电梯都没电，货梯里还有人刚救出来，赶紧查
= 供电公司{visit}查明{feeder}电缆接头击穿，抢修班更换接头后{road}全线恢复送电，{day}逐户回访设备
  运行正常，损失登记表可到大厅领取。
= {road}多家企业反映的是同一起故障，供电公司已恢复{feeder}供电，{day}加装了故障指示器，今后定位
  会更快，给您生产造成影响深表歉意。
# municipal 规划建设局
plan 泵车先抽排，水退后疏通管道
note 两台泵车到位，水位正在下降
* 积水与下水道 !critical
$ cm=12-35 n=2-9
? {road}昨晚这场雨积水{cm}公分，{gate}进不了车，{n}辆送货车堵在外面
? 我们{short}门口成河了，水漫到{shop}，{input}泡了{n}托，快派泵车
? {road}淹了，员工蹚水上班，电瓶车泡坏{n}辆，雨水井根本不下水
? 反映{road}积水，深的地方{cm}公分，每次大雨都这样，能不能彻底弄一次
= 规划建设局{visit}调两台泵车抽排，查出{road}雨水主管被工地泥浆淤堵，清淤后{day}试水通畅，责任工
  地已处罚。
= 同路段多家企业反映的积水已于{visit}退尽，规划建设局{day}完成{road}雨水管清淤并加装两处大口径雨
  水篦，汛期派专人值守。
""")
