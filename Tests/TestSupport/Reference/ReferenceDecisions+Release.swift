/// release: deny beats hold beats allow; an unknown clause holds; clearances lift single reasons.
import PolicyCompiler
import PolicyRuntime

extension ReferenceRun {
  /// A reason that stands, with the effect that it has or might have.
  private struct Standing {
    let effect: TypedClause.Effect
    let isUnknown: Bool
  }

  func release(
    _ clauses: [TypedClause], named name: String
  ) throws(ReferenceTrap) -> ReferenceResult {
    var result = ReferenceResult("allow")
    var standing: [Standing] = []
    for clause in clauses {
      for place in try places(of: clause) {
        var reason = ReferenceAnswer.Reason(
          code: clause.code, item: place.item, effect: clause.effect == .deny ? "deny" : "hold",
          isUnknown: false)
        var needs: Needs = []
        switch place.truth {
        case .no: continue
        case .yes: break
        case .unknown(let unknown):
          needs = unknown
          reason.effect = "hold"
          reason.isUnknown = true
        }
        if isCleared(clause, named: name, item: place.item, place.scope) {
          result.answer.cleared.append(reason)
        } else {
          result.answer.reasons.append(reason)
          result.answer.needs.formUnion(needs)
          standing.append(Standing(effect: clause.effect, isUnknown: reason.isUnknown))
        }
      }
    }
    let effects = result.answer.reasons.map(\.effect)
    if effects.contains("hold") { result.answer.outcome = "hold" }
    if effects.contains("deny") { result.answer.outcome = "deny" }
    result.test = { answer in Self.releaseIs(answer, standing) }
    return result
  }

  /// Whether the release surely has, or surely has not, this answer, whatever the unknown facts are.
  private static func releaseIs(_ answer: DecisionAnswer, _ standing: [Standing]) -> Bool? {
    let isDeny = { (reason: Standing) in reason.effect == .deny }
    let known = standing.filter { !$0.isUnknown }
    let unknown = standing.filter(\.isUnknown)
    switch answer {
    case .allow:
      return known.isEmpty ? (unknown.isEmpty ? true : nil) : false
    case .deny:
      return known.contains(where: isDeny) ? true : (unknown.contains(where: isDeny) ? nil : false)
    case .hold:
      if known.contains(where: isDeny) { return false }
      if standing.allSatisfy(isDeny) { return false }
      if unknown.contains(where: isDeny) { return nil }
      return known.isEmpty ? nil : true
    default: return false
    }
  }

  /// Whether one of the clearances lifts this reason.
  private func isCleared(
    _ clause: TypedClause, named name: String, item: Int?, _ scope: ReferenceScope
  ) -> Bool {
    guard let rule = clause.clearedBy else { return false }
    // A clearance is for one item, never for all: what is unknown of a whole list is not cleared.
    guard clause.forEach == nil || item != nil else { return false }
    return request.clearances.contains { clearance in
      clearance.decision == name && clearance.code == clause.code && clearance.item == item
        && value(rule.post, scope) == post(named: clearance.by)
        && isInTime(clearance, rule, scope) && isEnough(clearance, rule, scope)
        && isSameCase(clearance, clause, rule, scope)
    }
  }

  private func post(named name: String) -> ReferenceValue {
    set.types.posts.firstIndex { $0.name == name }.map { .post($0) } ?? .error("no_such_post")
  }

  /// `on <= today <= on + days`; days that are unknown or an error clear nothing.
  private func isInTime(
    _ clearance: ReferenceClearance, _ rule: TypedClearing, _ scope: ReferenceScope
  ) -> Bool {
    let on = ReferenceDate(literal: clearance.on)
    guard on <= today else { return false }
    guard let days = rule.days else { return true }
    guard case .number(let count) = value(days, scope), let whole = count.whole,
      let last = on.adding(days: whole)
    else { return false }
    return today <= last
  }

  /// `of <= bound`, and `of <= amount` when the clearance names one; unknowns and errors clear nothing.
  private func isEnough(
    _ clearance: ReferenceClearance, _ rule: TypedClearing, _ scope: ReferenceScope
  ) -> Bool {
    guard let (bound, of) = rule.upTo else { return true }
    let measured = value(of, scope)
    let isAtMost = { (limit: ReferenceValue) in
      ReferenceValue.order(measured, limit) { $0 <= 0 } == .bool(true)
    }
    guard isAtMost(value(bound, scope)) else { return false }
    guard let amount = clearance.amount else { return true }
    return isAtMost(cleared(amount, like: measured))
  }

  /// The amount of a clearance, as Money or as a number, whatever it is compared with.
  private func cleared(_ amount: RequestValue, like measured: ReferenceValue) -> ReferenceValue {
    switch (amount, measured) {
    case (.text(let text), .money(_, let currency)), (.number(let text), .money(_, let currency)):
      return ReferenceReader.money(text, currency) ?? .error("malformed")
    case (.text(let text), .number), (.number(let text), .number):
      return BigDecimal(text: text).map { .number($0) } ?? .error("malformed")
    default: return .error("malformed")
    }
  }
}
