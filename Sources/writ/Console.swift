/// Standard input and output: bytes in, text out, colour only on a terminal.
import Foundation
import PolicySource

/// Where the tool speaks.
struct Console {
  /// Whether findings may be coloured: on a terminal, and `NO_COLOR` is not set.
  let color: Bool
  /// The language of what is said to people.
  let language: Language
  /// The words of that language.
  let catalog: Catalog

  init(language: Language) {
    self.language = language
    catalog = Speech.catalog(of: language)
    let wanted = (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
    color = wanted && isatty(STDOUT_FILENO) == 1
  }

  /// Words in the language of the console.
  func say(_ phrase: Phrase) -> String { phrase.text(in: catalog) }

  /// Writes what was asked for.
  func write(_ text: String) { write(Array(text.utf8)) }

  /// Writes bytes that were asked for.
  ///
  /// A reader that has gone away ends the process quietly; what cannot be written ends it with a word, as
  /// nobody may take half of an answer for the whole.
  func write(_ bytes: [UInt8]) {
    do throws(Output.Failure) {
      try Output.write(bytes)
    } catch {
      if error == .nobodyReads { Output.endUnread() }
      complain(OutputMessages.standardOutput, help: OutputMessages.help(error))
      exit(ExitCode.usage.rawValue)
    }
  }

  /// Writes what went wrong.
  func complain(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  /// Says in one sentence what went wrong, and what to do about it.
  func complain(_ message: Phrase, help: Phrase?) {
    var text = "writ: \(say(message))\n"
    if let help { text += say(SourceMessages.titled("help", help)) + "\n" }
    complain(text)
  }

  /// The bytes of a file, or of standard input for `-`; nil when it cannot be read.
  func read(_ path: String, limit: Int) -> [UInt8]? {
    guard let handle = path == "-" ? .standardInput : FileHandle(forReadingAtPath: path) else {
      return nil
    }
    do {
      // At the end of a file there is nothing, which is no failure.
      return Array(try handle.read(upToCount: limit + 1) ?? Data())
    } catch {
      return nil
    }
  }
}

/// The day of the wall clock.
enum WallClock {
  /// The day in a time zone such as `Asia/Shanghai`; nil when the zone is not known.
  static func day(in zone: String) -> (year: Int, month: Int, day: Int)? {
    guard let zone = TimeZone(identifier: zone) else { return nil }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let parts = calendar.dateComponents([.year, .month, .day], from: Date())
    guard let year = parts.year, let month = parts.month, let day = parts.day else { return nil }
    return (year, month, day)
  }
}
