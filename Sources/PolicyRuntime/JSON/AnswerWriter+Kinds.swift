/// The middle of an answer: what a limit, grade or value says besides the envelope.

extension AnswerWriter {
  // MARK: Limit

  mutating func limit(_ program: Program, _ frame: inout Frame, _ body: Span<UInt8>) {
    let plan = program.plans[program.plans.count - 1]
    let (binding, warns) = (frame.found.answer.binding, frame.found.answer.warns)
    let cap = binding >= 0 ? program.clauses[binding].value : -1
    let currency = frame.currency(of: cap >= 0 ? cap : plan.valueSlot, program)
    bound("limit", frame.found.answer.limit, plan.valueForm, currency)
    figure("used", plan.valueSlot, plan.valueForm, program, frame, body)
    figure("asked", plan.askedSlot, plan.valueForm, program, frame, body)
    bound(
      "headroom", frame.found.answer.headroom, plan.valueForm,
      frame.currencyName(Int(frame.found.answer.currency), program))
    switch frame.found.answer.outcome {
    case .within: put(",\"within\":true")
    case .exceeded: put(",\"within\":false")
    default: put(",\"within\":\"unknown\"")
    }
    put(warns ? ",\"warning\":true" : ",\"warning\":false")
    guard binding >= 0 else { return }
    put(",\"binding\":{\"form\":")
    string(program.clauses[binding].form)
    text("because", program.clauses[binding].because, program, &frame, body)
    origin(program, binding)
    put("}")
  }

  /// A member with an amount that the machine found, when there is one.
  private mutating func bound(
    _ name: String, _ value: Slot, _ form: SlotForm, _ currency: String
  ) {
    guard !value.isSpecial else { return }
    put(",\"")
    put(name)
    put("\":")
    if form == .money {
      amount(value, currency)
    } else {
      put("\"")
      value.decimal.write(to: &out)
      put("\"")
    }
  }

  /// A member with the value of a slot, when it is known.
  private mutating func figure(
    _ name: String, _ slot: Int, _ form: SlotForm, _ program: Program, _ frame: borrowing Frame,
    _ body: Span<UInt8>
  ) {
    guard slot >= 0, !frame.slots[slot].isSpecial else { return }
    put(",\"")
    put(name)
    put("\":")
    wire(slot, form, program, frame, body)
  }

  // MARK: Grade

  mutating func grade(_ program: Program, _ frame: inout Frame, _ body: Span<UInt8>) {
    let own = program.plans.count - 1
    if frame.found.answer.member >= 0 {
      put(program.pieces.members[frame.found.answer.member], program)
    }
    let total = program.plans[own].totalSlot
    if total >= 0 && !frame.slots[total].isSpecial {
      put(program.pieces.grade.points, program)
      frame.slots[total].decimal.write(to: &out)
      put(program.pieces.grade.rows, program)
    } else {
      put(",\"rows\":[")
    }
    var first = true
    for number in program.plans[own].clauses where program.clauses[number].role == .points {
      separate(&first)
      put(program.pieces.clauses[number].opening, program)
      wire(program.clauses[number].value, .number, program, frame, body)
      out.append(0x7D)
    }
    put(program.pieces.grade.caps, program)
    caps(program, &frame, body, signs: false)
    out.append(0x5D)
    if program.pieces.hasSigns {
      put(",\"signs\":[")
      caps(program, &frame, body, signs: true)
      out.append(0x5D)
    }
    let band = frame.found.answer.band
    guard band >= 0 else { return }
    put(program.pieces.clauses[band].opening, program)
    text("because", program.clauses[band].because, program, &frame, body)
    origin(program, band)
    out.append(0x7D)
  }

  private mutating func caps(
    _ program: Program, _ frame: inout Frame, _ body: Span<UInt8>, signs: Bool
  ) {
    let (band, own) = (frame.found.answer.band, program.plans.count - 1)
    let uncapped = band >= 0 ? program.clauses[band].member : program.plans[own].otherwise
    var first = true
    for index in frame.found.answer.entries {
      let entry = frame.found.entries[index]
      let number = Int(entry.clause)
      guard program.clauses[number].role == .gradeCap, entry.state != .lifted,
        (program.clauses[number].form == "sign") == signs
      else { continue }
      separate(&first)
      let member = program.clauses[number].member
      put(program.pieces.clauses[number].opening, program)
      if entry.state == .unknown { put(",\"unknown\":true") }
      let binds = entry.state == .holds && member == frame.found.answer.member && member > uncapped
      put(binds ? ",\"binding\":true" : ",\"binding\":false")
      text("because", program.clauses[number].because, program, &frame, body)
      origin(program, number)
      put("}")
    }
  }

  // MARK: Value

  mutating func figure(_ program: Program, _ frame: inout Frame, _ body: Span<UInt8>) {
    let plan = program.plans[program.plans.count - 1]
    guard frame.found.answer.outcome == .value else { return }
    if plan.valueNode >= 0 {
      put(",\"value\":")
      return compound(plan.valueNode, base: plan.valueSlot, program, frame, body)
    }
    figure("value", plan.valueSlot, plan.valueForm, program, frame, body)
  }
}
