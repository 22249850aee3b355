/// limit: the least of the caps that count, against what is used and asked.
import PolicyCompiler
import PolicyRuntime

extension ReferenceRun {
  func limit(_ limit: TypedLimit) throws(ReferenceTrap) -> ReferenceResult {
    var needs: Needs = []
    var caps: [(index: Int, amount: ReferenceValue)] = []
    for (index, cap) in limit.caps.enumerated() {
      switch try truth(cap.condition) {
      case .no: continue
      case .unknown(let unknown): needs.formUnion(unknown)
      case .yes:
        let amount = try known(cap.amount)
        needs.formUnion(amount.needs)
        if !amount.isUnknown { caps.append((index, amount)) }
      }
    }
    let zero = limit.type == .money ? ReferenceValue.money(.zero, nil) : .number(.zero)
    let used =
      try limit.used.map { expression throws(ReferenceTrap) in try known(expression) } ?? zero
    let asked =
      try limit.asked.map { expression throws(ReferenceTrap) in try known(expression) } ?? zero
    let warnFrom = try limit.warnFrom.map { expression throws(ReferenceTrap) in
      try known(expression)
    }
    needs.formUnion(used.needs.union(asked.needs).union(warnFrom?.needs ?? []))

    // Without used or asked nothing can be exceeded; without them known, the comparison is unknown as well.
    let total = try known(.add(used, asked))
    let least = try leastCap(caps)
    var isExceeded = false
    if let least, !total.isUnknown {
      isExceeded = try known(.order(total, least.amount) { $0 > 0 }) == .bool(true)
    }
    guard let least, isExceeded || needs.isEmpty else {
      var result = ReferenceResult("needs")
      result.answer.needs = needs
      return result
    }
    return try found(limit, least, used, asked, warnFrom, needs, isExceeded)
  }

  private func found(
    _ limit: TypedLimit, _ least: (index: Int, amount: ReferenceValue), _ used: ReferenceValue,
    _ asked: ReferenceValue, _ warnFrom: ReferenceValue?, _ needs: Needs, _ isExceeded: Bool
  ) throws(ReferenceTrap) -> ReferenceResult {
    let headroom = try known(.subtract(least.amount, used))
    var isWarning = false
    if let warnFrom, !isExceeded {
      let line = try known(.multiply(warnFrom, least.amount))
      let total = try known(.add(used, asked))
      isWarning = try known(.order(total, line) { $0 >= 0 }) == .bool(true)
    }
    let text = { (value: ReferenceValue) in value.text(limit.type, self.set.types) }
    var result = ReferenceResult(isExceeded ? "exceeded" : "within")
    result.answer.needs = needs
    result.answer.limit = .init(
      limit: text(least.amount), used: text(used), asked: text(asked), headroom: text(headroom),
      binding: least.index, isWarning: isWarning)
    result.test = { answer in
      switch answer {
      case .within: !isExceeded
      case .exceeded: isExceeded
      default: false
      }
    }
    return result
  }

  /// The least of the known caps, the first of equal ones; nil when none is known.
  private func leastCap(
    _ caps: [(index: Int, amount: ReferenceValue)]
  ) throws(ReferenceTrap) -> (index: Int, amount: ReferenceValue)? {
    var least: (index: Int, amount: ReferenceValue)?
    for cap in caps {
      guard let best = least else {
        least = cap
        continue
      }
      if try known(.order(cap.amount, best.amount) { $0 < 0 }) == .bool(true) { least = cap }
    }
    return least
  }
}
