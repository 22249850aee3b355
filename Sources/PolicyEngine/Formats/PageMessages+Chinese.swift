/// The words of the page of cases in Chinese, by their English templates.
public import PolicySource

extension EngineMessages {
  /// The words of the page of cases in Chinese.
  public static let chineseOfCasePage: Catalog.Table = [
    "All cases": "全部样例",
    "Cases and policies": "样例与制度",
    "Failures": "未通过",
    "Small mistakes in the policies": "制度中的小改动",
    "What no case notices": "没有样例能发现的改动",
    "What no case shows": "没有样例涉及之处",
    "What the cases show": "样例覆盖情况",
    "failed": "未通过",
    "passed": "通过",
    "place": "位置",
    "what is missing": "缺少什么",
    "words": "原文",
  ]
}
