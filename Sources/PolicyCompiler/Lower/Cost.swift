/// Counting the worst case of a program: every instruction once, what stands in loops as often as lists allow.
///
/// A list has as many items as its type or the door of requests lets in, and all lists together no more than
/// the door lets in: so a loop over `invoice.lines` within one over `invoices` goes over all lines once.
import PolicyRuntime

/// Counts the steps of a finished program.
struct CostCounter {
  let program: Program
  /// Stretches of the careful code that belong to no clause, with their places.
  let marks: [(code: Range<Int>, site: Int)]
  /// The bytes of each slot that is a text constant.
  let constants: [Int: Int]
  private var shares: [Int: Share] = [:]

  /// What one clause takes.
  private struct Share {
    var steps = 0
    var most = 0
    var loops: [ProgramCost.Loop] = []
  }

  /// The loops around a place.
  private struct Nest {
    /// How often the place is passed.
    var times = 1
    /// The slots of the items.
    var blocks: [(slots: Range<Int>, times: Int)] = []
    var loops: [ProgramCost.Loop] = []
  }

  init(_ program: Program, marks: [(code: Range<Int>, site: Int)], constants: [Int: Int]) {
    self.program = program
    self.marks = marks
    self.constants = constants
  }

  /// The whole worst case.
  mutating func count() -> ProgramCost {
    let owners = owners()
    walk(0..<program.carefulEnd, Nest()) { owners[$0] }
    var cost = ProgramCost()
    cost.parts = shares.map { ProgramCost.Part(site: $0, steps: $1.steps, loops: $1.loops) }
    cost.parts.sort { ($1.steps, $0.site) < ($0.steps, $1.site) }
    cost.steps = cost.parts.reduce(0) { Self.sum($0, $1.steps) }
    return cost
  }

  /// For each instruction the place that its steps are counted for: the clause that it ends in.
  private func owners() -> [Int] {
    var owners = [Int](repeating: 0, count: program.carefulEnd)
    var owner = 0
    for at in (0..<program.carefulEnd).reversed() {
      let i = program.careful[at]
      switch i.operation {
      case .record: owner = program.clauses[Int(i.a)].site
      case .applies, .conclude: owner = program.plans[Int(i.a)].site
      default: break
      }
      owners[at] = owner
    }
    for mark in marks {
      for at in mark.code where at < owners.count { owners[at] = mark.site }
    }
    return owners
  }

  private mutating func walk(_ code: Range<Int>, _ nest: Nest, owner: (Int) -> Int) {
    var at = code.lowerBound
    while at < code.upperBound {
      let i = program.careful[at]
      add(Self.product(nest.times, steps(of: i)), nest, owner(at))
      at += 1
      if i.operation == .record { texts(of: Int(i.a), nest, owner(at - 1)) }
      guard i.operation == .loop, Int(i.e) > at else { continue }
      walk(at..<min(Int(i.e), code.upperBound), entered(Int(i.a), nest), owner: owner)
      at = Int(i.e)
    }
  }

  /// Inside a loop.
  private func entered(_ number: Int, _ nest: Nest) -> Nest {
    let loop = program.loops[number]
    var inner = nest
    inner.times = Self.product(nest.times, loop.items)
    for block in nest.blocks where block.slots.contains(Int(loop.list)) {
      // A list within the items of another: all of its items together pass the door once.
      let repeats = nest.times / max(1, block.times)
      inner.times = min(inner.times, Self.product(repeats, RequestLimits.items))
    }
    let first = Int(loop.block)
    inner.blocks.append((first..<first + Int(loop.stride), inner.times))
    let name = program.schema.path(of: Int(loop.node))
    inner.loops.append(ProgramCost.Loop(list: name, items: loop.items))
    return inner
  }

  private mutating func add(_ steps: Int, _ nest: Nest, _ site: Int) {
    var share = shares[site] ?? Share()
    share.steps = Self.sum(share.steps, steps)
    if nest.times > share.most {
      share.most = nest.times
      share.loops = nest.loops
    }
    shares[site] = share
  }

  /// The words of a clause that is recorded, with the code of their holes.
  private mutating func texts(of clause: Int, _ nest: Nest, _ site: Int) {
    let plan = program.clauses[clause]
    for template in [plan.template, plan.because, plan.clearable] where template >= 0 {
      for case .hole(_, let form, let code) in program.templates[template].parts {
        add(Self.product(nest.times, form == .text ? Self.text : 1), nest, site)
        walk(code, nest) { _ in site }
      }
    }
  }

  // MARK: Steps of one instruction

  /// The steps of a text as long as the door lets in.
  private static let text = RequestLimits.textBytes / 16

  private func steps(of i: CarefulInstruction) -> Int {
    switch i.operation {
    case .equalText: 1 + min(bytes(i.a), bytes(i.b)) / 16
    case .textTest where i.c == 2:
      1 + Self.product(bytes(i.a), min(bytes(i.a), bytes(i.b))) / 16
    case .textTest: 1 + bytes(i.b) / 16
    case .matches, .blank: 1 + bytes(i.a) / 16
    case .select: i.c == 1 ? 1 + Self.text : 1
    case .lookup: 1 + lookup(program.tables[Int(i.a)])
    case .loop, .next: 1 + Int(program.loops[Int(i.a)].stride)
    case .copyBlock, .decisionRecord: 1 + Int(i.b)
    case .listBegin: i.a < 0 ? 1 + Int(max(0, i.e)) : 1 + RequestLimits.listItems / 16
    case .listAdd: 1 + Int(max(0, i.e))
    case .choose, .chosen: 8
    // Sorted by key: as many steps for an item as its number has bits.
    case .allocate: Self.product(RequestLimits.listItems, 14 + Int(max(0, i.e)))
    case .merge: i.c == 0 ? 1 : 1 + Self.text
    case .record: program.clauses[Int(i.a)].clearPost < 0 ? 2 : 2 + RequestLimits.clearances
    default: 1
    }
  }

  private func bytes(_ slot: Int32) -> Int { constants[Int(slot)] ?? RequestLimits.textBytes }

  /// With an unknown key every row is looked at.
  private func lookup(_ table: ProgramTable) -> Int {
    Self.product(table.rowCount, max(1, table.keyCount))
  }

  private static let most = Int.max / 2

  private static func sum(_ a: Int, _ b: Int) -> Int {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? most : min(sum, most)
  }

  private static func product(_ a: Int, _ b: Int) -> Int {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? most : min(product, most)
  }
}

extension ProgramBuilder {
  /// Lowers what belongs to no clause of the answer, and remembers its place for the cost.
  func marked<Result>(_ site: Int, _ body: () -> Result) -> Result {
    let start = program.careful.count
    defer { costMarks.append((start..<program.careful.count, site)) }
    return body()
  }

  /// Counts the worst case of the finished program.
  func countCost() {
    let constants = textSlots.map { ($1, $0.count) }
    var counter = CostCounter(
      program, marks: costMarks, constants: Dictionary(constants) { first, _ in first })
    program.cost = counter.count()
  }
}
