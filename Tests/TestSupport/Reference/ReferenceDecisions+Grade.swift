/// grade: points are added, the first band that holds decides, caps lower the class.
///
/// While facts are unknown there are several candidates; a class is given once one candidate is left.
import PolicyCompiler
import PolicyRuntime

extension ReferenceRun {
  func grade(_ grade: TypedGrade) throws(ReferenceTrap) -> ReferenceResult {
    var scope = ReferenceScope()
    var rows: [ReferenceAnswer.Points] = []
    var total = ReferenceValue.number(.zero)
    for row in grade.points {
      let points = try known(row.value)
      rows.append(
        .init(name: row.name, value: points.isUnknown ? nil : points.text(.number, set.types)))
      total = try known(.add(total, points))
    }
    scope.points = total

    // Members are counted from the best: a greater index is a worse class.
    var candidates: Set<Int> = []
    var needs: Needs = []
    var isDecided = false
    for band in grade.bands where !isDecided {
      switch try truth(band.condition, scope) {
      case .no: continue
      case .yes: isDecided = true
      case .unknown(let unknown): needs.formUnion(unknown)
      }
      candidates.insert(band.member)
    }
    if !isDecided { candidates.insert(grade.otherwise) }

    var possible: [(member: Int, needs: Needs)] = []
    for cap in grade.caps {
      switch try truth(cap.condition, scope) {
      case .no: continue
      case .yes: candidates = Set(candidates.map { max($0, cap.member) })
      case .unknown(let unknown): possible.append((cap.member, unknown))
      }
    }
    for cap in possible where candidates.contains(where: { $0 < cap.member }) {
      candidates.insert(cap.member)
      needs.formUnion(cap.needs)
    }
    return gradeResult(grade, candidates, needs, rows)
  }

  private func gradeResult(
    _ grade: TypedGrade, _ candidates: Set<Int>, _ needs: Needs, _ rows: [ReferenceAnswer.Points]
  ) -> ReferenceResult {
    var result = ReferenceResult("needs")
    if candidates.count == 1, let member = candidates.first {
      result.answer.outcome = "grade"
      result.answer.grade = set.types[grade.enumeration].members[member].name
      result.answer.points = rows
      result.value = .member(member)
    } else {
      result.answer.needs = needs
      result.value = .unknown(needs)
    }
    result.test = { answer in
      let holds: (Int) -> Bool
      switch answer {
      case .grade(let member): holds = { $0 == member }
      case .betterThan(let member): holds = { $0 < member }
      case .noWorseThan(let member): holds = { $0 <= member }
      default: return false
      }
      if candidates.allSatisfy(holds) { return true }
      return candidates.contains(where: holds) ? nil : false
    }
    return result
  }
}
