/// The memory of the process.
internal import CSystem

/// What the process holds of the machine's memory.
public enum ProcessMemory {
  /// Gives free memory back to the system (`malloc_trim`); worth it after work that is not done again soon.
  public static func giveBack() { _ = csystem_trim_memory() }

  /// Bytes of memory in use (`/proc/self/statm`); 0 when the system does not tell.
  public static var residentBytes: Int { Int(csystem_resident_bytes()) }
}
