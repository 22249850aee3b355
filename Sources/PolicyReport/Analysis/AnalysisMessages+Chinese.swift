/// The words around matrices, guarantees and changes in Chinese, in the order of the alphabet.
import PolicySource

extension AnalysisMessages {
  static let chinese: Catalog.Table = [
    "answer before": "原结论",
    "answer now": "现结论",
    "answers that change against {1}": "与 {1} 相比结论有变化之处",
    "authority matrix: {1}": "权责矩阵：{1}",
    "band": "区间",
    "does not hold": "不成立",
    "guarantees": "保证",
    "is now": "现为",
    "no rule, figure or table is written otherwise.": "条款、数值和表格的写法均无改动。",
    "Not analysed:": "未能分析：",
    "not analysed": "未能分析",
    "place": "位置",
    "proved to answer every request as before:": "已证明对任何请求结论均不变：",
    "proved": "已证明",
    "recorded decisions": "已记录的决策",
    "requests": "请求",
    "This compares what is written. A rule that is written otherwise need not answer otherwise.":
      "此处比较的是写法。写法不同的条款，结论未必不同。",
    "this decision is gone": "该决策已删除",
    "this decision is new": "该决策为新增",
    "was": "原为",
    "what is written otherwise than in {1}": "与 {1} 相比写法有改动之处",
    "who acts in which band": "各区间由谁办理",
    "who acts when": "权限矩阵",
  ]
}
