/// A change of an answer as JSON, for programs that read what changed.
public import PolicySource

extension AnswerChange {
  /// The change as an object: `{"words":"…","from":"allow","to":"hold","codes":{"came":["unpaid"],"went":[]}, …}`.
  ///
  /// - Parameter language: of `words`; names and codes are the same in all.
  public func tree(in language: Language) -> JSONTree {
    var members: [JSONTree.Member] = [
      .init("words", .string(words(in: language).text(in: .of(language)))),
      .init("from", .string(from.word)), .init("to", .string(to.word)),
    ]
    let codes = names(of: .reason)
    members.append(.init("codes", Self.both(codes.came, codes.went)))
    members.append(.init("steps", Self.both(steps(.came), steps(.went))))
    members.append(.init("figures", .array(parts.compactMap(Self.figure))))
    for listing in Listing.allCases where listing != .reason {
      let names = names(of: listing)
      if names.came.isEmpty, names.went.isEmpty { continue }
      members.append(.init(listing.rawValue, Self.both(names.came, names.went)))
    }
    let rest = parts.compactMap { other($0, language) }
    if !rest.isEmpty { members.append(.init("other", .array(rest))) }
    return .object(members)
  }

  /// The names of what came and went of a listing, with the numbers of items.
  public func names(of listing: Listing) -> (came: [String], went: [String]) {
    var (came, went): ([String], [String]) = ([], [])
    for case .listed(listing, let way, let name, let item) in parts {
      let name = item.map { "\(name)[\($0)]" } ?? name
      if way == .came { came.append(name) } else { went.append(name) }
    }
    return (came, went)
  }

  /// The steps that came or went.
  public func steps(_ way: Way) -> [Step] {
    parts.compactMap { part in
      if case .step(way, let step) = part { step } else { nil }
    }
  }

  private static func both(_ came: [String], _ went: [String]) -> JSONTree {
    .object([
      .init("came", .array(came.map(JSONTree.string))),
      .init("went", .array(went.map(JSONTree.string))),
    ])
  }

  private static func both(_ came: [Step], _ went: [Step]) -> JSONTree {
    .object([.init("came", .array(came.map(tree))), .init("went", .array(went.map(tree)))])
  }

  private static func tree(_ step: Step) -> JSONTree {
    .object([
      .init("step", .string(step.name)), .init("by", .string(step.by.name)),
      .init("act", .string(step.act)),
    ])
  }

  private static func figure(_ part: Part) -> JSONTree? {
    switch part {
    case .figure(let figure, let from, let to):
      .object([
        .init("figure", .string(figure.name)), .init("from", from.map(JSONTree.string) ?? .null),
        .init("to", to.map(JSONTree.string) ?? .null),
      ])
    case .moved(let figure, let movement):
      .object([
        .init("figure", .string(figure.name)), .init("moved", .string(movement.rawValue)),
      ])
    default: nil
    }
  }

  /// A part that no other member tells, in words.
  private func other(_ part: Part, _ language: Language) -> JSONTree? {
    switch part {
    case .figure, .moved, .listed, .step: nil
    default:
      .string(ChangeMessages.words(of: part, language).text(in: .of(language)))
    }
  }
}

extension AnswerChange.Figure {
  /// Its name as programs read it: `limit`, `value.lines[2].part`.
  public var name: String {
    switch self {
    case .limit: "limit"
    case .used: "used"
    case .asked: "asked"
    case .headroom: "headroom"
    case .grade: "grade"
    case .points: "points"
    case .row(let name): "points.\(name)"
    case .value(let path): path.isEmpty || path.hasPrefix("[") ? "value\(path)" : "value.\(path)"
    }
  }
}
