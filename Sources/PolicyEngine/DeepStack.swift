/// Room for deep recursion: reading and checking a policy goes as deep as its longest expression.
internal import Foundation
internal import Synchronization

/// A thread of its own for work that goes deep, so that no text can exhaust the stack of the caller.
public enum DeepStack {
  /// The bytes of its stack; only what is used becomes memory.
  ///
  /// An expression may have 2,000 operators, and a level takes about 20 kB in a debug build.
  private static let size = 256 << 20

  private final class Box<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
  }

  /// Runs work and gives what it gives.
  public static func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) -> Value {
    let (box, done) = (Box<Value>(), DispatchSemaphore(value: 0))
    let thread = Thread {
      let value = work()
      box.value.withLock { $0 = value }
      done.signal()
    }
    thread.stackSize = size
    thread.start()
    done.wait()
    guard let value = box.value.withLock({ $0 }) else {
      preconditionFailure("the thread ended without a value")
    }
    return value
  }
}
