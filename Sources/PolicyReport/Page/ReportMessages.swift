/// The words of the page: headings, kinds of decisions and facts, tables, registers.
import PolicyCompiler
import PolicyRuntime

/// The wording of the page.
enum ReportMessages {
  static let title: Prose = "report of the policies"
  static func titleOfOne(_ policy: Prose) -> Prose { "report: \(policy)" }
  static let skip: Prose = "to the contents"
  static let contents: Prose = "contents"
  static func size(policies: Int, decisions: Int, clauses: Int, tables: Int) -> Prose {
    "policies: \(policies); decisions: \(decisions); clauses: \(clauses); tables: \(tables)."
  }
  static func digest(_ digest: Prose) -> Prose { "the set is \(digest)." }
  static func illustrativeNote(_ mark: Prose) -> Prose {
    "figures marked “\(mark)” are examples: the source leaves them open."
  }
  static let illustrative: Prose = "illustrative"

  // MARK: Policies

  static let original: Prose = "also called"
  static let owner: Prose = "owner"
  static let effective: Prose = "in force"
  static let currency: Prose = "currency"
  static let sources: Prose = "sources"
  static let processes: Prose = "processes"
  static let file: Prose = "name and file"
  static func from(_ day: Prose) -> Prose { "from \(day)" }
  static func until(_ day: Prose) -> Prose { "until \(day)" }
  static func fromUntil(_ from: Prose, _ until: Prose) -> Prose { "from \(from) until \(until)" }
  static func newest(_ days: Prose, of all: Prose) -> Prose {
    "\(days); this is the newest of several versions (\(all))"
  }
  static let terms: Prose = "terms"

  // MARK: Facts

  static let inputs: Prose = "what a request has to say"
  static let fact: Prose = "fact"
  static let name: Prose = "name"
  static let kindOfFact: Prose = "kind"
  static let optional: Prose = "may be left out"
  static let secret: Prose = "secret"
  static func list(of kind: Prose) -> Prose { "list: \(kind)" }
  static func form(_ label: Prose) -> Prose { "form “\(label)”" }
  static func oneOf(_ members: Prose) -> Prose { "one of: \(members)" }
  static func bestFirst(_ members: Prose) -> Prose { "one of, best first: \(members)" }

  static func kind(_ type: ValueType) -> Prose {
    switch type {
    case .bool: "yes or no"
    case .number: "number"
    case .money: "amount"
    case .percent: "percentage"
    case .text: "text"
    case .date: "date"
    case .month: "month"
    case .time: "time of day"
    case .post: "post"
    case .person: "person"
    case .enumeration, .record, .list, .optional: ""
    }
  }

  static func lower(_ bound: Prose, inclusive: Bool) -> Prose {
    inclusive ? "at least \(bound)" : "more than \(bound)"
  }
  static func upper(_ bound: Prose, inclusive: Bool) -> Prose {
    inclusive ? "at most \(bound)" : "less than \(bound)"
  }
  static func range(_ from: Prose, _ to: Prose, inclusive: Bool) -> Prose {
    inclusive ? "\(from) up to \(to)" : "\(from) up to below \(to)"
  }
  static func shape(_ pattern: Prose) -> Prose { "of the shape \(pattern)" }
  static func mostItems(_ count: Int) -> Prose { "at most \(count) items" }

  // MARK: Figures

  static let parameters: Prose = "figures that are set"
  static let parameter: Prose = "figure"
  static let values: Prose = "values by date"
  static func timeline(_ name: Prose) -> Prose { "\(name) by date" }
  static let tables: Prose = "tables"
  static let any: Prose = "any"
  static let none: Prose = "none"
  static func notCell(_ tests: Prose) -> Prose { "not \(tests)" }

  static func hit(_ hit: TypedTable.Hit) -> Prose {
    switch hit {
    case .unique: "at most one row fits"
    case .first: "the first row that fits counts"
    case .sum: "the rows that fit are added up"
    case .min: "the least value of the rows that fit counts"
    case .max: "the greatest value of the rows that fit counts"
    case .count: "the rows that fit are counted"
    case .list: "all rows that fit count"
    }
  }

  static let days: Prose = "days"
  static let kindOfDay: Prose = "kind of day"
  static let holiday: Prose = "holiday"
  static let worked: Prose = "day worked"
  static func calendarNote(from: Prose, until: Prose, weekend: Prose) -> Prose {
    "known from \(from) until \(until); weekend: \(weekend)."
  }
  static func weekday(_ number: Int) -> Prose {
    switch number {
    case 1: "Monday"
    case 2: "Tuesday"
    case 3: "Wednesday"
    case 4: "Thursday"
    case 5: "Friday"
    case 6: "Saturday"
    default: "Sunday"
    }
  }
  static let rate: Prose = "one unit is worth"
  static let post: Prose = "post"
  static let superior: Prose = "post above it"
  static let upTo: Prose = "decides up to"

  // MARK: Decisions

  static func kind(_ body: TypedDecision.Body) -> Prose {
    switch body {
    case .release: "release"
    case .approval: "approval"
    case .limit: "limit"
    case .grade: "grade"
    case .check: "check"
    case .value: "figure worked out"
    }
  }

  static func lead(_ body: TypedDecision.Body) -> Prose {
    switch body {
    case .release: "allowed as long as no rule below says otherwise."
    case .approval: "the steps that are to be given, once the request is complete."
    case .limit: "the least of the amounts below is the limit."
    case .grade: "the first class below whose rule holds is given."
    case .check: "in order when every rule below is met."
    case .value: "worked out like this:"
    }
  }

  static let requirements: Prose = "what the request must meet"
  static let steps: Prose = "steps"
  static func chainOf(_ decision: Prose) -> Prose { "the steps of “\(decision)”" }
  static let request: Prose = "request"
  static let approved: Prose = "approved"
  static let over: Prose = "ends"
  static func via(_ post: Prose) -> Prose { "via \(post)" }
  static func together(_ count: Int, need: Int?) -> Prose {
    need.map { "side by side: \($0) of \(count) must be given" }
      ?? "side by side: all \(count) must be given"
  }
  static let points: Prose = "points"
  static let pointsFor: Prose = "points for"
  static let howMany: Prose = "how many"
  static let bands: Prose = "classes"
  static let gradeCaps: Prose = "what holds the class down"
  static let duties: Prose = "duties"
  static let copies: Prose = "copies and notices"
  static func source(_ place: Prose) -> Prose { "source: \(place)" }

  // MARK: Cases

  static let coverage: Prose = "what sample cases show"
  static func cases(_ count: Int) -> Prose {
    count == 1 ? "1 sample case." : "\(count) sample cases."
  }
  static func allPass(_ count: Int) -> Prose { "\(count) sample cases, all as expected." }
  static func failing(_ failed: Int, of count: Int) -> Prose {
    "\(count) sample cases, \(failed) of them not as expected."
  }
  static func covered(_ covered: Int, of all: Int, percent: String) -> Prose {
    "the cases show \(covered) of \(all) clauses, conditions, thresholds and rows (\(percent))."
  }
  static let areas: Prose = "what is to be shown"
  static let shown: Prose = "shown"
  static let share: Prose = "share"
  static let all: Prose = "all"
  static let missing: Prose = "not shown by any case:"

  static func area(_ area: CoverageItem.Area) -> Prose {
    switch area {
    case .clauses: "clauses"
    case .conditions: "conditions"
    case .thresholds: "thresholds"
    case .rows: "rows of tables"
    }
  }

  // MARK: Registers

  static let registers: Prose = "registers"
  static let posts: Prose = "posts"
  static let holders: Prose = "who holds which post"
  static let delegations: Prose = "who stands in for whom"
  static let person: Prose = "person"
  static let delegate: Prose = "delegate"
  static let approvals: Prose = "approvals"
}
