/// The wording of mistakes with fields that are marked `secret`, sorted.
internal import PolicySource
internal import PolicySyntax

extension Diagnostic {
  static func misplacedSecret(_ range: SourceRange) -> Self {
    Self(
      "misplaced-secret", .error,
      "only inputs and the fields of types can be `secret`",
      at: range,
      help: "mark the field of the request whose value comes here")
  }

  static func secretDiffers(_ name: Name, isSecret: Bool, at place: SourceRange) -> Self {
    Self(
      "secret-differs", .error,
      isSecret
        ? "the input `\(name.text)` is secret here and not in a policy that is decided with it"
        : "the input `\(name.text)` is not secret here, but in a policy that is decided with it",
      at: name.range,
      notes: [.init("the other is here", at: place)],
      help: "mark both `secret`, or declare the input in one policy and `use` it")
  }

  static func secretInAnswer(_ range: SourceRange, _ name: String) -> Self {
    Self(
      "secret-in-answer", .error,
      "this would give out `\(name)`, which is `secret`",
      at: range,
      help: "answers are logged as they are sent: give what follows from a comparison with it")
  }

  static func secretInText(_ range: SourceRange, _ name: String) -> Self {
    Self(
      "secret-in-text", .error,
      "this text would show `\(name)`, which is `secret`",
      at: range,
      help: "texts are shown and logged: say which field it is, not what stands in it")
  }
}
