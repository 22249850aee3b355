// The door through which libFuzzer comes in; which files it damages is said when it is compiled.

@c(LLVMFuzzerTestOneInput)
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  #if REQUESTS
    let fault = AnyBytes.fault(inRequest: bytes)
  #elseif SHEETS
    let fault = AnyBytes.fault(inSheet: bytes)
  #else
    let fault = AnyBytes.fault(inSource: bytes)
  #endif
  if let fault { fatalError(fault) }
  return 0
}
