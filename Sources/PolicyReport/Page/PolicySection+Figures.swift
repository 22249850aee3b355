/// The figures of a policy: parameters by date, tables, calendars, rates, who stands above whom.
import PolicyCompiler
import PolicyRuntime
import PolicySource

extension PolicySection {
  var figures: Markup {
    var result = Markup()
    if !policy.parameters.isEmpty {
      result += "<h3>\(say(ReportMessages.parameters))</h3>\(parameters)\n"
    }
    let tables = policy.tables.filter { !isOfHierarchy($0) }
    if !tables.isEmpty {
      result += "<h3>\(say(ReportMessages.tables))</h3>"
      result += tables.map(table).joined() + "\n"
    }
    result += policy.calendars.map(calendar).joined()
    result += policy.rates.map(rates).joined()
    result += policy.hierarchies.map(hierarchy).joined()
    return result
  }

  /// Tables that the checker made of a hierarchy have no line of their own.
  private func isOfHierarchy(_ table: TypedTable) -> Bool {
    policy.hierarchies.contains { $0.range == table.range }
  }

  private var mark: Markup {
    "<span class=\"mark\">\(inner(ReportMessages.illustrative))</span>"
  }

  // MARK: Parameters

  private var parameters: Markup {
    let rows = policy.parameters.map { parameter -> Markup in
      let anchor = Anchor.parameter(policy.name, parameter.name)
      let lines = parameter.values.map { value -> Markup in
        let from = value.from.map { ReportMessages.from(.value($0.text)) } ?? ProseMessages.always
        return "<li>\(inner(from)): <b>\(inner(words.constant(value.constant)))</b></li>"
      }
      return """
        <tr id="\(anchor)"><th scope="row">\(words.label(parameter.label, or: parameter.name)) \
        \(parameter.illustrative ? mark : "")</th><td><code>\(parameter.name)</code></td>\
        <td><ul class="plain">\(lines.joined())</ul>\(timeline(parameter, anchor))</td></tr>
        """
    }
    return """
      <div class="wide"><table class="parameters"><thead><tr>\
      <th scope="col">\(say(ReportMessages.parameter))</th>\
      <th scope="col">\(say(ReportMessages.name))</th>\
      <th scope="col">\(say(ReportMessages.values))</th></tr></thead>\
      <tbody>\(rows.joined())</tbody></table></div>
      """
  }

  private func timeline(_ parameter: TypedParameter, _ id: String) -> Markup {
    guard parameter.values.count > 1 else { return "" }
    let values = parameter.values.map { value -> TimelineModel.Value in
      var size: Int128?
      switch value.constant {
      case .number(let amount), .money(let amount, _), .percent(let amount): size = amount.units
      default: break
      }
      return TimelineModel.Value(
        from: value.from?.text ?? words.say(ProseMessages.always),
        words: words.say(words.constant(value.constant)), size: size)
    }
    let name = words.label(parameter.label, or: parameter.name)
    return Figure.markup(
      Timeline.svg(
        TimelineModel(values: values), id: "\(id).time",
        title: words.say(ReportMessages.timeline(.text(name))),
        description: values.map { "\($0.from): \($0.words)" }.joined(separator: "; ")))
  }

  // MARK: Tables

  private func table(_ table: TypedTable) -> Markup {
    let keys = table.keys.indices.map { index -> Markup in
      "<th scope=\"col\">\(words.keyLabel(table, index))</th>"
    }
    let columns = table.columns.indices.map { index -> Markup in
      "<th scope=\"col\" class=\"result\">\(words.columnLabel(table, index))</th>"
    }
    let rows = table.rows.map { row -> Markup in
      let cells = row.cells.map { "<td>\(inner(cell($0)))</td>" as Markup }
      let values = row.values.map {
        "<td class=\"result\">\(inner(words.constant($0)))</td>" as Markup
      }
      return "<tr>\(cells.joined())\(values.joined())</tr>"
    }
    let hit = ReportMessages.hit(table.hit)
    return """
      <div class="wide" id="\(Anchor.table(policy.name, table.name))"><table><caption>\
      \(words.label(table.label, or: table.name)) <code>\(table.name)</code> \
      \(table.illustrative ? mark : "") <span class="place">\(inner(hit))</span></caption>\
      <thead><tr>\(keys.joined())\(columns.joined())</tr></thead>\
      <tbody>\(rows.joined())</tbody></table></div>
      """
  }

  private func cell(_ cell: TypedTable.Cell) -> Prose {
    if cell.tests.isEmpty { return cell.negated ? ReportMessages.none : ReportMessages.any }
    let tests = cell.tests.map(test).or
    return cell.negated ? ReportMessages.notCell(tests) : tests
  }

  private func test(_ test: TypedTable.Test) -> Prose {
    switch test {
    case .equals(let value): words.constant(value)
    case .less(let value): ReportMessages.upper(words.constant(value), inclusive: false)
    case .lessOrEqual(let value): ReportMessages.upper(words.constant(value), inclusive: true)
    case .greater(let value): ReportMessages.lower(words.constant(value), inclusive: false)
    case .greaterOrEqual(let value): ReportMessages.lower(words.constant(value), inclusive: true)
    case .range(let from, let to, let inclusive):
      ReportMessages.range(words.constant(from), words.constant(to), inclusive: inclusive)
    }
  }

  // MARK: Calendars, rates, hierarchies

  private func calendar(_ calendar: TypedCalendar) -> Markup {
    let rows = calendar.lines.map { line -> [Markup] in
      let days =
        line.from == line.until
        ? Prose.value(line.from.text)
        : ReportMessages.fromUntil(.value(line.from.text), .value(line.until.text))
      let kind = line.isHoliday ? ReportMessages.holiday : ReportMessages.worked
      return [say(days), say(kind), Markup(text: words.label(line.label))]
    }
    let weekend = calendar.weekend.sorted().map { ReportMessages.weekday($0) }
    let note = ReportMessages.calendarNote(
      from: .value(calendar.from.text), until: .value(calendar.until.text),
      weekend: weekend.isEmpty ? ProseMessages.nothing : weekend.and)
    return """
      <h3 id="\(Anchor.calendar(policy.name, calendar.name))">\
      \(words.label(calendar.label, or: calendar.name)) <code>\(calendar.name)</code></h3>\
      <p>\(say(note))</p>
      """
        + plainTable(
          [ReportMessages.days, ReportMessages.kindOfDay, ReportMessages.name], rows)
  }

  private func rates(_ rates: TypedRates) -> Markup {
    let rows = rates.lines.map { line -> [Markup] in
      [
        Markup(text: line.currency),
        say(PolicySection.days(line.from, line.until)),
        inner(.value("\(Wording.grouped(line.rate)) \(rates.currency)")),
      ]
    }
    return """
      <h3 id="\(Anchor.rates(policy.name, rates.name))">\
      \(words.label(rates.label, or: rates.name)) <code>\(rates.name)</code> \
      \(rates.illustrative ? mark : "")</h3>
      """ + plainTable([ReportMessages.currency, ReportMessages.days, ReportMessages.rate], rows)
  }

  private func hierarchy(_ hierarchy: TypedHierarchy) -> Markup {
    let rows = hierarchy.rows.map { row -> [Markup] in
      [
        Markup(text: words.post(row.post)),
        Markup(text: row.superior.map(words.post) ?? "–"),
        inner(row.upTo.map(words.constant) ?? ReportMessages.any),
      ]
    }
    return """
      <h3 id="\(Anchor.hierarchy(policy.name, hierarchy.name))">\
      \(Wording.words(hierarchy.name)) <code>\(hierarchy.name)</code></h3>
      """ + plainTable([ReportMessages.post, ReportMessages.superior, ReportMessages.upTo], rows)
  }

  /// A table of which the first column names the row.
  func plainTable(_ heads: [Prose], _ rows: [[Markup]]) -> Markup {
    PlainTable.markup(heads.map(say), rows)
  }
}

/// A table of which the first column names the row.
enum PlainTable {
  static func markup(_ heads: [Markup], _ rows: [[Markup]], _ place: Markup = "") -> Markup {
    let head = heads.map { "<th scope=\"col\">\($0)</th>" as Markup }.joined()
    let lines = rows.map { row -> Markup in
      let cells = row.enumerated().map { index, cell -> Markup in
        index == 0 ? "<th scope=\"row\">\(cell)</th>" : "<td>\(cell)</td>"
      }
      return "<tr>\(cells.joined())</tr>"
    }
    return """
      <div class="wide"><table class="\(place)"><thead><tr>\(head)</tr></thead>\
      <tbody>\(lines.joined())</tbody></table></div>

      """
  }
}
