// The door through which libFuzzer comes in, with bytes that a client might send.

@c(LLVMFuzzerTestOneInput)
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  if let fault = AnyRequest.fault(in: bytes) { fatalError(fault) }
  return 0
}
