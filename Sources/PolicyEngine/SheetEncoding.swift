/// CSV files as they lie on disk: UTF-8, or as a Chinese spreadsheet program saves them.
import PolicySource
import PolicySyntax

/// Brings the bytes of a CSV file into UTF-8.
enum SheetEncoding {
  /// The file in UTF-8, with what is to be said about it.
  ///
  /// A file that is not UTF-8 is read as GB18030 when it is that, with a warning unless the policy
  /// declares the encoding. A file that is plainly UTF-8 is not read in another encoding, whatever is
  /// declared: its Chinese would turn into other Chinese without a sign.
  ///
  /// - Parameters:
  ///   - file: as read.
  ///   - id: its id, for the diagnostics.
  ///   - declared: the encoding that a policy names for it.
  static func decode(
    _ file: SourceFile, id: FileID, declared: Name?, _ found: inout DiagnosticList
  ) -> SourceFile {
    let bytes = file.bytes
    let start = SourceRange(file: id, lower: 0, upper: 0)
    let empty = SourceFile(name: file.name, bytes: [], stored: bytes)
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      found.add(EngineMessages.wideEncoding(file.name, at: start))
      return empty
    }
    let isASCII = bytes.allSatisfy { $0 < 0x80 }
    let isUTF8 = isASCII || UTF8Text.isValid(bytes)
    let wantsChinese = declared.map { $0.text != "utf8" } ?? false
    if isUTF8 {
      if wantsChinese, !isASCII, let declared {
        found.add(EngineMessages.wrongEncoding(file.name, declared.text, at: declared.range))
      }
      return file
    }
    guard declared == nil || wantsChinese else { return file }
    guard let decoded = Iconv.utf8(bytes, from: "GB18030") else {
      found.add(EngineMessages.unknownBytes(file.name, at: start))
      return empty
    }
    if declared == nil { found.add(EngineMessages.detectedEncoding(file.name, at: start)) }
    return SourceFile(name: file.name, bytes: decoded, stored: bytes)
  }
}

/// Validity of UTF-8.
enum UTF8Text {
  /// Whether the bytes are well-formed.
  static func isValid(_ bytes: [UInt8]) -> Bool {
    String(validating: bytes, as: UTF8.self) != nil
  }
}
