/// Reading a config file by the same table as the command line.

/// A config file: lines `name = value`, comments behind `#`.
public struct ConfigFile: Sendable {
  /// A line that says something.
  public struct Line: Sendable {
    /// What it sets.
    public let option: Option
    /// To what.
    public let value: Value
    /// From 1.
    public let number: Int
  }

  /// The largest file that is read, in bytes.
  public static let largest = 1 << 20

  /// The path as the user gave it.
  public let name: String
  /// What it says, in its order.
  public private(set) var lines: [Line] = []
  /// What is wrong with it, in the order of its lines.
  public private(set) var problems: [UsageError] = []

  /// Reads the text of a file; `elsewhere` are the options that only a command line may hold.
  public init(
    _ bytes: [UInt8], name: String, options: [Option], elsewhere: [Option] = []
  ) {
    self.name = name
    guard bytes.count <= Self.largest else {
      problems.append(CommandWords.tooLarge(name, Self.largest))
      return
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      problems.append(CommandWords.notUTF8(name))
      return
    }
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      do throws(UsageError) {
        try read(line, index + 1, options, elsewhere)
      } catch {
        problems.append(CommandWords.atPlace(name, index + 1, error))
      }
    }
  }

  private mutating func read(
    _ line: Substring, _ number: Int, _ options: [Option], _ elsewhere: [Option]
  ) throws(UsageError) {
    let said = Self.trimmed(Self.withoutComment(line))
    if said.isEmpty { return }
    guard let equals = said.firstIndex(of: "=") else { throw CommandWords.notALine(String(said)) }
    let key = String(Self.trimmed(said[..<equals]))
    let text = String(Self.trimmed(said[said.index(after: equals)...]))
    guard let option = options.first(where: { $0.key == key }), let operand = option.value else {
      if elsewhere.contains(where: { $0.key == key }) { throw CommandWords.onlyOnTheLine(key) }
      throw CommandWords.unknownKey(key, options)
    }
    if text.isEmpty { throw CommandWords.emptyLine(option) }
    if !option.repeats, let first = lines.first(where: { $0.option.name == option.name }) {
      throw CommandWords.saidTwice(key, first.number)
    }
    lines.append(Line(option: option, value: try operand.read(text, of: key), number: number))
  }

  /// A comment begins with `#` at the start of a line, or behind a blank.
  private static func withoutComment(_ line: Substring) -> Substring {
    var last: Character = " "
    for index in line.indices {
      if line[index] == "#", last == " " || last == "\t" { return line[..<index] }
      last = line[index]
    }
    return line
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let blanks: Set<Character> = [" ", "\t", "\r"]
    var text = text.drop { blanks.contains($0) }
    while let last = text.last, blanks.contains(last) { text.removeLast() }
    return text
  }
}
