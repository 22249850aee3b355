/// The words for what changed between two answers.
public import PolicySource

/// The wording of changes of answers.
public enum ChangeMessages {
  /// `allow becomes hold: + unpaid`; a change without parts is none.
  static func words(of change: AnswerChange, _ language: Language) -> Phrase {
    var heads: [Phrase] =
      change.from == change.to ? [] : [becomes(word(change.from), word(change.to))]
    var codes: [Phrase] = []
    var rest: [Phrase] = []
    for part in change.parts {
      switch part {
      case .state(let from, let to): heads.append(becomes(term(from), term(to)))
      case .listed(.reason, _, _, _): codes.append(words(of: part, language))
      default: rest.append(words(of: part, language))
      }
    }
    if !codes.isEmpty { rest.insert(SourceMessages.list(codes, last: .comma), at: 0) }
    let tail = SourceMessages.list(rest, last: .semicolon)
    if heads.isEmpty { return rest.isEmpty ? "no change" : tail }
    let head = SourceMessages.list(heads, last: .comma)
    return rest.isEmpty ? head : "\(head): \(tail)"
  }

  /// The words of one part.
  public static func words(of part: AnswerChange.Part, _ language: Language) -> Phrase {
    switch part {
    case .state(let from, let to): becomes(term(from), term(to))
    case .figure(let figure, let from, let to): moved(name(figure), from, to)
    case .moved(let figure, let movement): moved(name(figure), movement)
    case .listed(let listing, let way, let name, let item):
      listed(way, thing(listing, item.map { "\(name)[\($0)]" } ?? name, language))
    case .detail(_, let name, AnswerChange.effectMember, let from, let to):
      "\(name): \(becomes(term(from ?? ""), term(to ?? "")))"
    case .detail(_, let name, let member, let from, let to):
      "\(name): \(moved("`\(member)`", from, to))"
    case .step(.came, let step): "\(person(step.by, language)) also \(act(step.act))"
    case .step(.went, let step): "\(person(step.by, language)) no longer \(act(step.act))"
    case .handed(let from, let to): handed(from, to, language)
    case .stepDetail(let step, let member, let from, let to):
      "\(step.name): \(moved("`\(member)`", from, to))"
    case .order(let steps):
      "the steps stand in another order: \(steps.joined(separator: ", "))"
    case .member(let name, let from, let to): moved("`\(name)`", from, to)
    }
  }

  private static func becomes(_ from: Phrase, _ to: Phrase) -> Phrase { "\(from) becomes \(to)" }

  /// An outcome in words.
  public static func word(_ outcome: AnswerChange.Outcome) -> Phrase {
    outcome.isProblem ? "error \(outcome.word)" : term(outcome.word)
  }

  /// A word of the language, translated where a table has it.
  private static func term(_ word: String) -> Phrase { Phrase(template: word, parts: []) }

  private static func name(_ figure: AnswerChange.Figure) -> Phrase {
    switch figure {
    case .limit: "limit"
    case .used: "used"
    case .asked: "asked"
    case .headroom: "left"
    case .grade: "grade"
    case .points: "score"
    case .row(let name): "score of \(name)"
    case .value(""): "value"
    case .value(let path): "value at `\(path)`"
    }
  }

  private static func moved(_ name: Phrase, _ from: String?, _ to: String?) -> Phrase {
    switch (from.map(FigureText.readable), to.map(FigureText.readable)) {
    case ("…", "…"): "\(name) changes"
    case (let from?, let to?): "\(name) \(from) becomes \(to)"
    case (nil, "…"): "\(name) comes"
    case ("…", nil): "\(name) goes"
    case (nil, let to?): "\(name) becomes \(to)"
    case (let from?, nil): "\(name) \(from) goes"
    case (nil, nil): "\(name) changes"
    }
  }

  private static func moved(_ name: Phrase, _ movement: AnswerChange.Movement) -> Phrase {
    switch movement {
    case .rises: "\(name) rises"
    case .falls: "\(name) falls"
    case .changes: "\(name) changes"
    case .appears: "\(name) comes"
    case .vanishes: "\(name) goes"
    }
  }

  private static func listed(_ way: AnswerChange.Way, _ thing: Phrase) -> Phrase {
    switch way {
    case .came: "+ \(thing)"
    case .went: "- \(thing)"
    }
  }

  private static func thing(
    _ listing: AnswerChange.Listing, _ name: String, _ language: Language
  ) -> Phrase {
    switch listing {
    case .reason: .verbatim(name)
    case .violation: "violation \(name)"
    case .cleared: "cleared \(name)"
    case .refusedClearance: "clearance of \(name) does not count"
    case .sign: "sign of \(name)"
    case .duty: "duty \(name)"
    case .turn: "next \(name)"
    case .copy: "copy to \(plain(name))"
    case .notice: "notice to \(plain(name))"
    case .filing: "filed with \(plain(name))"
    case .possibleCopy: "perhaps copy to \(plain(name))"
    case .possibleNotice: "perhaps notice to \(plain(name))"
    case .possibleFiling: "perhaps filed with \(plain(name))"
    case .intervener: "\(plain(name)) may intervene"
    case .need: "needs \(name)"
    }
  }

  private static func handed(
    _ from: AnswerChange.Step, _ to: AnswerChange.Step, _ language: Language
  ) -> Phrase {
    let (old, new) = (person(from.by, language), person(to.by, language))
    if from.act == to.act { return "\(new) \(act(to.act)) instead of \(old)" }
    if from.by == to.by { return "\(new) \(act(to.act)): before, \(act(from.act))" }
    return "\(new) \(act(to.act)): before, \(old) \(act(from.act))"
  }

  /// `general manager` of `general_manager`; in Chinese the label, of `General manager (总经理)` what is Chinese.
  private static func person(_ post: AnswerChange.Post, _ language: Language) -> Phrase {
    if post.name.isEmpty { return "a post not known yet" }
    guard language == .chinese, !post.label.isEmpty else { return .verbatim(plain(post.name)) }
    let inner = post.label.firstMatch(of: /\((\p{Han}[^()]*)\)$/)
    return .verbatim(inner.map { String($0.1) } ?? post.label)
  }

  /// A name as words.
  private static func plain(_ name: String) -> String { name.replacing("_", with: " ") }

  /// An act of a step in words.
  private static func act(_ word: String) -> Phrase {
    word == "first_reviews" ? "reviews first" : term(word)
  }
}
