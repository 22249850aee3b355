/// Values while their facts are still open: every value an expression can have, and when it has it.

internal import PolicyRuntime

/// A truth: when it is true and when false; when its facts are not enough, neither.
struct Truth {
  var yes: Formula
  var no: Formula
  /// When it is an error.
  var error = Formula.no
  /// When there is nothing.
  var absent = Formula.no

  static let yes = Truth(yes: .yes, no: .no)
  static let no = Truth(yes: .no, no: .yes)
}

/// A value on a line: for each condition a term.
struct Scalar {
  struct Case: Hashable {
    var when: Formula
    var term: Linear
  }

  /// Apart from each other.
  var cases: [Case]
  var unknown = Formula.no
  var error = Formula.no
  var absent = Formula.no

  init(_ cases: [Case]) { self.cases = cases }

  init(_ term: Linear) { cases = [Case(when: .yes, term: term)] }

  init(_ value: Int128) { self.init(Linear(value)) }

  /// An error, always.
  static var failure: Scalar {
    var result = Scalar([])
    result.error = .yes
    return result
  }
}

/// A list: what is known of its items.
struct SymbolicList {
  enum Items {
    /// Items that are written out, each there under a condition.
    case listed([(when: Formula, item: Symbol)])
    /// Items that are made of those of a list of the request: for the path of one, when it counts and what it is.
    case facts(path: String, item: (String) -> Item)
    /// Items that nothing is known of.
    case opaque
  }

  /// An item, and when the list has it.
  struct Item {
    var counts = Truth.yes
    var value: Symbol
  }

  var items: Items
  /// What tells it from other lists.
  var key: String
  /// The type of an item.
  var item: ValueType
  var unknown = Formula.no
  var error = Formula.no
  var absent = Formula.no
}

/// A value of any type.
indirect enum Symbol {
  case truth(Truth)
  case scalar(Scalar)
  /// The fields in order.
  case record([Symbol])
  case list(SymbolicList)

  var truth: Truth {
    if case .truth(let truth) = self { truth } else { Truth(yes: .no, no: .no, error: .yes) }
  }

  var scalar: Scalar { if case .scalar(let scalar) = self { scalar } else { .failure } }
}
