/// Text patterns of generated fields, each with texts that fit it.

/// A pattern and what is known of it.
struct GeneratedPattern {
  let text: String
  let hasSerial: Bool
  let hasDate: Bool
  /// Texts that fit.
  let fitting: [String]

  static let all = [
    GeneratedPattern(
      text: "SC{serial 4}", hasSerial: true, hasDate: false,
      fitting: ["SC0001", "SC0000", "SC0100", "SC9999"]),
    GeneratedPattern(
      text: "SC{date}DD{serial 4}", hasSerial: true, hasDate: true,
      fitting: ["SC20261121DD0001", "SC20240229DD0100", "SC20261231DD9999"]),
    GeneratedPattern(
      text: "{one of ZB, XS, 合}-{yy}{mm}{dd}-{serial 3}", hasSerial: true, hasDate: true,
      fitting: ["ZB-261121-001", "XS-240229-010", "合-000101-999"]),
    GeneratedPattern(
      text: "{yyyy}/{mm}#{letters 2}{{{digits 3}}}", hasSerial: false, hasDate: false,
      fitting: ["2026/11#ab{001}", "2024/02#ZZ{999}"]),
    GeneratedPattern(
      text: "{dd}.{mm}.{yyyy}", hasSerial: false, hasDate: true,
      fitting: ["21.11.2026", "29.02.2024", "01.01.0001"]),
  ]
}
