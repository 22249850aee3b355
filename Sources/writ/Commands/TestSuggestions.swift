/// Writing the cases that are missing into files.
import PolicyEngine
import CommandTable

enum TestSuggestions {
  static func write(
    _ suite: CaseSuite, _ mutants: MutationReport?, _ wanted: TestWishes, to folder: String,
    _ console: Console
  ) throws(UsageError) {}
}
