/// Reading a folder: all files with one suffix below it, and the CSV files of a policy set, in order of their
/// paths, or what stands in the way.
///
/// Names that begin with a dot are passed over. A symbolic link to a file is followed when the file lies in
/// the same folder, as mounted configuration has it; a link that leads out of it is an error.
import FoundationEssentials
public import PolicySource
import PolicySyntax

/// The files of a folder.
public struct SetFolder: Sendable {
  /// The largest file that is read.
  public static let largestFile = 16 * 1024 * 1024
  /// The most files that a folder may hold.
  public static let mostFiles = 10_000
  /// How many folders may lie in each other.
  public static let deepest = 32

  /// The files; the first is the folder itself, without bytes, for mistakes that belong to no file.
  public private(set) var files = SourceFiles()
  /// The ids of the files that were read, sorted by path.
  public private(set) var read: [FileID] = []
  /// The ids of the CSV files, sorted by path; only a folder of policies has them.
  public private(set) var sheets: [FileID] = []
  /// What went wrong.
  public private(set) var diagnostics = DiagnosticList()

  /// The suffix of the files of rows that belong to a policy set.
  public static let sheetSuffix = ".csv"

  /// The suffix of files of recorded requests among sample cases.
  public static let recordSuffix = ".cases.jsonl"
  /// The ids of those files, sorted by path.
  public private(set) var records: [FileID] = []

  private let suffix: String
  private let suffixes: [String]
  private var paths: [String] = []

  /// Reads a folder, or one file when its name is given.
  ///
  /// - Parameters:
  ///   - path: the folder.
  ///   - suffix: `.writ` or `.cases`.
  ///   - files: the files known already; those of the folder are added.
  ///   - singleFile: whether the path may name one file.
  public init(
    _ path: String, suffix: String, adding files: SourceFiles = SourceFiles(),
    singleFile: Bool = false
  ) {
    self.suffix = suffix
    suffixes = [suffix, Self.sheetSuffix] + (suffix == ".cases" ? [Self.recordSuffix] : [])
    self.files = files
    let here = SourceRange(
      file: self.files.add(SourceFile(name: path, bytes: [])), lower: 0, upper: 0)
    let manager = FileManager.default
    var isFolder = false
    guard manager.fileExists(atPath: path, isDirectory: &isFolder) else {
      diagnostics.add(
        singleFile && path.hasSuffix(suffix)
          ? EngineMessages.unreadable(path, at: here) : EngineMessages.missingFolder(path, at: here)
      )
      return
    }
    if singleFile, !isFolder, suffixes.contains(where: path.hasSuffix) {
      load(path, shownAs: path)
      if path.hasSuffix(suffix) { loadSheets(beside: path) }
      return
    }
    guard isFolder else {
      diagnostics.add(EngineMessages.notAFolder(path, at: here))
      return
    }
    let root = URL(filePath: path).resolvingSymlinksInPath().path
    collect(in: path, below: "", root: root, depth: 0, at: here)
    if diagnostics.hasErrors { return }
    paths.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for relative in paths { load(path + "/" + relative, shownAs: relative) }
    if read.isEmpty, records.isEmpty, !diagnostics.hasErrors {
      diagnostics.add(EngineMessages.emptyFolder(path, suffix: suffix, at: here))
    }
  }

  /// The CSV files that one file may name.
  private mutating func loadSheets(beside path: String) {
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .map { $0 + "/" }.joined()
    let place = folder.isEmpty ? "." : folder
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
    for name in names.sorted().prefix(Self.mostFiles)
    where name.hasSuffix(Self.sheetSuffix) && !name.hasPrefix(".") {
      load(folder + name, shownAs: folder + name)
    }
  }

  /// Finds the paths of the files, relative to the folder.
  private mutating func collect(
    in folder: String, below prefix: String, root: String, depth: Int, at here: SourceRange
  ) {
    let manager = FileManager.default
    guard depth < Self.deepest, let names = try? manager.contentsOfDirectory(atPath: folder) else {
      diagnostics.add(EngineMessages.unreadable(folder, at: here))
      return
    }
    for name in names.sorted() where !name.hasPrefix(".") {
      let path = folder + "/" + name
      let relative = prefix + name
      var type = (try? manager.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
      if type == .typeSymbolicLink {
        let target = URL(filePath: path).resolvingSymlinksInPath().path
        type = (try? manager.attributesOfItem(atPath: target))?[.type] as? FileAttributeType
        if type == .typeDirectory {
          diagnostics.add(EngineMessages.doubleFolder(relative, at: here))
          continue
        }
        if suffixes.contains(where: name.hasSuffix), !target.hasPrefix(root + "/") {
          diagnostics.add(EngineMessages.linkLeavesFolder(relative, at: here))
          continue
        }
      }
      if type == .typeDirectory {
        collect(in: path, below: relative + "/", root: root, depth: depth + 1, at: here)
      } else if suffixes.contains(where: name.hasSuffix) {
        take(relative, isFile: type == .typeRegular, at: here)
      }
    }
  }

  private mutating func take(_ relative: String, isFile: Bool, at here: SourceRange) {
    if !isFile {
      diagnostics.add(EngineMessages.unreadable(relative, at: here))
    } else if relative.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D || $0 == 0x5C }) {
      diagnostics.add(EngineMessages.strangeName(relative, at: here))
    } else if paths.count < Self.mostFiles {
      paths.append(relative)
    } else {
      diagnostics.add(
        EngineMessages.tooManyFiles(files[here.file].name, limit: Self.mostFiles, at: here))
    }
  }

  private mutating func load(_ path: String, shownAs name: String) {
    let manager = FileManager.default
    let target = URL(filePath: path).resolvingSymlinksInPath().path
    let size = (try? manager.attributesOfItem(atPath: target))?[.size] as? UInt64
    if let size, size > Self.largestFile {
      let place = files.add(SourceFile(name: name, bytes: []))
      diagnostics.add(
        EngineMessages.fileTooLarge(
          name, limit: Self.largestFile, at: SourceRange(file: place, lower: 0, upper: 0)))
      return
    }
    guard let data = manager.contents(atPath: path) else {
      let place = files.add(SourceFile(name: name, bytes: []))
      diagnostics.add(
        EngineMessages.unreadable(name, at: SourceRange(file: place, lower: 0, upper: 0)))
      return
    }
    let id = files.add(SourceFile(name: name, bytes: Array(data)))
    if name.hasSuffix(Self.recordSuffix) {
      records.append(id)
    } else if name.hasSuffix(suffix) {
      read.append(id)
    } else {
      sheets.append(id)
    }
  }

  /// Brings the CSV files into UTF-8, from the encodings that policies declare, by path.
  mutating func decodeSheets(declared: [String: Name]) {
    for id in sheets {
      let file = files[id]
      files.replace(
        id,
        with: SheetEncoding.decode(
          file, id: id, declared: declared[file.name], &diagnostics))
    }
  }
}
