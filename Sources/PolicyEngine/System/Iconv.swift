/// `iconv` of the C library: text in the encodings of Chinese spreadsheets as UTF-8, whole or not at all.
internal import Glibc

/// Conversion of whole files.
enum Iconv {
  /// The bytes as UTF-8 (`iconv_open`, `iconv`); nil when they are not text in the encoding.
  ///
  /// - Parameter encoding: a name that the C library knows: `GB18030` reads GBK and GB 2312 too.
  static func utf8(_ bytes: [UInt8], from encoding: String) -> [UInt8]? {
    let converter = unsafe iconv_open("UTF-8", encoding)
    guard let converter = unsafe converter, Int(bitPattern: converter) != -1 else {
      return nil
    }
    defer { _ = unsafe iconv_close(converter) }
    // Two bytes become at most three, and four at most four.
    var result = [UInt8](repeating: 0, count: bytes.count * 2 + 16)
    var input = bytes.map { CChar(bitPattern: $0) }
    var (inputLeft, outputLeft) = (bytes.count, result.count)
    let failed = unsafe input.withUnsafeMutableBufferPointer { input in
      unsafe result.withUnsafeMutableBytes { output in
        var from = input.baseAddress
        var to = unsafe output.bindMemory(to: CChar.self).baseAddress
        let count = unsafe iconv(converter, &from, &inputLeft, &to, &outputLeft)
        return count == -1
      }
    }
    guard !failed, inputLeft == 0 else { return nil }
    result.removeLast(outputLeft)
    return result
  }
}
