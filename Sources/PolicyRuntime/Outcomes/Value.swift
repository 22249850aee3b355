/// How a value answers: its figure, or what it needs; of a record or list, what any part of it needs.

extension Machine {
  static func value(_ program: borrowing Program, _ frame: inout Frame, _ plan: Int) {
    let slot = program.plans[plan].valueSlot
    let node = program.plans[plan].valueNode
    let figure =
      node < 0
      ? known(&frame, plan, slot) != nil : whole(program, &frame, plan, node, base: slot)
    if frame.verdicts[plan].error != nil { return }
    frame.verdicts[plan].possible = .value
    decide(program, &frame, plan, figure ? .value : .needs)
  }

  /// Whether every part of a record or list is known; what is not goes to the verdict.
  private static func whole(
    _ program: borrowing Program, _ frame: inout Frame, _ plan: Int, _ index: Int, base: Int
  ) -> Bool {
    let node = program.schema.nodes[index]
    if node.slot >= 0 {
      let value = frame.slots[base + Int(node.slot)]
      if value.isAbsent {
        if !node.optional, frame.verdicts[plan].error == nil {
          frame.verdicts[plan].error = Trap(.absentValue, site: program.plans[plan].site)
        }
        return node.optional
      }
      guard known(&frame, plan, base + Int(node.slot)) != nil else { return false }
    }
    var sound = true
    switch node.form {
    case .record:
      for child in Int(node.firstChild)..<Int(node.firstChild + node.childCount)
      where !whole(program, &frame, plan, child, base: base) {
        sound = false
      }
    case .list:
      let list = frame.slots[base + Int(node.slot)]
      for item in 0..<list.count {
        let at = list.first + item * Int(node.stride)
        if !whole(program, &frame, plan, Int(node.firstChild), base: at) { sound = false }
      }
    default: break
    }
    return sound
  }
}
