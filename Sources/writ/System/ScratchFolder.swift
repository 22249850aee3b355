/// A folder for files that are needed for a moment; it does not stay when the process is told to end meanwhile.
import Foundation
import Glibc

final class ScratchFolder {
  /// Where it lies.
  let url: URL
  /// The signals that are waited for, with what waits.
  private var waiting: [(signal: Int32, source: any DispatchSourceSignal)] = []

  /// Makes a folder whose name begins with a word.
  init(_ word: String) throws {
    url = FileManager.default.temporaryDirectory.appending(path: "\(word)-\(UUID().uuidString)")
    let url = url
    for number in [SIGINT, SIGTERM, SIGHUP] {
      // What the caller has decided to ignore (`nohup`) stays ignored.
      if Self.ignore(number) { continue }
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        Self.clear(url)
        Self.end(by: number)
      }
      source.resume()
      waiting.append((number, source))
    }
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      remove()
      throw error
    }
  }

  /// Removes it with all that lies in it; signals are again what they were.
  func remove() {
    try? FileManager.default.removeItem(at: url)
    for (number, source) in waiting {
      source.cancel()
      _ = signal(number, SIG_DFL)
    }
    waiting = []
  }

  /// Lets a signal do nothing; true when that was so before.
  private static func ignore(_ number: Int32) -> Bool {
    let before = signal(number, SIG_IGN)
    return unsafe unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Removes it, also while a child still writes there; that ends when it finds nothing to write to.
  private static func clear(_ url: URL) {
    for _ in 0..<100 where FileManager.default.fileExists(atPath: url.path) {
      if (try? FileManager.default.removeItem(at: url)) == nil { usleep(10_000) }
    }
  }

  /// Ends the process as the signal would have.
  private static func end(by number: Int32) -> Never {
    _ = signal(number, SIG_DFL)
    var only = sigset_t()
    unsafe sigemptyset(&only)
    unsafe sigaddset(&only, number)
    unsafe pthread_sigmask(SIG_UNBLOCK, &only, nil)
    _ = raise(number)
    exit(128 + number)
  }
}
