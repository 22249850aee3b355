/// The steps of one instruction, as often as the loops around it let it run.
///
/// A step is one operation, four cells of a table, sixteen bytes of a text that are looked at one by one, or
/// 128 that are only compared: about as much time each.
import PolicyRuntime

extension CostCounter {
  /// All steps of an instruction in its loops.
  func steps(of i: CarefulInstruction, _ nest: Nest) -> Int {
    let texts =
      switch i.operation {
      case .equalText: min(text(i.a, by: 128, nest), text(i.b, by: 128, nest))
      // Each place of one text may be compared with all of the other.
      case .textTest where i.c == 2:
        Self.product(text(i.a, by: 16, nest), 1 + bytes(i.b) / 128)
      case .textTest: text(i.b, by: 128, nest)
      case .matches, .blank, .extract: text(i.a, by: 16, nest)
      case .select where i.c == 1, .merge where i.c == 1:
        min(text(i.b, by: 128, nest), text(i.e, by: 128, nest))
      default: 0
      }
    return Self.sum(Self.product(nest.times, fixed(i)), texts)
  }

  /// The steps of looking at a text, so many bytes in each; texts of items share the bytes of the request.
  func text(_ slot: Int32, by size: Int, _ nest: Nest) -> Int {
    let each = Self.product(nest.times, bytes(slot) / size)
    guard constants[Int(slot)] == nil, let inner = nest.blocks.last,
      inner.slots.contains(Int(slot))
    else { return each }
    return min(each, Self.product(nest.passes, RequestLimits.bytes / size))
  }

  private func bytes(_ slot: Int32) -> Int { constants[Int(slot)] ?? RequestLimits.textBytes }

  /// The steps of an instruction that runs once, without those of its texts.
  private func fixed(_ i: CarefulInstruction) -> Int {
    switch i.operation {
    case .move, .not, .and, .or, .compare, .equalText, .textTest, .matches, .blank, .member,
      .present, .select, .add, .subtract, .multiply, .divide, .negate, .round, .addDays,
      .addMonths, .daysBetween, .datePart, .dateFunction, .extract, .decisionIs, .decisionValue,
      .include, .finish, .listFault, .merge, .applies:
      return 1
    // Calendars are counted beforehand; rates are found by halving.
    case .business: return 2
    case .convert: return 8
    case .choose, .chosen: return 8
    case .lookup: return 1 + lookup(program.tables[Int(i.a)])
    case .loop, .next: return 1 + Int(program.loops[Int(i.a)].stride)
    case .copyBlock, .decisionRecord: return 1 + Int(max(0, i.b))
    case .listBegin: return 1 + (i.a < 0 ? Int(max(0, i.e)) : items(of: i.a) ?? 0) / 16
    case .listAdd: return 1 + Int(max(0, i.e))
    case .allocate:
      // Sorted by key: as many steps for an item as its number has bits.
      let items = items(of: i.b) ?? RequestLimits.listItems
      let bits = Int.bitWidth - items.leadingZeroBitCount
      return Self.product(items, bits + Int(max(0, i.e)))
    case .record: return 2 + clearances(program.clauses[Int(i.a)])
    case .conclude: return 1 + history(program.plans[Int(i.a)])
    }
  }

  /// With an unknown key every row is looked at.
  private func lookup(_ table: ProgramTable) -> Int {
    Self.product(table.rowCount, max(1, table.keyCount)) / 4
  }

  /// Every clearance of the request is held against a clause; those that name it are looked at closely.
  private func clearances(_ clause: ClausePlan) -> Int {
    switch clause.role {
    case .deny, .hold:
      clause.clearPost < 0 ? RequestLimits.clearances / 8 : RequestLimits.clearances
    default: 0
    }
  }

  /// Every act of the history is held against every step.
  private func history(_ plan: Plan) -> Int {
    guard plan.kind == .approval else { return 0 }
    let steps = plan.clauses.count { program.clauses[$0].role == .step }
    let rows = program.holders.count + program.delegations.count
    return Self.product(History.limit, 1 + steps + rows / 8)
  }
}
