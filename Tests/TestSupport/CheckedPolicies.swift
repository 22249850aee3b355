/// Source texts read and checked in memory: what tests of everything behind the checker start from.
public import PolicyCompiler
import PolicySource
import PolicySyntax

/// The outcome of reading and checking some files.
public struct CheckedPolicies: Sendable {
  /// The typed set, nil when there was an error.
  public let set: TypedSet?
  /// The rendered errors and warnings.
  public let diagnostics: String
  /// The rendered errors.
  public let errors: String
  /// The codes of the errors.
  public let errorCodes: [String]

  /// Reads and checks policies, with the sheets that they name.
  public init(_ texts: [(name: String, text: String)]) {
    var files = SourceFiles()
    var found: [Diagnostic] = []
    var trees: [PolicyTree] = []
    for (name, text) in texts {
      let file = SourceFile(name: name, bytes: Array(text.utf8))
      let id = files.add(file)
      if name.hasSuffix(".csv") { continue }
      let (tree, diagnostics) = PolicyParser.parsePolicy(file, id: id)
      trees.append(tree)
      found += diagnostics.all
    }
    if !found.contains(where: { $0.severity == .error }) {
      let (set, diagnostics) = PolicyChecker.check(trees, files: files)
      found += diagnostics.all
      self.set = diagnostics.hasErrors ? nil : set
    } else {
      set = nil
    }
    let renderer = DiagnosticText(files: files, colour: false)
    let mistakes = found.filter { $0.severity == .error }
    diagnostics = renderer.render(found)
    errors = renderer.render(mistakes)
    errorCodes = mistakes.map(\.code.slug)
  }
}
