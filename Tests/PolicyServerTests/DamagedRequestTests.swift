/// What fuzzing learnt of requests, read again: bytes as HTTP, bodies as JSON.
import Foundation
import TestSupport
import Testing

@testable import PolicyServer

@Suite struct DamagedRequestTests {
  private static func files(_ folder: String) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(
      at: Golden.corpus.appending(path: "fuzz/\(folder)"), includingPropertiesForKeys: nil)
  }

  @Test func requestsEndWhereTheyEnd() throws {
    let files = try Self.files("http")
    #expect(files.count > 20)
    for file in files {
      let fault = AnyRequest.fault(in: try Golden.bytes(file))
      #expect(fault == nil, "\(file.lastPathComponent)")
    }
  }

  @Test func bodiesAreReadOrRefused() throws {
    let files = try Self.files("requests")
    #expect(files.count > 20)
    for file in files {
      let fault = AnyBytes.fault(inRequest: try Golden.bytes(file))
      #expect(fault == nil, "\(file.lastPathComponent)")
    }
  }
}
