/// The files that fuzzing kept: whatever is damaged in them, reading, checking and compiling come to an end.
import Foundation
import TestSupport
import Testing

struct DamagedFilesTests {
  static let sources = Golden.files("fuzz/sources", endings: "")
  static let sheets = Golden.files("fuzz/sheets", endings: "")

  @Test func everyKeptSourceIsReadWithoutAFault() throws {
    #expect(Self.sources.count > 100)
    for file in Self.sources {
      let fault = AnyBytes.fault(inSource: try Golden.bytes(file))
      #expect(fault == nil, "\(file.lastPathComponent)")
    }
  }

  @Test func everyKeptSheetIsReadWithoutAFault() throws {
    #expect(Self.sheets.count > 50)
    for file in Self.sheets {
      let fault = AnyBytes.fault(inSheet: try Golden.bytes(file))
      #expect(fault == nil, "\(file.lastPathComponent)")
    }
  }
}
