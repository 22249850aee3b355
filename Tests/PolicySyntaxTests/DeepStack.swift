/// Room for the deepest trees: the tool and the daemon read policies on a deep stack, that of a test is small.
import Foundation
import Synchronization

/// What a thread gave.
private final class ResultBox<Value: Sendable>: Sendable {
  let result = Mutex<Result<Value, any Error>?>(nil)
}

/// Runs work on a deep stack; gives what it gives and throws what it throws.
@discardableResult
func onDeepStack<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) throws -> Value {
  let (box, done) = (ResultBox<Value>(), DispatchSemaphore(value: 0))
  let thread = Thread {
    let result = Result { try work() }
    box.result.withLock { $0 = result }
    done.signal()
  }
  thread.stackSize = 128 << 20
  thread.start()
  done.wait()
  guard let result = box.result.withLock({ $0 }) else { fatalError("the thread gave nothing") }
  return try result.get()
}
