/// What must hold for any bytes at all: reading, laying out, checking, compiling and answering come to an end.
import PolicyCompiler
import PolicyRuntime
import PolicySource
import PolicySyntax

/// Takes bytes as a file of a policy set and says what is wrong with the tool, not with the file.
public enum AnyBytes {
  /// Takes bytes as a policy, or as sample cases when they begin with `cases`.
  ///
  /// After a byte 0x1C begins another file: a policy, or the sheet `sheet.csv` when it does not say so.
  ///
  /// - Returns: nil when everything holds.
  public static func fault(inSource bytes: [UInt8]) -> String? {
    if bytes.starts(with: "cases".utf8) { return fault(inCases: bytes) }
    var files = SourceFiles()
    var trees: [PolicyTree] = []
    var found = DiagnosticList()
    for (number, part) in bytes.split(separator: 0x1C, omittingEmptySubsequences: false)
      .enumerated()
    {
      let part = Array(part)
      let isSheet = number > 0 && !part.starts(with: "policy".utf8)
      let name = isSheet ? "sheet.csv" : "file\(number).writ"
      let file = SourceFile(name: name, bytes: part)
      let id = files.add(file)
      guard !isSheet else { continue }
      let (tree, diagnostics) = PolicyParser.parsePolicy(file, id: id)
      trees.append(tree)
      found.add(diagnostics)
      // A file with a mistake has no layout.
      if !diagnostics.hasErrors,
        let fault = faultOfLayout(file, id, PolicyFormatter.formatPolicy)
      {
        return fault
      }
    }
    return faultOfSet(trees, files, &found, isShown: isShown(bytes))
  }

  /// Takes bytes as sample cases of a policy that has a little of everything.
  private static func fault(inCases bytes: [UInt8]) -> String? {
    guard let (set, policies) = SheetUses.sampled else { return "the sampled policy is broken" }
    var files = policies
    let file = SourceFile(name: "file.cases", bytes: bytes)
    let id = files.add(file)
    let (tree, diagnostics) = PolicyParser.parseCases(file, id: id)
    if !diagnostics.hasErrors,
      let fault = faultOfLayout(file, id, PolicyFormatter.formatCases)
    {
      return fault
    }
    let (_, found) = PolicyChecker.check(tree, in: set, files: files)
    return isShown(bytes) ? faultOfWords(diagnostics.all + found.all, files) : nil
  }

  /// Takes bytes as a spreadsheet; the first chooses what the sheet is used for.
  ///
  /// - Returns: nil when everything holds.
  public static func fault(inSheet bytes: [UInt8]) -> String? {
    let use = SheetUses.all[Int(bytes.first ?? 0) % SheetUses.all.count]
    var files = use.files
    _ = files.add(SourceFile(name: "sheet.csv", bytes: Array(bytes.dropFirst())))
    var found = DiagnosticList()
    return faultOfSet([use.tree], files, &found, isShown: isShown(bytes))
  }

  /// Takes bytes as a request to each decision of a policy that has a little of everything.
  ///
  /// - Returns: nil when everything holds: what is no JSON is refused as such, and nothing else is; whatever is read is
  ///   answered.
  public static func fault(inRequest bytes: [UInt8]) -> String? {
    let isJSON = StrictJSON.accepts(bytes)
    for program in SheetUses.programs {
      var frame = Frame(program)
      do throws(RequestProblem) {
        _ = try RequestReader.read(bytes.span, program, into: &frame, asOf: Day(number: 20_000))
        guard isJSON else { return "a request was read that is not JSON" }
        answer(program, bytes)
      } catch {
        let isGrammar = [.malformedJSON, .invalidUTF8, .duplicateName, .tooDeep].contains(
          error.code)
        if isGrammar == isJSON { return "\(error.code): \(error.found)" }
      }
    }
    return nil
  }

  // MARK: Parts

  /// Whether the findings are put into words: one file in sixty-four, for it takes more time than all the rest.
  private static func isShown(_ bytes: [UInt8]) -> Bool { bytes.reduce(0, &+) % 64 == 0 }

  /// A layout that was made is laid out already, and means the same.
  private static func faultOfLayout(
    _ file: SourceFile, _ id: FileID, _ format: (SourceFile, FileID) -> PolicyFormatter.Outcome
  ) -> String? {
    switch format(file, id) {
    case .refused: return nil
    case .unfaithful: return "the layout of this means something else"
    case .formatted(let text):
      guard case .formatted(text) = format(SourceFile(name: file.name, bytes: text), id) else {
        return "the layout of the layout is another:\n" + String(decoding: text, as: UTF8.self)
      }
      return nil
    }
  }

  /// Everything that is found can be shown, and points into the files.
  private static func faultOfWords(_ found: [Diagnostic], _ files: SourceFiles) -> String? {
    guard !found.isEmpty else { return nil }
    return DiagnosticText(files: files, colour: false).render(found).isEmpty
      ? "the findings have no words" : nil
  }

  /// A set without errors compiles, and answers when nothing is known.
  private static func faultOfSet(
    _ trees: [PolicyTree], _ files: SourceFiles, _ found: inout DiagnosticList, isShown: Bool
  ) -> String? {
    let (set, diagnostics) = PolicyChecker.check(trees, files: files)
    let isSound = !found.hasErrors && !diagnostics.hasErrors
    if isShown, let fault = faultOfWords(found.all + diagnostics.all, files) { return fault }
    guard isSound else { return nil }
    for policy in set.policies.indices {
      for index in set.policies[policy].decisions.indices {
        let (program, tooLarge) = Lowering.lower(Reference(policy: policy, index: index), in: set)
        if !tooLarge.hasErrors { answer(program) }
      }
    }
    return nil
  }

  /// Asks a decision, without saying anything unless something is said.
  private static func answer(
    _ program: Program, _ body: [UInt8] = Array("{\"input\":{},\"asOf\":\"2026-11-21\"}".utf8)
  ) {
    var frame = Frame(program)
    guard
      let options = try? RequestReader.read(body.span, program, into: &frame, asOf: Day(number: 0))
    else { return }
    Machine.run(program, &frame, body: body.span)
    guard frame.answer.error == nil else { return }
    var out: [UInt8] = []
    var seal = AnswerSeal(digest: "")
    AnswerWriter.write(
      program, &frame, body: body.span, options: options, seal: &seal, requestID: body.span,
      decisionID: body.span, into: &out)
  }
}
