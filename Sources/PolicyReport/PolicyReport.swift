/// The report of a policy set: one page that holds everything it needs, for people who never open a policy file.
public import PolicyEngine
public import PolicySource
import PolicyCompiler

/// What a report is made of.
public struct PolicyReport: Sendable {
  /// What sample cases say of the set.
  public struct Cases: Sendable {
    /// The cases that were run, by policy.
    public var counts: [String: Int]
    /// How many failed.
    public var failed: Int
    /// What they leave open.
    public var coverage: CoverageReport

    /// What a suite says; its cases are run.
    public init(_ suite: CaseSuite) {
      let run = suite.run()
      counts = Dictionary(suite.cases.map { ($0.policy, 1) }, uniquingKeysWith: +)
      failed = run.failed
      coverage = suite.coverage()
    }
  }

  /// What analysis says of the set; empty where nothing was analysed.
  public struct Analysis: Sendable {
    /// Authority matrices, each shown with its decision.
    public var matrices: [MatrixModel] = []
    /// Guarantees, each shown with its policy.
    public var guarantees: [GuaranteeModel] = []
    /// What changes against a baseline.
    public var changes: ChangeModel?
    /// Nothing.
    public init() {}
  }

  /// The set.
  public let set: PolicySet
  /// The only policy that is shown; nil shows all.
  public var only: String?
  /// What sample cases say of it; nil when there are none.
  public var cases: Cases?
  /// What analysis says of it.
  public var analysis = Analysis()
  /// The Chinese words of what analysis says.
  public var tables: [Catalog.Table] = []
  /// The set that its words are compared with, and what that is called.
  public var baseline: (set: PolicySet, name: String)?

  /// A report of a set.
  public init(_ set: PolicySet) { self.set = set }

  /// The page in a language.
  public func html(in language: Language) -> String {
    let own = Self.catalog(of: language)
    let catalog = language == .chinese ? tables.reduce(own) { $0.adding($1) } : own
    return DeepStack.run { Page(report: self, catalog: catalog).html }
  }

  /// The words of the page: its own first, then those of the other stages.
  static func catalog(of language: Language) -> Catalog {
    switch language {
    case .english: .english
    case .chinese: chinese
    }
  }

  /// The tables of this module.
  public static let chineseTables: [Catalog.Table] = [
    ReportMessages.chinese, RuleMessages.chinese, ProseMessages.chinese, AnalysisMessages.chinese,
  ]

  private static let chinese = Catalog(chineseTables + Catalog.chineseTables)
}
