/// The page in a browser: Chromium without a screen, light, dark, on a phone and on paper.
import Foundation
import PolicySource
import TestSupport
import Testing

@testable import PolicyReport

/// Chromium, when it is installed.
enum Browser {
  static let path = ["chromium", "chromium-browser", "google-chrome"].lazy
    .flatMap { name in
      (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .map { "\($0)/\(name)" }
    }
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// Opens a page with some options; gives what the browser says and prints.
  static func open(_ page: URL, _ options: [String], in folder: URL) throws -> (
    log: String, output: Data
  ) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path ?? "/usr/bin/chromium")
    let own = folder.appendingPathComponent("profile-\(UUID().uuidString)").path
    process.arguments =
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        "--enable-logging=stderr", "--user-data-dir=\(own)",
      ] + options + [page.absoluteString]
    let (log, output) = (folder.appendingPathComponent("log"), folder.appendingPathComponent("out"))
    for file in [log, output] { try Data().write(to: file) }
    process.standardError = try FileHandle(forWritingTo: log)
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return (
      String(decoding: try Data(contentsOf: log), as: UTF8.self), try Data(contentsOf: output)
    )
  }
}

@Suite(.enabled(if: Browser.path != nil, "there is no chromium")) struct BrowserTests {
  private func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("writ-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// How large a picture is, and its file.
  private func size(of picture: URL) throws -> (width: Int, height: Int, bytes: Int) {
    let data = try Array(Data(contentsOf: picture))
    #expect(data.starts(with: [0x89, 0x50, 0x4E, 0x47]), "no PNG")
    func number(_ at: Int) -> Int { data[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
    return (number(16), number(20), data.count)
  }

  @Test(arguments: [(Language.english, "light"), (.english, "dark"), (.chinese, "phone")])
  func thePageIsShown(language: Language, mode: String) throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let page = folder.appendingPathComponent("page.html")
    try (language == .chinese ? ReportSamples.chinese : ReportSamples.english).get()
      .write(to: page, atomically: false, encoding: .utf8)
    let blank = folder.appendingPathComponent("blank.html")
    try "<!DOCTYPE html><html><head><title>t</title></head><body></body></html>"
      .write(to: blank, atomically: false, encoding: .utf8)
    var options = ["--window-size=\(mode == "phone" ? "500,2000" : "1200,2000")"]
    if mode == "dark" { options.append("--blink-settings=preferredColorScheme=0") }
    let shot = folder.appendingPathComponent("shot.png")
    let found = try Browser.open(page, options + ["--screenshot=\(shot.path)"], in: folder)
    #expect(!found.log.contains("CONSOLE"), "\(found.log)")
    let nothing = folder.appendingPathComponent("nothing.png")
    _ = try Browser.open(blank, options + ["--screenshot=\(nothing.path)"], in: folder)
    let (seen, empty) = (try size(of: shot), try size(of: nothing))
    #expect(seen.width == empty.width && seen.height == empty.height)
    // A page of one colour is packed into next to nothing.
    #expect(seen.bytes > empty.bytes * 8, "\(seen) \(empty)")
  }

  /// What the browser made of the file has all its identifiers, and every link leads to one.
  @Test func theBrowserFindsEveryLink() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let page = folder.appendingPathComponent("page.html")
    let text = try ReportSamples.english.get()
    try text.write(to: page, atomically: false, encoding: .utf8)
    let found = try Browser.open(page, ["--dump-dom"], in: folder)
    let dom = String(decoding: found.output, as: UTF8.self)
    func all(_ pattern: Regex<(Substring, Substring)>, _ text: String) -> [String] {
      text.matches(of: pattern).map { String($0.1) }
    }
    let ids = all(#/ id="([^"]+)"/#, dom)
    #expect(ids == all(#/ id="([^"]+)"/#, text))
    #expect(Set(all(##/ href="#([^"]+)"/##, dom)).subtracting(ids).sorted() == [])
  }

  @Test func thePageIsPrinted() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let (set, _) = try #require(ReportSamples.project)
    var report = PolicyReport(set)
    report.only = "full_payment"
    let page = folder.appendingPathComponent("page.html")
    try report.html(in: .chinese).write(to: page, atomically: false, encoding: .utf8)
    let paper = folder.appendingPathComponent("paper.pdf")
    let found = try Browser.open(
      page, ["--no-pdf-header-footer", "--print-to-pdf=\(paper.path)"], in: folder)
    #expect(!found.log.contains("CONSOLE"), "\(found.log)")
    let data = try Data(contentsOf: paper)
    #expect(data.starts(with: Array("%PDF".utf8)) && data.count > 20_000)
  }
}
