/// More of the checker in Chinese: hierarchies, climbing them, and what posts are held for.
public import PolicySource

extension CheckMessages {
  /// Hierarchies and the scope of posts.
  public static let chineseOfHierarchies: Catalog.Table = [
    "`{1}` has two rows in this hierarchy": "`{1}` 在该层级表中出现两行",
    "`{1}` holds {2} of `{3}` at the same time": "`{1}` 同时担任 `{3}` 中的{2}",
    "`{1}` is {2} here and {3} in another register of holders":
      "`{1}` 在此处是 {2}，在另一份任职表中是 {3}",
    "`{1}` stands above others, but no row says what it may decide":
      "`{1}` 是其他岗位的上级，但没有一行写明它的审批权限",
    "a post has one superior and one authority": "一个岗位只有一个上级、一个审批权限",
    "add a row for it; at the top its superior is `-`": "请为它加一行；最高一级的上级写 `-`",
    "answers do not write down what the approval reads of lists and other decisions":
      "结果中不会记录该审批从列表和其他决策中读取的内容",
    "climb from a post, so that it is clear where the walk starts": "请从岗位开始逐级上报，以明确起点",
    "declare `hierarchy {1} { … }`": "请声明 `hierarchy {1} { … }`",
    "declare `holders ({1} TYPE) { … }`": "请声明 `holders ({1} TYPE) { … }`",
    "declare `holders (up_to Money) { … }`": "请声明 `holders (up_to Money) { … }`",
    "declare `holders { … }`, or climb from a post": "请声明 `holders { … }`，或从岗位开始逐级上报",
    "hierarchy": "层级表",
    "in `{1}` no post stands above another": "`{1}` 中没有任何上下级关系",
    "known are {1}": "已有 {1}",
    "leave it out: the facts that an act names are compared all the same":
      "请去掉它：办理记录中写明的事实仍会比对",
    "leave out levels that decide nothing": "请去掉没有审批权限的层级",
    "more than {1} levels stand above this post": "该岗位之上超过 {1} 级",
    "name the superiors in the column `superior`": "请在 `superior` 列写明上级",
    "no register of holders has a column `{1}`": "任职表中没有 `{1}` 列",
    "no register says up to which amount a post is held": "没有任职表写明岗位的金额权限",
    "no register says which person holds a post of `{1}`": "没有任职表写明谁担任 `{1}` 中的岗位",
    "one column has one type throughout the set": "同名的列在整套制度中类型要一致",
    "the other row is here": "另一行在这里",
    "the post at the top has `-` as its superior": "最高一级岗位的上级写 `-`",
    "there is no hierarchy `{1}`": "没有层级表 `{1}`",
    "they have {1}": "可用的列有 {1}",
    "this hierarchy goes round in a circle: {1}": "该层级表首尾相接：{1}",
  ]
}
