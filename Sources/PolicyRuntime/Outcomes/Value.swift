/// How a value answers: its figure, or what it needs.

extension Machine {
  static func value(_ program: borrowing Program, _ frame: inout Frame, _ plan: Int) {
    let figure = known(&frame, plan, program.plans[plan].valueSlot)
    if frame.verdicts[plan].error != nil { return }
    frame.verdicts[plan].possible = .value
    decide(program, &frame, plan, figure == nil ? .needs : .value)
  }
}
