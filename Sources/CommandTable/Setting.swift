/// Options that a config file may hold as well, and where each value comes from.
public import PolicySource

/// An option of a daemon, and what it does to the options as a whole.
public struct Setting<Options>: Sendable {
  /// Puts a value into the options, or says why it does not fit.
  public typealias Put = @Sendable (inout Options, Value) throws(UsageError) -> Void

  /// What the help, the manual and the config file say.
  public let option: Option
  let put: Put

  /// An option with what it does.
  public init(_ option: Option, put: @escaping Put) {
    self.option = option
    self.put = put
  }
}

/// Settings that belong together, under a title of the help.
public struct SettingGroup<Options>: Sendable {
  /// Such as `limits`.
  public let title: Phrase
  /// In the order of the help.
  public let settings: [Setting<Options>]

  /// Groups settings.
  public init(_ title: Phrase, _ settings: [Setting<Options>]) {
    self.title = title
    self.settings = settings
  }

  /// The same for the help.
  public var group: OptionGroup { OptionGroup(title, settings.map(\.option)) }
}

/// The values that hold: the command line's, else the config file's, else the defaults.
public struct EffectiveValues: Sendable {
  /// Where a value comes from.
  public enum Origin: Sendable, Hashable {
    case commandLine
    case file(String, line: Int)
    case byDefault
  }

  /// One option with what holds for it; without values nothing is set.
  public struct Row: Sendable {
    /// The option.
    public let option: Option
    /// What holds, with where it comes from.
    public let values: [(value: Value, origin: Origin)]
  }

  /// In the order of the help.
  public let rows: [Row]

  /// Joins a command line and a config file.
  public init(_ options: [Option], _ arguments: Arguments, _ file: ConfigFile?) {
    rows = options.map { option in
      if let given = arguments.givenValues(option.name) {
        return Row(option: option, values: given.map { ($0, .commandLine) })
      }
      let lines = file?.lines.filter { $0.option.name == option.name } ?? []
      if let file, !lines.isEmpty {
        return Row(
          option: option,
          values: lines.map { ($0.value, Origin.file(file.name, line: $0.number)) })
      }
      return Row(option: option, values: option.defaults.map { ($0, .byDefault) })
    }
  }

  /// Puts every value into the options.
  public func put<Options>(
    into options: inout Options, by settings: [Setting<Options>]
  ) throws(UsageError) {
    for row in rows {
      guard let setting = settings.first(where: { $0.option.name == row.option.name }) else {
        continue
      }
      for (value, origin) in row.values {
        do throws(UsageError) {
          try setting.put(&options, value)
        } catch {
          guard case .file(let name, let line) = origin else { throw error }
          throw CommandWords.atPlace(name, line, error)
        }
      }
    }
  }

  /// A config file that says the same, with the origin of each line.
  public func listing(in catalog: Catalog) -> String {
    var text = ""
    for row in rows {
      if row.values.isEmpty {
        text += "#\(row.option.key) =  # " + CommandWords.notSet.text(in: catalog) + "\n"
      }
      for (value, origin) in row.values {
        text += "\(row.option.key) = \(value.text)  # "
        text += CommandWords.origin(origin).text(in: catalog) + "\n"
      }
    }
    return text
  }
}
