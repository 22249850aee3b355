/// A typed guarantee: a property of every request, which the analysis proves or refutes.
public import PolicySource

/// What a policy promises for every request; it changes no answer and is never lowered.
public struct TypedGuarantee: Sendable {
  /// What is guaranteed.
  public enum Form: Sendable {
    /// A Bool that is true of every request, those with unknown facts too, once every answer it asks for is final.
    case forAll(TypedExpression)
    /// Of two requests that differ in this fact alone, the one with more of it has every step of the approval that
    /// the other has. The expression is a path from an input to a Number, Money, Percent or Date; where
    /// it has the type `T?`, or stands in a record that may be absent, only requests that have it are compared.
    case raising(TypedExpression, removesNoStepOf: Reference)
    /// Whatever the history, no act of this person counts for a step of the approval; `submits` and `hands_on`
    /// give none. The expression is a path from an input to a Person, perhaps one that may be absent.
    case neverActs(TypedExpression, in: Reference)
  }

  /// The identifier, unique among the declarations of the policy.
  public var name: String
  /// The label for people; the name where none is written.
  public var label: String
  /// What is guaranteed.
  public var form: Form
  /// The decisions that it speaks of, directly or through definitions, in order of first use.
  public var uses: [Reference]
  /// The name of the guarantee.
  public var range: SourceRange

  /// Makes a guarantee.
  public init(
    name: String, label: String, form: Form, uses: [Reference], range: SourceRange
  ) {
    self.name = name
    self.label = label
    self.form = form
    self.uses = uses
    self.range = range
  }
}
