/// One thread's part of a replay: it decides the requests of its pieces anew and compares the answers.
internal import DecisionLog
internal import PolicyEngine
internal import PolicyRuntime
internal import PolicySource

/// What a piece of the log gave.
struct ReplayedPiece: Sendable {
  let piece: LogPiece
  let chain: LogPieceChain
  var tally: ReplayTally
  var listed: [ReplayedChange]
  /// What is counted by keys.
  var prices: ReplayPricing.Prices
}

/// Reads pieces, decides and compares; owns the working memory, so one per thread.
final class ReplayWorker {
  private let options: ReplayOptions
  private let amounts: [String: RequestAmount.Choice]
  private let evaluator: Evaluator
  private let baseline: Evaluator?
  private let wanted: [UInt8]?
  /// The names of the decisions of the set, and how many requests for each this piece has.
  private let names: [String]
  private var replayed: [Int]
  private var answer: [UInt8] = []
  private var before: [UInt8] = []
  private var essences: ([UInt8], [UInt8]) = ([], [])
  private var tally = ReplayTally()
  private var listed: [ReplayedChange] = []
  private var prices = ReplayPricing.Prices()
  /// What gives requests their keys; nil when they are decided.
  var key: ((Span<UInt8>, Span<UInt8>, Day) -> String?)?

  init(_ set: PolicySet, _ options: ReplayOptions, _ amounts: [String: RequestAmount.Choice]) {
    self.options = options
    self.amounts = amounts
    evaluator = Evaluator(set)
    baseline = if case .set(let old) = options.baseline { Evaluator(old) } else { nil }
    wanted = options.decision.map { Array($0.utf8) }
    names = set.decisionNames
    replayed = Array(repeating: 0, count: names.count)
  }

  /// Replays a piece.
  func replay(_ buffer: [UInt8], _ piece: LogPiece) -> ReplayedPiece {
    tally = ReplayTally()
    listed = []
    prices = [:]
    let chain = piece.read(buffer, verifies: options.verifies) { line, record in
      if record.isDecision { take(line, record) }
    }
    for (number, count) in replayed.enumerated() where count > 0 {
      tally.replayed[names[number]] = count
      replayed[number] = 0
    }
    return ReplayedPiece(piece: piece, chain: chain, tally: tally, listed: listed, prices: prices)
  }

  private func take(_ line: Span<UInt8>, _ record: LogLine) {
    if let since = options.since, record.time < since { return }
    if let until = options.until, until < record.time { return }
    guard let found = DecisionRecord(line, record) else {
      tally.decisions += 1
      return hinder(.damaged, "", record)
    }
    let name = line.extracting(found.decision)
    guard wants(name) else { return }
    tally.decisions += 1
    guard found.status == 200 || found.status == 422 else {
      return hinder(.refused(found.status), text(name), record)
    }
    guard let request = found.request else { return hinder(.notRecorded, text(name), record) }
    if found.hasMasked { return hinder(.masked, text(name), record) }
    decide(
      Recorded(line: record, request: request, answer: found.answer, requestID: found.requestID),
      line, name)
  }

  /// Whether a decision is asked for: by its name, or by that of its policy.
  private func wants(_ name: Span<UInt8>) -> Bool {
    guard let wanted else { return true }
    guard name.count >= wanted.count, name.spells(wanted, 0..<wanted.count) else { return false }
    return name.count == wanted.count || name[wanted.count] == UInt8(ascii: ".")
  }

  /// Where the parts of a recorded decision stand in its line.
  private struct Recorded {
    let line: LogLine
    let request: Range<Int>
    let answer: Range<Int>
    let requestID: Range<Int>
  }

  private func decide(_ recorded: Recorded, _ line: Span<UInt8>, _ name: Span<UInt8>) {
    let request = line.extracting(recorded.request)
    let id = line.extracting(recorded.requestID)
    let stood = line.extracting(recorded.answer)
    let place = AnswerEnd.placeOfDigest(stood, recorded.requestID)
    let day = self.day(stood, place, request, recorded.line.time)
    if let key {
      guard let key = key(name, request, day) else { return }
      let amounts = amounts(of: request, text(name))
      return prices[key, default: ReplayCount()].add(recorded.line.number, amounts)
    }
    let number = evaluator.number(of: name)
    guard number >= 0 else { return hinder(.decisionGone, text(name), recorded.line) }
    answer.removeAll(keepingCapacity: true)
    let status = evaluator.decide(
      number, named: name, body: request, requestID: id, today: day, into: &answer
    ).status
    if let obstacle = obstacle(status, answer) {
      return hinder(obstacle, text(name), recorded.line)
    }
    guard let baseline else {
      return compare(stood, place, number, recorded, line, day)
    }
    before.removeAll(keepingCapacity: true)
    let old = baseline.decide(
      decision: name, body: request, requestID: id, today: day, into: &before)
    if let obstacle = obstacle(old, before) {
      return hinder(obstacle, text(name), recorded.line)
    }
    let answer = before
    compare(
      answer.span, AnswerEnd.placeOfDigest(answer.span, recorded.requestID), number, recorded, line,
      day)
  }

  /// The day that counted: answer or request say it, else the time of the record.
  private func day(
    _ answer: Span<UInt8>, _ place: Int?, _ request: Span<UInt8>, _ time: LogTime
  ) -> Day {
    if let place, let day = AnswerEnd.day(answer, placeOfDigest: place) { return day }
    if let day = RequestReader.asOf(of: request) { return day }
    if let text = tree(answer)?["asOf"]?.word, let day = Day(text: text.utf8) { return day }
    tally.derivedDays += 1
    return options.day(time)
  }

  private func compare(
    _ old: Span<UInt8>, _ place: Int?, _ number: Int, _ recorded: Recorded, _ line: Span<UInt8>,
    _ day: Day
  ) {
    replayed[number] += 1
    if isSame(old, place) {
      tally.same += 1
      return
    }
    guard let from = tree(old), let to = JSONTree(parsing: answer) else {
      replayed[number] -= 1
      return hinder(.damaged, names[number], recorded.line)
    }
    let change = AnswerChange(from: from, to: to)
    if change.isEmpty {
      tally.same += 1
      return
    }
    let amounts = amounts(of: line.extracting(recorded.request), names[number])
    let kind = ReplayKind(decision: names[number], change: change.kind)
    tally.add(kind, recorded.line.number, amounts)
    guard listed.count < options.limit else { return }
    listed.append(
      ReplayedChange(
        number: recorded.line.number, time: recorded.line.time, day: day,
        requestID: text(line.extracting(recorded.requestID)), decision: names[number],
        change: change, amounts: amounts))
  }

  /// The money of a request; nil when it is not known which it is.
  private func amounts(of request: Span<UInt8>, _ decision: String) -> [MoneyAmount]? {
    guard let amount = amounts[decision]?.amount else { return nil }
    return tree(request).flatMap(amount.amounts)
  }

  /// Whether the bytes show that nothing changed.
  private func isSame(_ old: Span<UInt8>, _ place: Int?) -> Bool {
    if let place, AnswerEnd.isSame(old, answer.span, placeOfDigest: place) { return true }
    essences.0.removeAll(keepingCapacity: true)
    essences.1.removeAll(keepingCapacity: true)
    AnswerEssence.append(old, to: &essences.0)
    AnswerEssence.append(answer.span, to: &essences.1)
    return essences.0 == essences.1
  }

  /// Why an answer is none; nil for an answer and for a problem that the policy has computed.
  private func obstacle(_ status: Int, _ answer: [UInt8]) -> ReplayObstacle? {
    if status == 200 || status == 422 { return nil }
    if status == 404 { return .decisionGone }
    let problem = JSONTree(parsing: answer)
    let steps = (problem?["pointer"]?.word ?? "").split(
      separator: "/", omittingEmptySubsequences: false)
    return .unreadable(
      code: problem?["code"]?.word ?? "",
      pointer: steps.map { Int($0) == nil ? String($0) : "*" }.joined(separator: "/"))
  }

  private func hinder(_ obstacle: ReplayObstacle, _ decision: String, _ record: LogLine) {
    tally.add(ReplayHindrance(decision: decision, obstacle: obstacle), record.number)
  }

  private func tree(_ span: Span<UInt8>) -> JSONTree? {
    var bytes: [UInt8] = []
    bytes.append(span, span.indices)
    return JSONTree(parsing: bytes)
  }

  private func text(_ span: Span<UInt8>) -> String {
    var bytes: [UInt8] = []
    bytes.append(span, span.indices)
    return String(decoding: bytes, as: UTF8.self)
  }
}
