/// The words of rules: what clauses, steps, limits, grades, duties and copies say.
import PolicyCompiler

/// The wording of rules.
enum RuleMessages {
  // MARK: Sentences

  static func sentence(_ words: Prose) -> Prose { "\(words)." }
  static func when(_ main: Prose, _ condition: Prose) -> Prose { "\(main) when \(condition)" }
  static func whenAll(_ main: Prose) -> Prose { "\(main) when all of these hold:" }
  static func whenAny(_ main: Prose) -> Prose { "\(main) when one of these holds:" }
  static func must(_ condition: Prose) -> Prose { "it is required that \(condition)" }
  static let mustAll: Prose = "all of these are required:"
  static let mustAny: Prose = "one of these is required:"
  static let all: Prose = "all of these:"
  static let any: Prose = "one of these:"
  static func ifSo(_ condition: Prose) -> Prose { "if \(condition)" }

  // MARK: Clauses

  static let appliesOnly: Prose = "the decision applies only"
  static let notAllowed: Prose = "not allowed"
  static let held: Prose = "put on hold"
  static func hole(_ value: Prose) -> Prose { "‹\(value)›" }
  static func isMissing(_ field: Prose) -> Prose { "\(field) is missing" }
  static func mayBeCleared(by post: Prose) -> Prose { "may be cleared by \(post)" }
  static func upTo(_ bound: Prose, of amount: Prose) -> Prose {
    "as long as \(amount) is at most \(bound)"
  }
  static func goodFor(_ time: Prose) -> Prose { "good for \(time)" }
  static let whileUnchanged: Prose = "good only while the facts of the rule are unchanged"
  static func message(_ words: Prose) -> Prose { "says: “\(words)”" }
  static func because(_ words: Prose) -> Prose { "why: \(words)" }

  // MARK: Limits

  static func atMost(_ amount: Prose) -> Prose { "at most \(amount)" }
  static let noLimit: Prose = "nothing at all"
  static func used(_ amount: Prose) -> Prose { "already used: \(amount)" }
  static func asked(_ amount: Prose) -> Prose { "asked for now: \(amount)" }
  static func warns(from share: Prose) -> Prose { "it warns from \(share) of the limit on" }

  // MARK: Grades

  static func given(_ member: Prose) -> Prose { "the class is \(member)" }
  static func otherwise(_ member: Prose) -> Prose { "otherwise \(member)" }
  static func noBetter(than member: Prose) -> Prose { "no better than \(member)" }
  static func sign(of member: Prose) -> Prose { "a sign of \(member)" }

  // MARK: Steps

  static func acts(_ post: Prose, _ act: StepAct) -> Prose {
    switch act {
    case .opines: "\(post) gives an opinion"
    case .files: "\(post) files it"
    case .claims: "\(post) takes it on"
    case .signs: "\(post) signs"
    case .firstReviews: "\(post) reviews it first"
    case .reviews: "\(post) reviews"
    case .rechecks: "\(post) rechecks"
    case .approves: "\(post) approves"
    case .clears: "\(post) clears it"
    }
  }

  static func level(_ number: Int, of hierarchy: Prose, above start: Prose) -> Prose {
    "level \(number) of \(hierarchy) above \(start)"
  }
  static func notCovered(_ amount: Prose) -> Prose {
    "the authority of the levels below does not cover \(amount)"
  }
  static let delegable: Prose = "a delegate may act in the post's place"
  static func delegable(for amount: Prose) -> Prose {
    "a delegate whose authority covers \(amount) may act in the post's place"
  }
  static func due(_ day: Prose) -> Prose { "due on \(day)" }
  static func within(_ time: Prose) -> Prose { "to be given within \(time)" }
  static func escalated(_ words: Prose, to post: Prose) -> Prose { "\(words), then \(post) acts" }
  static let actWhileUnchanged: Prose = "counts only while the facts are unchanged"
  static func refusal(goes target: Prose) -> Prose { "on a refusal: \(target)" }
  static let ends: Prose = "the case ends"
  static let requester: Prose = "back to the requester"
  static func through(_ target: Prose, _ post: Prose) -> Prose { "\(target), through \(post)" }

  static func requested(by person: Prose) -> Prose { "requested by \(person)" }
  static let mayActOnOwn: Prose = "the requester may act on the own request"
  static let mayNotActOnOwn: Prose = "the requester may not act on the own request"
  static let distinct: Prose = "one person gives one step only"
  static let skipsRepeats: Prose =
    "a post that has several steps acts once, in the step with the strongest act"
  static func mayIntervene(_ posts: Prose) -> Prose { "\(posts) may step in at every step" }
  static func climbs(_ hierarchy: Prose, from start: Prose, covering amount: Prose) -> Prose {
    "up \(hierarchy) from \(start), until the authority covers \(amount)"
  }
  static func heldUpTo(_ amount: Prose) -> Prose { "who acts must hold authority over \(amount)" }
  static func heldFor(_ column: Prose, _ fact: Prose) -> Prose {
    "who acts must hold the post for this \(column): \(fact)"
  }

  // MARK: Duties and copies

  static func duty(of post: Prose, _ words: Prose) -> Prose { "\(post) has to: \(words)" }

  static func trigger(_ trigger: DutyTrigger) -> Prose {
    switch trigger {
    case .allow: "once it is allowed"
    case .approved: "once it is approved"
    case .valid: "once everything is in order"
    case .within: "when it is within the limit"
    case .refusal: "when the answer is no"
    case .always: "whatever the answer"
    }
  }

  static func copy(_ kind: TypedCopy.Kind, to posts: Prose) -> Prose {
    switch kind {
    case .copy: "copy to \(posts)"
    case .notify: "notice to \(posts)"
    case .file: "filed with \(posts)"
    }
  }
}
