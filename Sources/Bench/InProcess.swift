/// Decisions in this process: every answer checked, then timed.
import PolicyEngine
import PolicyRuntime

/// Requests behind one another in memory, and where each lies: spans of them cost no count of owners.
struct RequestTexts {
  private(set) var bytes: [UInt8] = []
  private(set) var places: [Range<Int>] = []

  init(_ bodies: [[UInt8]]) {
    for body in bodies {
      places.append(bytes.count..<bytes.count + body.count)
      bytes += body
    }
  }
}

/// The facts of the requests of a question, read once: what is left is the decision itself.
struct PreparedRequests: ~Copyable {
  private let program: Program
  private let today: Day
  private var facts: [Slot] = []
  /// Where the facts and the text of each request lie.
  private var places: [(facts: Range<Int>, body: Range<Int>)] = []
  private var frame: Frame

  /// Nil when a request carries more than plain known facts.
  init?(_ program: Program, _ texts: RequestTexts, today: Day) throws(RequestProblem) {
    self.program = program
    self.today = today
    frame = Frame(program)
    let bytes = texts.bytes.span
    for place in texts.places {
      _ = try RequestReader.read(bytes.extracting(place), program, into: &frame, asOf: today)
      guard let read = frame.facts(program) else { return nil }
      places.append((facts.count..<facts.count + read.count, place))
      facts += read
    }
  }

  /// Decides every request once.
  mutating func run(_ texts: RequestTexts) {
    Self.run(program, facts, places, &frame, today, texts)
  }

  private static func run(
    _ program: Program, _ facts: [Slot], _ places: [(facts: Range<Int>, body: Range<Int>)],
    _ frame: inout Frame, _ today: Day, _ texts: RequestTexts
  ) {
    let bytes = texts.bytes.span
    let facts = facts.span
    for place in places {
      Machine.run(
        program, &frame, facts: facts.extracting(place.facts), asOf: today, today: today,
        body: bytes.extracting(place.body))
    }
  }

  /// Decides one request and gives the answer as JSON.
  mutating func answer(
    _ index: Int, _ texts: RequestTexts, _ explain: Workload.Explain
  ) -> [UInt8] {
    var options = RequestOptions()
    var seal = AnswerSeal(digest: "")
    options.explain = explain == .none ? .none : .reasons
    var out: [UInt8] = []
    let none: [UInt8] = []
    let body = texts.bytes.span.extracting(texts.places[index])
    let facts = facts
    Machine.run(
      program, &frame, facts: facts.span.extracting(places[index].facts), asOf: today, today: today,
      body: body)
    AnswerWriter.write(
      program, &frame, body: body, options: options, seal: &seal,
      requestID: none.span, decisionID: none.span, into: &out)
    return out
  }
}

/// What was measured of one question, in nanoseconds per decision.
struct Figures {
  let question: Question
  var prepared = 0.0
  var reading = 0.0
  var json = 0.0
  var reasons = 0.0
  /// How often a decision asks for memory: prepared, from JSON, and with reasons.
  var allocations: [Double] = []
}

/// A question put to a set.
struct Asking {
  let question: Question
  let workload: Workload
  let set: PolicySet
  let program: Program
  let today: Day

  init(
    _ question: Question, _ workload: Workload, _ set: PolicySet, today: Day
  ) throws(Bench.Failure) {
    guard let program = set.program(named: question.decision) else {
      throw Bench.Failure(text: "the set has no decision \(question.decision)")
    }
    self.question = question
    self.workload = workload
    self.set = set
    self.program = program
    self.today = today
  }

  /// Checks every answer of both ways, then times them.
  func measure(_ watch: Stopwatch) throws(Bench.Failure) -> Figures {
    try checkPrepared()
    for explain in Workload.Explain.allCases { try checkJSON(explain) }
    var figures = Figures(question: question)
    let count = workload.requests.count
    let texts = RequestTexts(workload.bodies(.none))
    var prepared = try prepare(texts)
    let (plain, explaining) = (decider(.none), decider(.reasons))
    figures.prepared = watch.median(of: count) { prepared.run(texts) }
    figures.reading = watch.median(of: count, reader())
    figures.json = watch.median(of: count, plain)
    figures.reasons = watch.median(of: count, explaining)
    figures.allocations = [
      watch.allocations(of: count) { prepared.run(texts) },
      watch.allocations(of: count, plain), watch.allocations(of: count, explaining),
    ]
    return figures
  }

  /// Passes without timing, for a profiler.
  func repeatPasses(_ passes: Int, _ mode: String) throws(Bench.Failure) {
    let texts = RequestTexts(workload.bodies(.none))
    var prepared = try prepare(texts)
    let pass: () -> Void
    switch mode {
    case "code":
      for (index, i) in program.straight.enumerated() {
        print(index, i.operation, "a", i.a, "b", i.b, "c", i.c, "mask", i.mask, "->", i.target)
      }
      return
    case "read": pass = reader()
    case "json": pass = decider(.none)
    case "reasons": pass = decider(.reasons)
    default:
      for _ in 0..<passes { prepared.run(texts) }
      return
    }
    for _ in 0..<passes { pass() }
  }

  private func prepare(_ texts: RequestTexts) throws(Bench.Failure) -> PreparedRequests {
    do throws(RequestProblem) {
      if let prepared = try PreparedRequests(program, texts, today: today) { return prepared }
    } catch {
      throw Bench.Failure(text: "\(question.name): a request cannot be read: \(error)")
    }
    throw Bench.Failure(text: "\(question.name): a request states not every fact plainly")
  }

  /// A pass that reads every request.
  private func reader() -> () -> Void {
    let bodies = workload.bodies(.none)
    let (program, today) = (program, today)
    var frame = Frame(program)
    return {
      for body in bodies {
        do throws(RequestProblem) {
          _ = try RequestReader.read(body.span, program, into: &frame, asOf: today)
        } catch {
          fatalError("a request that was read before cannot be read: \(error)")
        }
      }
    }
  }

  /// A pass from JSON text to JSON text over every request.
  private func decider(_ explain: Workload.Explain) -> () -> Void {
    let bodies = workload.bodies(explain)
    let evaluator = Evaluator(set)
    let name = Array(question.decision.utf8)
    let id = Array("bench".utf8)
    let today = today
    var out: [UInt8] = []
    return {
      for body in bodies {
        out.removeAll(keepingCapacity: true)
        _ = evaluator.decide(
          decision: name.span, body: body.span, requestID: id.span, today: today, into: &out)
      }
    }
  }

  /// From prepared input, twice: a frame must give the same answer when it is run again.
  private func checkPrepared() throws(Bench.Failure) {
    let texts = RequestTexts(workload.bodies(.none))
    var prepared = try prepare(texts)
    for _ in 1...2 {
      for index in workload.requests.indices {
        for explain in Workload.Explain.allCases {
          try check(prepared.answer(index, texts, explain), index, "prepared, explain \(explain)")
        }
      }
    }
  }

  private func checkJSON(_ explain: Workload.Explain) throws(Bench.Failure) {
    let evaluator = Evaluator(set)
    let name = Array(question.decision.utf8)
    let id = Array("bench".utf8)
    for (index, body) in workload.bodies(explain).enumerated() {
      var out: [UInt8] = []
      let status = evaluator.decide(
        decision: name.span, body: body.span, requestID: id.span, today: today, into: &out)
      guard status == 200 else {
        let whole = String(decoding: out, as: UTF8.self)
        throw Bench.Failure(
          text: "\(question.name), request \(index): status \(status)\n  \(whole)")
      }
      try check(out, index, "JSON, explain \(explain)")
    }
  }

  private func check(
    _ answer: [UInt8], _ index: Int, _ way: String
  ) throws(Bench.Failure) {
    guard let fault = question.fault(answer, workload.expected[index]) else { return }
    throw Bench.Failure(text: "\(question.name), request \(index) (\(way)): \(fault)")
  }
}
