/// What changed between two answers of one decision: outcome, codes, figures, steps, duties, copies.
///
/// Places, texts, reasons given and the figures that explain an answer are not compared: they change when a policy is
/// only written otherwise. What is not known here is compared as it stands, so that no change is overlooked.
public import PolicySource

/// The difference of two answers of one decision.
public struct AnswerChange: Hashable, Sendable {
  /// The old outcome.
  public let from: Outcome
  /// The new outcome, which may be the same.
  public let to: Outcome
  /// What else changed.
  public let parts: [Part]

  private init(from: Outcome, to: Outcome, parts: [Part]) {
    self.from = from
    self.to = to
    self.parts = parts
  }

  /// Compares two answers, or problem documents, of one decision.
  public init(from old: JSONTree, to new: JSONTree) {
    (from, to) = (Outcome(of: old), Outcome(of: new))
    var comparison = AnswerComparison()
    // Of a problem, nothing but its code is an answer.
    if !from.isProblem, !to.isProblem { comparison.compare(old, new, sameOutcome: from == to) }
    parts = comparison.parts
  }

  /// Whether the answers say the same.
  public var isEmpty: Bool { from == to && parts.isEmpty }

  /// Whether there is no more to it than another error: neither side answers.
  public var isOfErrors: Bool { from.isProblem && to.isProblem }

  /// Whether people read it as the same change: where the outcome stays, it does not matter which it is.
  public func isLike(_ other: AnswerChange) -> Bool {
    let stay = from == to && other.from == other.to
    return parts == other.parts && (stay || from == other.from && to == other.to)
  }

  /// The same without figures and numbers of items: changes that are alike have one kind.
  public var kind: AnswerChange {
    var seen: Set<Part> = []
    return AnswerChange(
      from: from, to: to, parts: parts.map(\.kind).filter { seen.insert($0).inserted })
  }

  /// `allow becomes hold: + unpaid`.
  public func words(in language: Language) -> Phrase { ChangeMessages.words(of: self, language) }
}

extension AnswerChange {
  /// The member of a reason that says what it does: `deny`, `hold`.
  static let effectMember = "effect"

  /// An outcome as a word: `allow`; of a problem document its code.
  public struct Outcome: Hashable, Sendable {
    /// The word or code.
    public let word: String
    /// Whether it is the code of a problem document.
    public let isProblem: Bool

    /// Names an outcome.
    public init(_ word: String, isProblem: Bool = false) {
      self.word = word
      self.isProblem = isProblem
    }

    /// The outcome of an answer or problem document.
    public init(of answer: JSONTree) {
      if let word = answer["outcome"]?.word {
        self.init(word)
      } else {
        self.init(answer["code"]?.word ?? "", isProblem: true)
      }
    }
  }

  /// Whether something came or went.
  public enum Way: String, Hashable, Sendable { case came, went }

  /// What an answer lists by name.
  public enum Listing: String, Hashable, Sendable, CaseIterable {
    case reason, violation, cleared, refusedClearance, sign, duty, turn
    case copy, notice, filing, possibleCopy, possibleNotice, possibleFiling, intervener, need
  }

  /// A figure of an answer.
  public enum Figure: Hashable, Sendable {
    case limit, used, asked, headroom, grade, points
    /// The points of a row of a grade, by its name.
    case row(String)
    /// The value, or a place in it: `lines[2].part`.
    case value(String)
  }

  /// How a figure moved, without the figures.
  public enum Movement: String, Hashable, Sendable { case rises, falls, changes, appears, vanishes }

  /// Whoever gives a step.
  public struct Post: Hashable, Sendable {
    /// Its name in the policy.
    public let name: String
    /// Its label.
    public let label: String
  }

  /// A step of a chain.
  public struct Step: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// Who gives it.
    public let by: Post
    /// The act: `signs`.
    public let act: String
  }

  /// One thing that changed.
  public enum Part: Hashable, Sendable {
    /// The state of a chain: `open`, `approved`, `refused`.
    case state(from: String, to: String)
    case figure(Figure, from: String?, to: String?)
    /// A figure moved: the kind of `figure`.
    case moved(Figure, Movement)
    case listed(Listing, Way, name: String, item: Int?)
    /// A member of something listed: `unpaid`, `effect`.
    case detail(Listing, name: String, member: String, from: String?, to: String?)
    case step(Way, Step)
    /// A step that another post gives, or by another act.
    case handed(from: Step, to: Step)
    case stepDetail(Step, member: String, from: String?, to: String?)
    case order(steps: [String])
    /// A member of the answer that has no part of its own.
    case member(String, from: String?, to: String?)

    private static func isFlag(_ text: String) -> Bool { text == "true" || text == "false" }

    /// The part without figures and numbers of items.
    var kind: Part {
      switch self {
      case .figure(.grade, _, _), .state, .moved, .step, .handed, .order: self
      case .figure(let figure, let from, let to):
        .moved(figure.kind, FigureText.movement(from: from, to: to))
      case .listed(let listing, let way, let name, _):
        .listed(listing, way, name: FigureText.withoutItems(name), item: nil)
      case .detail(let listing, let name, let member, let from, let to):
        if member == AnswerChange.effectMember {
          self
        } else {
          .detail(
            listing, name: name, member: member, from: from.map { _ in "…" },
            to: to.map { _ in "…" })
        }
      case .stepDetail(let step, let member, let from, let to):
        .stepDetail(
          step, member: member, from: from.map { _ in "…" }, to: to.map { _ in "…" })
      case .member(let name, let from, let to):
        if from.map(Self.isFlag) ?? to.map(Self.isFlag) ?? false {
          self
        } else {
          .member(name, from: from.map { _ in "…" }, to: to.map { _ in "…" })
        }
      }
    }
  }
}

extension AnswerChange.Figure {
  /// The figure without numbers of items.
  var kind: AnswerChange.Figure {
    if case .value(let path) = self { .value(FigureText.withoutItems(path)) } else { self }
  }
}
