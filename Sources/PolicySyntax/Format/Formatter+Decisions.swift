/// Decisions: a clause on one line if it was written on one and fits, else its tails on lines of their own.
import PolicySource

extension Formatter {
  /// `KIND name ["label"] [of TYPE] { clauses }`, or `value name ["label"] of TYPE = expression`.
  mutating func decision(_ tree: DecisionTree, until end: Int32) -> Layout {
    let head = decisionHead(tree, until: end)
    if kind == .equal, let clause = tree.clauses.first, case .gives(let value) = clause.kind {
      return .sequence(head, .space, take(), body(value))
    }
    guard kind == .leftBrace else { return head }
    return .sequence(head, .space, clauses(tree.clauses))
  }

  /// The head; a label behind the type moves before it.
  private mutating func decisionHead(_ tree: DecisionTree, until end: Int32) -> Layout {
    var head = [take(), .space, take()]
    var type = Layout.empty
    if let written = tree.type {
      var label = Layout.empty
      if kind == .text { label = .sequence(.space, take()) }
      type = .sequence(.space, run(until: written.range.upper))
      head.append(label)
    }
    if kind == .text { head.append(contentsOf: [.space, take()]) }
    head.append(type)
    return .sequence(head)
  }

  /// `{ clauses }`.
  mutating func clauses(_ trees: [ClauseTree]) -> Layout {
    let open = take()
    var lines: [Layout] = []
    var widths = PointsWidths(trees, self)
    for tree in trees {
      lines.append(startLine(first: lines.isEmpty))
      lines.append(clause(tree, &widths))
    }
    let dangling = startLine(first: lines.isEmpty)
    let close = take()
    if lines.isEmpty, dangling.isEmpty { return .sequence(open, close) }
    return .sequence(open, .indented(.sequence(lines + [dangling])), .hardLine(), close)
  }

  private mutating func clause(_ tree: ClauseTree, _ widths: inout PointsWidths) -> Layout {
    if case .points(_, let label, _, _) = tree.kind {
      return points(tree, hasLabel: label != nil, widths.next(tree))
    }
    if case .together(let members, _) = tree.kind, tokens[position + 1].kind == .leftBrace {
      let body = Layout.sequence(take(), .space, clauses(members))
      guard isBefore(tree.range.upper) else { return body }
      return .sequence(body, .space, run(until: tree.range.upper))
    }
    let expressions = Self.expressions(of: tree.kind) + Self.expressions(of: tree.tails)
    var pieces: [Piece] = []
    while isBefore(tree.range.upper) {
      var end = tree.range.upper
      for place in tokens[(position + 1)...] {
        if place.lower >= end { break }
        if tailStarts.contains(place.lower) { end = place.lower }
      }
      let (word, startsLine) = (raw.word, raw.startsLine)
      pieces.append(Piece(word, run(until: end, expressions), startsLine: startsLine))
    }
    return Self.layout(of: Self.inOrder(pieces, tree.kind))
  }

  /// `points name ["label"] = expression`, in columns with the ones next to it.
  private mutating func points(
    _ tree: ClauseTree, hasLabel: Bool, _ widths: (name: Int, label: Int)
  ) -> Layout {
    var parts = [take(), .space]
    let name = Layout.padding(widths.name - width(of: position))
    parts.append(contentsOf: [take(), name])
    if widths.label > 0 {
      let label = hasLabel ? take() : .empty
      parts.append(contentsOf: [.space, label, .padding(widths.label - label.width)])
    }
    let expressions = Self.expressions(of: tree.kind) + Self.expressions(of: tree.tails)
    parts.append(contentsOf: [.space, run(until: tree.range.upper, expressions)])
    return .sequence(parts)
  }

  // MARK: - What is in a clause

  /// The expressions of a clause's head.
  private static func expressions(of kind: ClauseTree.Kind) -> [ExpressionTree] {
    switch kind {
    case .appliesWhen(let one), .require(let one, _, _), .requireFields(let one, _),
      .requestedBy(let one), .start(let one), .atMost(let one), .used(let one), .asked(let one),
      .warnFrom(let one), .gives(let one):
      return [one]
    case .points(_, _, let one, let atMost): return [one, atMost].compactMap(\.self)
    case .duty(_, _, let by, let due, _): return [by, due].compactMap(\.self)
    case .step(let step): return expressions(of: step)
    case .climb(let climb): return [climb.amount] + expressions(of: climb.step)
    case .holdersFor(let scope, let upTo):
      return scope.map(\.fact) + [upTo].compactMap(\.self)
    case .copy(let posts), .notify(let posts), .file(let posts), .mayIntervene(let posts):
      return posts
    case .deny, .hold, .none, .give, .sign, .otherwise, .noBetterThan, .together,
      .distinctApprovers, .skipRepeats, .mayActOnOwnRequest:
      return []
    }
  }

  private static func expressions(of step: StepTree) -> [ExpressionTree] {
    var found = [step.by] + [step.delegate?.amount].compactMap { $0 }
    if case .to(_, let through?) = step.onRefusal { found.append(through) }
    switch step.deadline {
    case .within(let days, _, _, let escalate, _): found += [days] + [escalate].compactMap { $0 }
    case .due(let day): found.append(day)
    case nil: break
    }
    return found
  }

  /// The expressions of a clause's tails.
  private static func expressions(of tails: TailsTree) -> [ExpressionTree] {
    [
      tails.forEach?.list, tails.when, tails.clearedBy?.post, tails.clearedBy?.upTo?.bound,
      tails.clearedBy?.upTo?.of, tails.clearedBy?.days,
    ].compactMap { $0 }
  }

  // MARK: - Pieces of a clause

  /// The head of a clause or one of its tails.
  private struct Piece {
    let word: Word
    let layout: Layout
    var startsLine: Bool

    init(_ word: Word, _ layout: Layout, startsLine: Bool) {
      (self.word, self.layout, self.startsLine) = (word, layout, startsLine)
    }

    /// Whether it stands on a line of its own in every clause that takes several.
    var wantsLine: Bool {
      switch word {
      case .for, .cleared, .because, .source: return true
      default: return false
      }
    }
  }

  /// What a refusal does stands behind the act, what brings a duty about behind its post.
  private static func inOrder(_ pieces: [Piece], _ kind: ClauseTree.Kind) -> [Piece] {
    func isEarly(_ piece: Piece) -> Bool { piece.word == .on || piece.word == .always }
    let early = pieces.dropFirst().filter(isEarly)
    guard !early.isEmpty else { return pieces }
    var result = pieces.filter { !isEarly($0) || $0.startsLine && $0.word == pieces[0].word }
    switch kind {
    case .duty:
      guard let by = result.indices.dropFirst().first(where: { result[$0].word == .by }) else {
        return pieces
      }
      let whole = Layout.sequence(
        [result[by].layout] + early.flatMap { [.space, $0.layout] })
      result[by] = Piece(.by, whole, startsLine: result[by].startsLine)
    case .climb:
      let place = result.firstIndex { $0.word == .else }.map { $0 + 1 } ?? result.endIndex
      result.insert(contentsOf: early, at: place)
    case .step:
      let place = result.indices.dropFirst().first { result[$0].word != .other } ?? result.endIndex
      result.insert(contentsOf: early, at: place)
    default: return pieces
    }
    return result
  }

  private static func layout(of pieces: [Piece]) -> Layout {
    let isBroken = pieces.dropFirst().contains { $0.startsLine }
    let items = pieces.enumerated().map { index, piece in
      // A condition may stand behind the head, but not behind another tail.
      let wantsLine = piece.wantsLine || index > 1 && piece.word == .when
      return Layout.Item(
        layout: piece.layout,
        startsLine: index > 0 && isBroken && (piece.startsLine || wantsLine))
    }
    let fill = Layout.Fill(items: items, allOrNone: !isBroken, hangs: true)
    return .group(.fill(fill), broken: isBroken)
  }
}

/// How wide the names and labels of neighbouring `points` are.
struct PointsWidths {
  private var widths: [Int32: (name: Int, label: Int)] = [:]

  /// Looks through the clauses of a decision from the brace on.
  init(_ trees: [ClauseTree], _ formatter: Formatter) {
    var run: [(start: Int32, name: Int, label: Int)] = []
    var place = formatter.position
    for tree in trees {
      while formatter.tokens[place].lower < tree.range.lower { place += 1 }
      let isPoints: Bool
      if case .points = tree.kind { isPoints = true } else { isPoints = false }
      if !isPoints || formatter.isApart(place) { finish(&run) }
      guard case .points(_, let label, _, _) = tree.kind else { continue }
      run.append(
        (
          tree.range.lower, formatter.width(of: place + 1),
          label == nil ? 0 : formatter.width(of: place + 2)
        ))
    }
    finish(&run)
  }

  private mutating func finish(_ run: inout [(start: Int32, name: Int, label: Int)]) {
    let widest = (name: run.map(\.name).max() ?? 0, label: run.map(\.label).max() ?? 0)
    for line in run { widths[line.start] = widest }
    run = []
  }

  /// The widths that hold for a clause.
  func next(_ tree: ClauseTree) -> (name: Int, label: Int) {
    widths[tree.range.lower] ?? (0, 0)
  }
}
