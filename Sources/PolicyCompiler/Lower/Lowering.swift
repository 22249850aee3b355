/// Lowering: from a decision of the typed tree to a program that the machine runs.
public import PolicyRuntime
public import PolicySource

/// Lowers decisions.
public enum Lowering {
  /// Instructions of one code that a decision may have; definitions that expand beyond it do not compile.
  public static let instructionLimit = 2_000_000

  /// Compiles one decision of a checked set; the only diagnostics are that it is too large or too costly.
  public static func lower(_ decision: Reference, in set: TypedSet) -> (Program, DiagnosticList) {
    let builder = ProgramBuilder(set, main: decision)
    builder.build()
    var diagnostics = DiagnosticList()
    if builder.tooLarge {
      let main = set.policies[decision.policy].decisions[decision.index]
      diagnostics.add(LoweringMessages.decisionTooLarge(main.name, at: main.range))
    } else {
      builder.countCost()
      if builder.program.cost.steps > ProgramCost.limit {
        diagnostics.add(LoweringMessages.tooCostly(builder.program))
      }
    }
    return (builder.program, diagnostics)
  }
}

extension Lowering {
  /// The policies that must be in force for a decision: its own first, then those of the decisions,
  /// parameters, tables, definitions, calendars and rates that it uses.
  public static func policies(of decision: Reference, in set: TypedSet) -> [Int] {
    var collector = UseCollector(set)
    collector.visit(decision)
    return collector.touched
  }
}

/// The words of this stage.
enum LoweringMessages {
  /// `` `lines` (up to 500 items) inside of `orders` (up to 1000 items) ``.
  private static func words(_ loops: [ProgramCost.Loop]) -> Phrase {
    var words: Phrase?
    for loop in loops.reversed() {
      let list: Phrase = loop.list.isEmpty ? "a list" : "`\(loop.list)`"
      let bounded: Phrase = "\(list) (up to \(RequestMessages.count(loop.items)) items)"
      words = words.map { inner in "\(inner) inside of \(bounded)" } ?? bounded
    }
    return words ?? ""
  }

  static func tooCostly(_ program: Program) -> Diagnostic {
    let part = program.cost.parts[0]
    let name = program.name.split(separator: ".").last.map(String.init) ?? program.name
    let range = program.sites[part.site].range
    return Diagnostic(
      "too-costly", .error,
      """
      `\(name)` may take \(RequestMessages.count(program.cost.steps)) steps; at most \
      \(RequestMessages.count(ProgramCost.limit)) are allowed
      """,
      at: range,
      notes: part.loops.isEmpty
        ? [] : [Diagnostic.Note("this goes over \(words(part.loops))", at: nil)],
      help: part.loops.isEmpty
        ? "smaller tables, or definitions that are used less often, cost less"
        : "declare how many items the lists can have: `List of Line up to 500`")
  }

  static func decisionTooLarge(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "decision-too-large", .error,
      "`\(name)` expands to more than \(Lowering.instructionLimit) instructions", at: range,
      help:
        "definitions with arguments are copied where they are used: "
        + "use fewer of them inside each other"
    )
  }
}

/// What a variable stands for while its scope is lowered.
enum Binding {
  /// An item of a list: its block of slots, and the schema nodes that items may come from.
  case item(block: Int, nodes: [Int])
  /// A scalar argument in a slot.
  case slot(Int)
  /// An argument that is a record or list: lowered where it is used, in the scope of the caller.
  case expression(TypedExpression, [Int: Binding])
}

/// The state of lowering one decision; extensions hold the parts by subject.
final class ProgramBuilder {
  let set: TypedSet
  let main: Reference
  var program = Program()
  /// The decisions in order of evaluation, and their plans.
  var order: [Reference] = []
  var planOf: [Reference: Int] = [:]
  /// The fields that have a slot; nil when all have one.
  var readFields: Set<RecordField>?
  /// The schema node of each input, by name.
  var inputNodes: [String: Int] = [:]
  /// The slot of each constant.
  var constantSlots: [Constant: Int] = [:]
  var literals: [String] = []
  /// By bytes, not by `String`, for which canonically equivalent texts are equal.
  var literalSlots: [[UInt8]: Slot] = [:]
  var textSlots: [[UInt8]: Int] = [:]
  var parameterSlots: [Reference: Int] = [:]
  var tableNumbers: [Reference: Int] = [:]
  var calendarNumbers: [Reference: Int] = [:]
  var rateNumbers: [Reference: Int] = [:]
  /// The index in `Schema.enumerations` of each enumeration of the set.
  var enumerationNumbers: [Int: Int] = [:]
  /// The nodes of lists that are made on the way, by the type of their items.
  var shapes: [ValueType: Int] = [:]
  var siteNumbers: [SourceRange: Int] = [:]
  var bitSetNumbers: [UInt64: Int] = [:]
  /// Definitions without arguments whose value stands in a slot: of the straight and the careful code.
  var straightMemo: [Reference: Int] = [:]
  var carefulMemo: [Reference: Int] = [:]
  /// Where the careful code has put each aggregate last, for traces.
  var aggregateSlots: [SourceRange: Int] = [:]
  /// The slot of the list of a `for each` clause, where it is not a fact.
  var chosenLists: [Int: Int] = [:]
  /// Whether careful code may use `carefulMemo`: not in the holes of texts, which run on their own.
  var memoizes = true
  /// The plan being lowered and its place, for traps without one of their own.
  var plan = 0
  var site = 0
  /// The position of the last label in the straight code: what stands before it may be jumped over.
  var lastLabel = 0
  /// Stretches of the careful code that belong to no clause, with their places.
  var costMarks: [(code: Range<Int>, site: Int)] = []
  var tooLarge = false
  /// What cases are to show, where it is asked for.
  var coverage: CoverageNotes?
  /// What is made of a secret; nil when nothing of the inputs is marked so.
  lazy var secrets = program.schema.holdsSecrets ? SecretFlow(set) : nil

  init(_ set: TypedSet, main: Reference) {
    self.set = set
    self.main = main
  }

  func build() {
    let policy = set.policies[main.policy]
    let decision = policy.decisions[main.index]
    program.name = "\(policy.name).\(decision.name)"
    program.label = decision.label
    program.types = set.types
    let uses = collectUses()
    for index in uses.touched {
      let used = set.policies[index]
      program.requirements.append(
        Program.Requirement(
          policy: used.name, from: used.effectiveFrom, until: used.effectiveUntil))
    }
    program.effectiveFrom = program.requirements.compactMap(\.from).max()
    program.effectiveUntil = program.requirements.compactMap(\.until).min()
    order = uses.decisions
    for (index, reference) in order.enumerated() { planOf[reference] = index }
    if !uses.takesWholeRecords { readFields = uses.fields }
    layOutInputs(uses.policies, referenced: uses.inputs)
    program.todaySlot = temporary()
    program.asOfSlot = temporary()
    for reference in order { lowerPlan(reference) }
    program.straight.append(Instruction(.stop))
    fuse()
    program.carefulEnd = program.careful.count
    lowerTemplates()
    finishSchema()
    program.schema.literals = SymbolTable(literals)
    if program.blankCurrencies.count < program.blank.count {
      program.blankCurrencies.append(
        contentsOf: repeatElement(1, count: program.blank.count - program.blankCurrencies.count))
    }
    program.renderAnswers()
  }

  /// The templates to lower at the end, with the scope that their holes see.
  var pendingTemplates: [(index: Int, text: TypedText, scope: [Int: Binding], plan: Int)] = []

  /// The conditions of several `applies when` of the decision that is asked, to lower at the end.
  var pendingScopes: [TypedExpression] = []

  // MARK: Slots

  /// A new work slot.
  func temporary() -> Int {
    program.blank.append(Slot(bits: 0))
    return program.blank.count - 1
  }

  /// A new run of work slots.
  func temporaries(_ count: Int) -> Int {
    let first = program.blank.count
    for _ in 0..<count { program.blank.append(Slot(bits: 0)) }
    return first
  }

  /// The slot of a constant.
  func slot(of constant: Constant) -> Int {
    switch constant {
    case .text(let text), .person(let text):
      let bytes = Array(text.utf8)
      if let known = textSlots[bytes] { return known }
      let slot = temporary()
      program.blank[slot] = literal(text)
      textSlots[bytes] = slot
      return slot
    default: break
    }
    if let known = constantSlots[constant] { return known }
    let slot = temporary()
    let (value, currency) = encode(constant)
    program.blank[slot] = value
    setCurrency(currency, of: slot)
    constantSlots[constant] = slot
    return slot
  }

  /// The slot of a whole number of units as it is: -1 for "no row", day counts.
  func slot(ofRaw value: Int) -> Int {
    slot(of: .number(Decimal(units: Int128(value))))
  }

  /// Remembers that the constant of a slot is not an amount in the main currency.
  private func setCurrency(_ currency: UInt16, of slot: Int) {
    guard currency != 1 else { return }
    while program.blankCurrencies.count <= slot { program.blankCurrencies.append(1) }
    program.blankCurrencies[slot] = currency
    if currency > 1 { program.tracksCurrencies = true }
  }

  /// The bits of a constant, and its currency.
  func encode(_ constant: Constant) -> (Slot, UInt16) {
    switch constant {
    case .bool(let value): (Slot(value), 1)
    case .number(let value), .percent(let value): (Slot(value), 1)
    case .money(let value, let currency): (Slot(value), currency.map(self.currency) ?? 0)
    case .date(let day): (Slot(index: day.number), 1)
    case .month(let month): (Slot(index: month.number), 1)
    case .time(let time): (Slot(index: time.minutes), 1)
    case .post(let index), .member(_, let index): (Slot(index: index), 1)
    case .text(let text), .person(let text): (literal(text), 1)
    }
  }

  /// The number of a currency; a new one is added.
  func currency(_ code: String) -> UInt16 {
    if let known = program.schema.currencies.firstIndex(of: code) { return UInt16(known) }
    program.schema.currencies.append(code)
    return UInt16(program.schema.currencies.count - 1)
  }

  /// A text constant with its number among the literals; equal texts are one slot.
  func literal(_ text: String) -> Slot {
    let bytes = Array(text.utf8)
    if let known = literalSlots[bytes] { return known }
    let slot = Slot(
      text: program.texts.count, length: bytes.count, home: .program, literal: literals.count + 1)
    program.texts.append(contentsOf: bytes)
    literals.append(text)
    literalSlots[bytes] = slot
    return slot
  }

  /// The number of a bit set.
  func bitSet(_ bits: UInt64) -> Int {
    if let known = bitSetNumbers[bits] { return known }
    program.bitSets.append(bits)
    bitSetNumbers[bits] = program.bitSets.count - 1
    return program.bitSets.count - 1
  }

  /// The number of a place.
  func site(_ range: SourceRange) -> Int {
    if let known = siteNumbers[range] { return known }
    program.sites.append(
      Program.Site(
        range: range, place: set.files.place(of: range),
        text: Self.line(set.files[range.file].text(in: range))))
    siteNumbers[range] = program.sites.count - 1
    return program.sites.count - 1
  }

  /// Words on one line, shortened to 120 characters.
  private static func line(_ words: String) -> String {
    // Most stand so already, which bytes tell; to count characters is slow.
    var (previous, isLine) = (UInt8(0x20), words.utf8.count <= 120)
    for byte in words.utf8 {
      if byte < 0x20 || byte >= 0x7F || byte == 0x20 && previous == 0x20 { isLine = false }
      previous = byte
    }
    if isLine && previous != 0x20 { return words }
    let line = words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count > 120 ? line.prefix(119) + "…" : line
  }

  /// The slot of a parameter; one whose value changes is filled in when a request comes.
  func slot(ofParameter reference: Reference) -> Int {
    if let known = parameterSlots[reference] { return known }
    let parameter = set.policies[reference.policy].parameters[reference.index]
    let slot: Int
    if parameter.values.count == 1, parameter.values[0].from == nil {
      slot = self.slot(of: parameter.values[0].constant)
    } else {
      slot = temporary()
      var values: [(from: Day, value: Slot)] = []
      var currencies: [UInt16] = []
      for value in parameter.values {
        let (encoded, currency) = encode(value.constant)
        if currency > 1 { program.tracksCurrencies = true }
        currencies.append(currency)
        values.append((from: value.from ?? .first, value: encoded))
      }
      program.datedParameters.append(
        Program.DatedParameter(
          slot: slot, values: values, currencies: currencies, site: site(parameter.range)))
    }
    parameterSlots[reference] = slot
    return slot
  }

  /// How a slot of a type is read.
  func form(of type: ValueType) -> SlotForm {
    switch type.unwrapped {
    case .bool: .bool
    case .number: .number
    case .money: .money
    case .percent: .percent
    case .text, .person: .text
    case .date: .date
    case .month: .month
    case .time: .time
    case .post: .post
    case .enumeration(let id): .member(id.index)
    case .record, .list, .optional: .list
    }
  }
}
