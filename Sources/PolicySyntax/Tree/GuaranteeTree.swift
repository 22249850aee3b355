/// The tree of a guarantee: what must hold for every request, as written.

/// `guarantee name ["label"] PROPERTY`.
public struct GuaranteeTree: Sendable {
  /// What is guaranteed.
  public enum Form: Sendable {
    /// `for all requests: CONDITION`.
    case forAll(ExpressionTree)
    /// `raising PATH never removes a step of DECISION`; a decision is a name, or `policy.name`.
    case raising(ExpressionTree, removesNoStepOf: ExpressionTree)
    /// `PERSON never acts in DECISION`.
    case neverActs(ExpressionTree, in: ExpressionTree)
  }

  /// The identifier.
  public var name: Name
  /// The label for people.
  public var label: TextTree?
  /// What is guaranteed; nil when it could not be read (a diagnostic was given).
  public var form: Form?

  /// Makes a guarantee.
  public init(name: Name, label: TextTree?, form: Form?) {
    self.name = name
    self.label = label
    self.form = form
  }
}
