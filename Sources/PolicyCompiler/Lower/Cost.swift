/// Counting the worst case of a program: every instruction once, what stands in loops as often as lists allow.
///
/// A list has as many items as its type or the door of requests lets in, and all lists together no more than
/// the door lets in: so a loop over `invoice.lines` within one over `invoices` goes over all lines once. The
/// texts of a request share its bytes: a loop over all items reads no text twice.
import PolicyRuntime

/// Counts the steps of a finished program.
struct CostCounter {
  let program: Program
  /// Stretches of the careful code that belong to no clause, with their places.
  let marks: [(code: Range<Int>, site: Int)]
  /// The bytes of each slot that is a text constant.
  let constants: [Int: Int]
  private var shares: [Int: Share] = [:]
  /// How many items the lists have that the decision makes, by slot.
  private var made: [Int32: Int] = [:]
  /// How many items the lists may have that loops go over, by slot.
  private let declared: [Int32: Int]

  /// What one clause takes.
  private struct Share {
    var steps = 0
    var most = 0
    var loops: [ProgramCost.Loop] = []
  }

  /// The loops around a place.
  struct Nest {
    /// How often the place is passed.
    var times = 1
    /// How often the innermost loop goes over all that it can.
    var passes = 1
    /// The slots of the items.
    var blocks: [(slots: Range<Int>, times: Int)] = []
    var loops: [ProgramCost.Loop] = []
  }

  init(_ program: Program, marks: [(code: Range<Int>, site: Int)], constants: [Int: Int]) {
    self.program = program
    self.marks = marks
    self.constants = constants
    declared = Dictionary(program.loops.map { ($0.list, $0.items) }) { first, _ in first }
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
      add(steps(of: i, nest), nest, owner(at))
      noteList(i)
      at += 1
      if i.operation == .record { texts(of: Int(i.a), nest, owner(at - 1)) }
      if i.operation == .applies { scopes(of: Int(i.a), nest, owner(at - 1)) }
      guard i.operation == .loop, Int(i.e) > at else { continue }
      walk(at..<min(Int(i.e), code.upperBound), entered(Int(i.a), nest), owner: owner)
      at = Int(i.e)
    }
  }

  /// Inside a loop.
  private func entered(_ number: Int, _ nest: Nest) -> Nest {
    let loop = program.loops[number]
    let items = made[loop.list] ?? loop.items
    var inner = nest
    inner.times = Self.product(nest.times, items)
    inner.passes = nest.times
    for block in nest.blocks where block.slots.contains(Int(loop.list)) {
      // A list within the items of another: all of its items together pass the door once.
      let repeats = nest.times / max(1, block.times)
      inner.times = min(inner.times, Self.product(repeats, RequestLimits.items))
      inner.passes = repeats
    }
    let first = Int(loop.block)
    inner.blocks.append((first..<first + Int(loop.stride), inner.times))
    let name = program.schema.path(of: Int(loop.node))
    inner.loops.append(ProgramCost.Loop(list: name, items: items))
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
    texts([plan.template, plan.because, plan.clearable], nest, site)
  }

  /// What is said when a decision does not apply.
  private mutating func scopes(of plan: Int, _ nest: Nest, _ site: Int) {
    for scope in program.plans[plan].scopes {
      texts([scope.because], nest, site)
      if let code = scope.test?.code { walk(code, nest) { _ in site } }
    }
  }

  private mutating func texts(_ templates: [Int], _ nest: Nest, _ site: Int) {
    for template in templates where template >= 0 {
      for case .hole(let slot, let form, let code) in program.templates[template].parts {
        add(form == .text ? text(Int32(slot), by: 16, nest) : nest.times, nest, site)
        walk(code, nest) { _ in site }
      }
    }
  }

  // MARK: Lists that the decision makes

  /// How many items a list may have; nil of one that is neither made nor gone over.
  func items(of list: Int32) -> Int? {
    made[list] ?? declared[list]
  }

  /// Follows the lists that are made, by the slots that they are put in.
  private mutating func noteList(_ i: CarefulInstruction) {
    switch i.operation {
    case .listBegin:
      made[i.d] = i.a < 0 ? Int(max(0, i.e)) : items(of: i.a) ?? RequestLimits.listItems
    case .merge where i.c == 2:
      let most = RequestLimits.listItems
      made[i.d] = max(items(of: i.b) ?? most, items(of: i.e) ?? most)
    case .move: made[i.d] = made[i.a]
    case .copyBlock:
      for offset in 0..<max(0, i.b) { made[i.d + offset] = made[i.a + offset] }
    case .decisionRecord:
      let figure = Int32(program.plans[Int(i.a)].valueSlot)
      for offset in 0..<max(0, i.b) { made[i.d + offset] = made[figure + offset] }
    case .allocate: made[i.d] = items(of: i.b) ?? RequestLimits.listItems
    case .lookup where program.tables[Int(i.a)].collects == .list:
      made[i.d] = program.tables[Int(i.a)].rowCount
    default: break
    }
  }

  private static let most = Int.max / 2

  static func sum(_ a: Int, _ b: Int) -> Int {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? most : min(sum, most)
  }

  static func product(_ a: Int, _ b: Int) -> Int {
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
