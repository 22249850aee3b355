/// Work for all cores: pieces of work by number, each taken by whichever core is free.
import Foundation
import Synchronization

/// Runs pieces of work side by side.
enum ManyCores {
  /// How many run at a time.
  static var count: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }

  private final class Next: Sendable {
    private let number = Mutex(0)
    func take() -> Int {
      number.withLock { number in
        defer { number += 1 }
        return number
      }
    }
  }

  /// Calls a function for each number below a count, and gives what it gives in their order.
  static func map<Value: Sendable>(
    _ total: Int, _ work: @escaping @Sendable (Int) -> Value
  ) -> [Value] {
    let (next, found) = (Next(), Found<Value>())
    let runners = min(count, total)
    if runners == 0 { return [] }
    DispatchQueue.concurrentPerform(iterations: runners) { _ in
      let own = DeepStack.run { () -> [(Int, Value)] in
        var own: [(Int, Value)] = []
        while true {
          let number = next.take()
          guard number < total else { return own }
          own.append((number, work(number)))
        }
      }
      found.values.withLock { $0 += own }
    }
    return found.values.withLock { $0 }.sorted { $0.0 < $1.0 }.map(\.1)
  }

  private final class Found<Value: Sendable>: Sendable {
    let values = Mutex<[(Int, Value)]>([])
  }
}
