/// Business calendars: every covered day is worked or not, once; and the questions to them.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension SetChecker {
  /// Checks the calendars of all policies.
  func checkCalendars() {
    for (policy, tree) in trees.enumerated() {
      var index = 0
      for declaration in tree.declarations {
        guard case .calendar(var calendar) = declaration else { continue }
        if let sheet = calendar.sheet {
          calendar.lines += calendarLines(sheet, of: calendar.name, in: policy)
        }
        // Apart from the set, which is read while the calendar is checked.
        var checked = set.policies[policy].calendars[index]
        checkCalendar(calendar, &checked)
        set.policies[policy].calendars[index] = checked
        index += 1
      }
    }
  }

  private func checkCalendar(_ tree: CalendarTree, _ calendar: inout TypedCalendar) {
    if tree.covers == nil { report(.calendarIncomplete(tree.name, "covers")) }
    if tree.weekend == nil { report(.calendarIncomplete(tree.name, "weekend")) }
    calendar.weekend = weekend(tree.weekend ?? [])
    guard let covers = tree.covers, let (from, until) = days(covers.from, covers.until) else {
      return
    }
    guard until.number - from.number < BusinessCalendar.longest else {
      report(.calendarTooLong(covers.from.range.union(covers.until.range)))
      return
    }
    (calendar.from, calendar.until) = (from, until)
    var told: [Int: (isHoliday: Bool, range: SourceRange)] = [:]
    for line in tree.lines {
      guard let (first, last) = days(line.from, line.until) else { continue }
      guard first >= from, last <= until else {
        report(.outsideCalendar(line.range, from: from, until: until))
        continue
      }
      if let twice = (first.number...last.number).first(where: { told[$0] != nil }) {
        report(.dayTwice(line.range, Day(number: twice), first: told[twice]?.range))
        continue
      }
      for number in first.number...last.number { told[number] = (line.isHoliday, line.range) }
      calendar.lines.append(
        TypedCalendar.Line(
          isHoliday: line.isHoliday, from: first, until: last, label: plain(line.label) ?? ""))
    }
    let weekend = calendar.weekend
    calendar.days = BusinessCalendar(from: from, until: until) { day in
      told[day.number].map { !$0.isHoliday } ?? !weekend.contains(day.weekday)
    }
  }

  /// Two days of which the second is not before the first; one day when it is not written.
  func days(_ from: ExpressionTree, _ until: ExpressionTree?) -> (from: Day, until: Day)? {
    let first = day(from)
    let last = until.map { day($0) } ?? first
    guard let first, let last else { return nil }
    if last < first {
      report(.emptyRange(from.range.union(until?.range ?? from.range)))
      return nil
    }
    return (first, last)
  }

  private func weekend(_ names: [Name]) -> Set<Int> {
    if names.count == 1, names[0].text == "none" { return [] }
    var days: Set<Int> = []
    for name in names where !name.text.isEmpty {
      let known = ExpressionChecker.weekdays
      if let index = known.firstIndex(of: name.text) {
        days.insert(index + 1)
      } else {
        report(.unknownNumberWord(name, nearest: nearest(name.text, known), all: known))
      }
    }
    return days
  }

  /// The one declaration of a kind that a policy can see, or the one that is named.
  func dated(
    _ name: Name?, in policy: Int, at range: SourceRange, what: DatedKind
  ) -> Reference? {
    if let name {
      if name.text.isEmpty { return nil }
      switch lookUp(name.text, in: policy) {
      case .found(let entity):
        if let reference = what.reference(entity) { return reference }
      case .ambiguous(let places):
        report(.ambiguousName(name, places.map { set.policies[$0].name }))
        return nil
      case .unknown: break
      }
      report(.unknownDated(name, what, nearest: nearest(name.text, names(of: what, in: policy))))
      return nil
    }
    let known = ([policy] + scopes[policy].uses).flatMap { index in
      scopes[index].ownValues.values.compactMap { what.reference($0.entity) }
    }
    if known.count == 1 { return known[0] }
    report(
      known.isEmpty
        ? .noDated(range, what) : .severalDated(range, what, names(of: what, in: policy)))
    return nil
  }

  /// Whether a policy can see a declaration of a kind.
  func knows(_ what: DatedKind, in policy: Int) -> Bool {
    !names(of: what, in: policy).isEmpty
  }

  private func names(of what: DatedKind, in policy: Int) -> [String] {
    ([policy] + scopes[policy].uses).flatMap { index in
      scopes[index].ownValues.filter { what.reference($0.value.entity) != nil }.keys
    }.sorted()
  }
}

/// The two kinds of declarations that need not be named where only one is known.
enum DatedKind {
  case calendar, rates

  func reference(_ entity: Entity) -> Reference? {
    switch (self, entity) {
    case (.calendar, .calendar(let reference)), (.rates, .rates(let reference)): reference
    default: nil
    }
  }

  /// The word for messages.
  var word: Phrase { self == .calendar ? "business calendar" : "table of rates" }
  /// How one is named in an expression.
  var form: String { self == .calendar ? "business days of NAME" : "in CNY at NAME" }
  /// How one is declared.
  var declaration: String { self == .calendar ? "calendar" : "rates" }
}

extension ExpressionChecker {
  private func calendar(_ name: Name?, _ range: SourceRange) -> Reference? {
    owner.dated(name, in: policy, at: range, what: .calendar)
  }

  /// `business days from a to b`.
  func businessDays(
    _ from: ExpressionTree, _ to: ExpressionTree, calendar name: Name?, _ range: SourceRange
  ) -> TypedExpression? {
    let (first, last) = (typed(from, .date), typed(to, .date))
    guard let calendar = calendar(name, range), let first, let last else { return nil }
    return TypedExpression(.business(.between, calendar, first, last), .number, range)
  }

  /// `d + 3 business days`.
  func shift(
    _ start: ExpressionTree, byBusiness count: ExpressionTree, calendar name: Name?,
    negated: Bool, _ range: SourceRange
  ) -> TypedExpression? {
    let (date, number) = (typed(start, .date), typed(count, .number))
    guard let calendar = calendar(name, range), let date, let number else { return nil }
    return TypedExpression(
      .business(negated ? .subtract : .add, calendar, date, number), .date, range)
  }

  /// `d is business day`.
  func isBusinessDay(
    _ day: ExpressionTree, calendar name: Name?, _ range: SourceRange
  ) -> TypedExpression? {
    let date = typed(day, .date)
    guard let calendar = calendar(name, range), let date else { return nil }
    return TypedExpression(.business(.isBusinessDay, calendar, date, nil), .bool, range)
  }
}
