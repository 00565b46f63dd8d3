"""The stretch film of one enterprise, from a full warehouse to buyers next door."""

from __future__ import annotations

from shuniu.demo.needs.sheet import read_sheets

SHEETS = read_sheets("""
# market 经济发展局
plan 挂钩联系领导带经济发展局到厂核实品种规格，排查区内用缠绕膜打包的企业，三天内给出对接名单
note 已走访六家用膜企业，两家要求先看样品
note 江苏世泰实验器材有限公司、赐宝新型薄板(江苏)有限公司试用合格，正在谈价格和送货批次
* 产品找销路 !high
? 厂里积压1000多吨缠绕膜，都是按出口规格做的，上海港这段时间走不出去，仓库满了，资金也压着。园区
  里哪些厂打包用得着，请帮忙牵牵线，价格好商量
= 经济发展局{visit}起排查了区内打包用膜企业，把江苏世泰实验器材有限公司、赐宝新型薄板(江苏)有限
  公司等推荐给贵司，双方已签供货协议并分批送货，积压的缠绕膜{day}全部落实去向，就近送货还省下了
  到港运费。
""")
