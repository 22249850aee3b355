/// The checker: policies as read become one typed set, with every mistake reported in one run.
internal import PolicyRuntime
public import PolicySource
public import PolicySyntax

/// Resolves names and checks types; never throws and never stops at the first mistake.
public enum PolicyChecker {
  /// Checks all policies of a set together.
  ///
  /// The typed set is complete when the list holds no error; its policies are sorted by name.
  public static func check(
    _ policies: [PolicyTree], files: SourceFiles
  ) -> (TypedSet, DiagnosticList) {
    let checker = SetChecker(policies, files: files)
    checker.checkHeaders()
    checker.collectNames()
    checker.checkProcesses()
    checker.checkUses()
    checker.resolveTypes()
    checker.checkParameters()
    checker.checkTables()
    checker.checkCalendars()
    checker.checkRates()
    checker.checkRegisters()
    checker.checkHierarchies()
    checker.checkDefines()
    checker.checkDecisions()
    checker.checkGuarantees()
    checker.checkDecisionCycles()
    checker.checkSharedInputs()
    checker.checkSecrets()
    checker.checkTableCoverage()
    checker.warnUnused()
    checker.warnUnusedSheets()
    return (checker.set, checker.diagnostics)
  }
}

/// The state that the passes over a set share.
final class SetChecker {
  /// The trees, sorted by the policies' names; indices agree with `set.policies`.
  let trees: [PolicyTree]
  /// What is made.
  var set: TypedSet
  /// What was found.
  var diagnostics = DiagnosticList()
  /// The names of each policy.
  var scopes: [PolicyScope]
  /// The index of a policy by name.
  var policyIndex: [String: Int] = [:]
  /// What is known of declarations beyond the typed tree.
  var facts: [PolicyFacts]
  /// The index of a post by name, and where it is declared.
  var postIndex: [String: Int] = [:]
  var postRanges: [SourceRange] = []
  /// The index of a field by record and name.
  var fieldIndex: [[String: Int]] = []
  /// Fields whose type could not be resolved.
  var brokenFields: Set<FieldPlace> = []
  /// Where each record and its fields are declared.
  var recordTrees: [(policy: Int, tree: RecordTree)] = []
  /// The index of a member by enumeration and name.
  var memberIndex: [[String: Int]] = []
  /// The names of all members of the set.
  var memberNames: Set<String> = []
  /// Definitions being checked, innermost last.
  var openDefines: [Reference] = []
  /// The id of the next variable.
  var nextVariable = 0
  /// Parameters and definitions that something uses.
  var usedParameters: Set<Reference> = []
  var usedDefines: Set<Reference> = []
  /// Where tables are looked up without `else`.
  var bareLookups: [Reference: [BareLookup]] = [:]
  /// The CSV files by path, those that a policy names, and those that were read.
  let sheetFiles: [String: FileID]
  var namedSheets: Set<FileID> = []
  var sheets: [FileID: SheetTree?] = [:]

  init(_ policies: [PolicyTree], files: SourceFiles) {
    sheetFiles = files.ids(endingIn: ".csv")
    trees = policies.sorted {
      ($0.header.name.text, $0.range.file.index) < ($1.header.name.text, $1.range.file.index)
    }
    set = TypedSet(files: files)
    scopes = trees.map { _ in PolicyScope() }
    facts = trees.map { _ in PolicyFacts() }
  }

  /// Reports one diagnostic.
  func report(_ diagnostic: Diagnostic) { diagnostics.add(diagnostic) }

  /// A new variable.
  func variable(_ name: String, _ type: ValueType) -> Variable {
    nextVariable += 1
    return Variable(id: nextVariable - 1, name: name, type: type)
  }

  /// The type in the policy's words, in backticks.
  func words(_ type: ValueType) -> String { "`\(set.types.name(of: type))`" }
}

/// A field of a record.
struct FieldPlace: Hashable {
  var record: RecordID
  var field: Int
}

/// What the checker knows of a policy's declarations; nil types were reported already.
struct PolicyFacts {
  /// What a decision is, before its clauses are checked.
  struct Signature {
    var kind: DecisionTree.Kind
    /// Of a grade or value.
    var type: ValueType?
  }

  /// How far a definition is.
  enum DefineState {
    case untouched, open
    /// Nil when its body is wrong.
    case done(ValueType?)
  }

  var inputs: [ValueType?] = []
  var parameters: [ValueType?] = []
  var tables: [TableFacts] = []
  var tableTrees: [TableTree] = []
  var defines: [DefineState] = []
  var defineTrees: [DefineTree] = []
  var defineArguments: [[ValueType?]] = []
  /// The decisions that a definition uses, through other definitions as well.
  var defineUses: [[Reference]] = []
  var signatures: [Signature] = []
}

/// The types of a table's keys and columns; nil where they could not be resolved.
struct TableFacts {
  var keys: [ValueType?] = []
  var columns: [ValueType?] = []
  var columnIndex: [String: Int] = [:]
  /// Whether every row could be read; nothing is said about coverage otherwise.
  var sound = true
}
