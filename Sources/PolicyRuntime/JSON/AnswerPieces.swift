/// What a program knows of its answers beforehand, as JSON bytes: names, labels, acts and sources are escaped
/// once, when the program is made, and an answer copies them whole.

/// The pieces of the answers of a program, all in one run of bytes: a piece is no reference to count.
struct AnswerPieces: Sendable {
  /// A range of `bytes`.
  struct Piece: BitwiseCopyable, Sendable {
    var start: Int32 = 0
    var end: Int32 = 0
    /// Whether there is nothing in it.
    var isEmpty: Bool { start == end }
  }

  /// The pieces of one clause; those that its role does not have are empty.
  struct Clause: BitwiseCopyable, Sendable {
    /// Step: `{"step":"…","label":"…"`; reason: `{"code":"…","effect":"…"`; points: `{"name":"…",…"points":`;
    /// cap of a grade: `{"grade":"…"`; band: `,"band":{"grade":"…"`.
    var opening = Piece()
    /// Reason that is not known: `{"code":"…","effect":"hold","unknown":true`.
    var whileUnknown = Piece()
    /// Step: `,"act":"…","criteria":[…],"onRefusal":"…"`.
    var closing = Piece()
    /// Step whose turn it is: `{"step":"…"`.
    var turn = Piece()
    /// Step whose turn it is: `,"act":"…"`.
    var act = Piece()
    /// Step of which nothing depends on the request: all up to `because`.
    var step = Piece()
    /// The turn of such a step, whole.
    var wholeTurn = Piece()
    /// `,"at":"…","source":{…}`.
    var origin = Piece()
  }

  /// All of them.
  private(set) var bytes: [UInt8] = []
  /// For each bit of an outcome `{"decision":"…","outcome":"…","permitted":…,"reasons":[`: what begins the answer.
  private var openings: [Piece] = []
  /// For each clause its pieces.
  private(set) var clauses: [Clause] = []
  /// For each post `,"by":"…","byLabel":"…"`.
  private(set) var posts: [Piece] = []
  /// For each member of a grade `,"grade":"…","label":"…"`.
  private(set) var members: [Piece] = []
  /// `,"needs":[],"duties":[],"copies":[],"asOf":"`: the end of an answer from which nothing follows.
  private(set) var quiet = Piece()
  /// `","decisionId":"`.
  private(set) var decisionID = Piece()
  /// `],"cleared":[]`.
  private(set) var notCleared = Piece()
  /// `],"status":"open","next":[`.
  private(set) var next = Piece()
  /// `,"points":"`, `","rows":[` and `],"caps":[`.
  private(set) var grade = (points: Piece(), rows: Piece(), caps: Piece())
  /// Whether a cap of a grade binds only signatures: such answers have a list of them.
  private(set) var hasSigns = false

  /// No pieces yet.
  init() {}

  /// Renders the pieces of a program.
  init(_ program: Program) {
    var writer = AnswerWriter(explains: true)
    guard let plan = program.plans.last else { return }
    for bit in 0..<16 { openings.append(Self.opening(bit, program.name, plan.kind, &writer)) }
    for index in program.types.posts.indices {
      let start = writer.out.count
      Self.post(index, program, &writer)
      posts.append(Self.cut(&writer, from: start))
    }
    if plan.kind == .grade {
      for member in program.types.enumerations[plan.enumeration].members {
        let start = writer.out.count
        writer.put(",\"grade\":")
        writer.string(member.name)
        writer.put(",\"label\":")
        writer.string(member.label)
        members.append(Self.cut(&writer, from: start))
      }
    }
    for number in program.clauses.indices {
      clauses.append(Self.clause(number, program, &writer))
    }
    quiet = Self.cut(&writer, ",\"needs\":[],\"duties\":[],\"copies\":[],\"asOf\":\"")
    decisionID = Self.cut(&writer, "\",\"decisionId\":\"")
    notCleared = Self.cut(&writer, "],\"cleared\":[]")
    next = Self.cut(&writer, "],\"status\":\"open\",\"next\":[")
    grade.points = Self.cut(&writer, ",\"points\":\"")
    grade.rows = Self.cut(&writer, "\",\"rows\":[")
    grade.caps = Self.cut(&writer, "],\"caps\":[")
    hasSigns = plan.clauses.contains { program.clauses[$0].form == "sign" }
    writer.out.exchange(&bytes)
  }

  /// What begins an answer, up to its first reason or problem.
  @inline(__always)
  func opening(of outcome: Outcomes, _ status: Outcomes) -> Piece {
    let outcome = status == .approved ? status : outcome
    return openings[outcome.rawValue.trailingZeroBitCount & 15]
  }

  private static func opening(
    _ bit: Int, _ name: String, _ kind: Plan.Kind, _ writer: inout AnswerWriter
  ) -> Piece {
    let start = writer.out.count
    var answer = Answer()
    answer.status = Outcomes(rawValue: 1 << UInt64(bit))
    answer.outcome = answer.status == .approved ? .chain : answer.status
    writer.put("{\"decision\":\"")
    writer.escape(name)
    writer.put("\",\"outcome\":\"")
    writer.put(answer.outcome.word)
    writer.put("\"")
    switch kind {
    case .release, .approval, .limit, .check:
      writer.put(answer.permitted ? ",\"permitted\":true" : ",\"permitted\":false")
    case .grade, .value: break
    }
    if answer.outcome != .notApplicable {
      switch kind {
      case .release: writer.put(",\"reasons\":[")
      case .approval, .check: writer.put(",\"problems\":[")
      case .limit, .grade, .value: break
      }
    }
    return cut(&writer, from: start)
  }

  /// Words that are written as they stand.
  private static func cut(_ writer: inout AnswerWriter, _ words: String) -> Piece {
    let start = writer.out.count
    writer.put(words)
    return cut(&writer, from: start)
  }

  /// The piece that was written since a start.
  private static func cut(_ writer: inout AnswerWriter, from start: Int) -> Piece {
    Piece(
      start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: writer.out.count))
  }

  private static func clause(
    _ number: Int, _ program: Program, _ writer: inout AnswerWriter
  ) -> Clause {
    let clause = program.clauses[number]
    var pieces = Clause()
    var start = writer.out.count
    switch clause.role {
    case .step:
      step(clause, &writer, &pieces)
      wholeStep(clause, program, &writer, &pieces)
    case .deny, .hold, .problem:
      writer.put("{\"code\":")
      writer.string(clause.code)
      switch clause.role {
      case .problem: writer.put(",\"effect\":\"invalid\"")
      case .deny: writer.put(",\"effect\":\"deny\"")
      default: writer.put(",\"effect\":\"hold\"")
      }
      pieces.opening = cut(&writer, from: start)
      start = writer.out.count
      writer.put("{\"code\":")
      writer.string(clause.code)
      writer.put(",\"effect\":\"hold\",\"unknown\":true")
      pieces.whileUnknown = cut(&writer, from: start)
    case .points:
      writer.put("{\"name\":")
      writer.string(clause.code)
      if !clause.label.isEmpty {
        writer.put(",\"label\":")
        writer.string(clause.label)
      }
      writer.put(",\"points\":")
      pieces.opening = cut(&writer, from: start)
    case .band, .gradeCap:
      let enumeration = program.plans[clause.plan].enumeration
      let member = program.types.enumerations[enumeration].members[clause.member]
      writer.put(clause.role == .band ? ",\"band\":{\"grade\":" : "{\"grade\":")
      writer.string(member.name)
      pieces.opening = cut(&writer, from: start)
    case .cap, .duty, .copy: break
    }
    start = writer.out.count
    writer.origin(clause.site, clause.document, clause.documentClause, program)
    pieces.origin = cut(&writer, from: start)
    return pieces
  }

  private static func step(
    _ clause: ClausePlan, _ writer: inout AnswerWriter, _ pieces: inout Clause
  ) {
    var start = writer.out.count
    writer.put("{\"step\":")
    writer.string(clause.code)
    // The turn of a step begins as the step does.
    pieces.turn = cut(&writer, from: start)
    if !clause.label.isEmpty {
      writer.put(",\"label\":")
      writer.string(clause.label)
    }
    pieces.opening = cut(&writer, from: start)
    start = writer.out.count
    writer.put(",\"act\":")
    writer.string(clause.act)
    pieces.act = cut(&writer, from: start)
    start = writer.out.count
    acting(clause, &writer)
    pieces.closing = cut(&writer, from: start)
  }

  /// The same in one piece, of a step whose post is fixed and that has no deadline.
  private static func wholeStep(
    _ clause: ClausePlan, _ program: Program, _ writer: inout AnswerWriter,
    _ pieces: inout Clause
  ) {
    guard clause.hasFixedPost, clause.through < 0, clause.withinDays < 0, clause.escalate < 0,
      clause.due < 0
    else { return }
    var start = writer.out.count
    writer.put("{\"step\":")
    writer.string(clause.code)
    if !clause.label.isEmpty {
      writer.put(",\"label\":")
      writer.string(clause.label)
    }
    post(program.blank[clause.by].index, program, &writer)
    acting(clause, &writer)
    if clause.whileUnchanged { writer.put(",\"whileUnchanged\":true") }
    pieces.step = cut(&writer, from: start)
    start = writer.out.count
    writer.put("{\"step\":")
    writer.string(clause.code)
    post(program.blank[clause.by].index, program, &writer)
    writer.put(",\"act\":")
    writer.string(clause.act)
    writer.put("}")
    pieces.wholeTurn = cut(&writer, from: start)
  }

  private static func post(_ index: Int, _ program: Program, _ writer: inout AnswerWriter) {
    writer.put(",\"by\":")
    writer.string(program.types.posts[index].name)
    writer.put(",\"byLabel\":")
    writer.string(program.types.posts[index].label)
  }

  /// The act of a step, its criteria and what follows a refusal.
  private static func acting(_ clause: ClausePlan, _ writer: inout AnswerWriter) {
    writer.put(",\"act\":")
    writer.string(clause.act)
    writer.put(",\"criteria\":[")
    var first = true
    for criterion in clause.criteria {
      writer.separate(&first)
      writer.string(criterion)
    }
    writer.put("]")
    if !clause.onRefusal.isEmpty {
      writer.put(",\"onRefusal\":")
      writer.string(clause.onRefusal)
    }
  }
}

extension Program {
  /// Renders what answers say of the program; the last step of making one.
  public mutating func renderAnswers() { pieces = AnswerPieces(self) }
}

extension AnswerWriter {
  /// Where a clause stands, in the policy and in its source.
  mutating func origin(
    _ site: Int, _ document: String, _ documentClause: String, _ program: Program
  ) {
    guard program.sites.indices.contains(site) else { return }
    put(",\"at\":")
    string(program.sites[site].place)
    guard !document.isEmpty || !documentClause.isEmpty else { return }
    put(",\"source\":{")
    if !document.isEmpty {
      put("\"document\":")
      string(document)
    }
    if !documentClause.isEmpty {
      put(document.isEmpty ? "\"clause\":" : ",\"clause\":")
      string(documentClause)
    }
    put("}")
  }

  /// Appends a piece of the program.
  @inline(__always)
  mutating func put(_ piece: AnswerPieces.Piece, _ program: Program) {
    out.append(program.pieces.bytes.span.extracting(Int(piece.start)..<Int(piece.end)))
  }
}
