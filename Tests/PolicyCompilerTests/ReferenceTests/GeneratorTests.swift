/// The generator's programs are well-typed, and everything that it can write or provoke does occur.
import Foundation
import TestSupport
import Testing

struct GeneratorTests {
  /// The shares themselves, none under one in a hundred, are what `swift run -c release Fuzz` looks at: here
  /// programs are fewer, and nothing may be missing from the table.
  @Test func everythingOccurs() throws {
    var generator = ProgramGenerator(seed: 0x5752_4954)
    var differential = Differential()
    for _ in 0..<700 where differential.isClean { differential.compare(generator.next()) }
    for rejected in differential.rejected.prefix(2) { Issue.record("\(rejected)") }
    for found in differential.differences.prefix(2) {
      Issue.record("\(found.decision)\n\(found.source)\n\(found.request)")
    }
    let sections = differential.occurrences.sections
    #expect(sections.count > 10)
    // Of fewer runs than this what is in one of a hundred may well be missing.
    for section in sections where section.counts.runs >= 600 {
      for (name, count) in section.counts.counters.counts where count == 0 {
        Issue.record("\(name) never occurs in \(section.counts.runs) \(section.of)")
      }
    }
    let occurring = sections.first?.counts.counters.counts ?? [:]
    let written = try Self.constructs()
    #expect(written.count > 100)
    for name in written where occurring[name] == nil { Issue.record("\(name) is never written") }
  }

  /// The names under which the generator counts what it writes, as its source has them.
  private static func constructs() throws -> [String] {
    let folder = Golden.corpus.deletingLastPathComponent().appending(path: "TestSupport/Generator")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    return try names.flatMap { name -> [String] in
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      return text.matches(of: /counters\.add\("([^"\\]+)"\)/).map { String($0.output.1) }
    }
  }
}
