/// More of the checker in Chinese: fields that are marked `secret`.
public import PolicySource

extension CheckMessages {
  /// Fields that are marked `secret`.
  public static let chineseOfSecrets: Catalog.Table = [
    "answers are logged as they are sent: give what follows from a comparison with it":
      "结果照原样写入日志：请只给出与它比较后得出的结论",
    "mark both `secret`, or declare the input in one policy and `use` it":
      "两处都标 `secret`，或只在一个制度中声明并 `use` 它",
    "mark the field of the request whose value comes here": "请在值所来自的请求字段上标注",
    "only inputs and the fields of types can be `secret`": "只有输入和类型的字段可以标 `secret`",
    "texts are shown and logged: say which field it is, not what stands in it":
      "文字会显示并写入日志：请说明是哪个字段，不要写出其内容",
    "the input `{1}` is not secret here, but in a policy that is decided with it":
      "输入 `{1}` 在此处不保密，在一同判定的制度中却保密",
    "the input `{1}` is secret here and not in a policy that is decided with it":
      "输入 `{1}` 在此处保密，在一同判定的制度中却不保密",
    "this text would show `{1}`, which is `secret`": "这段文字会显示 `{1}`，它标有 `secret`",
    "this would give out `{1}`, which is `secret`": "这会给出 `{1}`，它标有 `secret`",
  ]
}
