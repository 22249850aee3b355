import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * May this order ship? Asks writd over its Unix socket; needs Java 17 and nothing else.
 *
 * <p>usage: java Ask.java SOCKET REQUEST.json. Ends with 0 and `yes: ...` only when the daemon permits
 * it, else with 1 and `no: ...`, which says why.
 */
public final class Ask {
  static final String DECISION = "full_payment.may_ship";
  static final int MILLISECONDS = 2000; // for each try
  static final int TRIES = 2;

  /** There is no answer that may be trusted; `again`: not now, and asking again is safe. */
  static final class Doubt extends Exception {
    final boolean again;

    Doubt(String message, boolean again) {
      super(message);
      this.again = again;
    }
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 2) {
      System.err.println("usage: java Ask.java SOCKET REQUEST.json");
      System.exit(2);
    }
    byte[] body = Files.readAllBytes(Path.of(arguments[1]));
    String requestId = UUID.randomUUID().toString();
    int code = 1;
    try {
      Map<?, ?> answer = ask(Path.of(arguments[0]), body, requestId);
      String ids = "(decision " + answer.get("decisionId") + ", request " + requestId + ")";
      if (Boolean.TRUE.equals(answer.get("permitted"))) { // and nothing else is a yes
        System.out.println("yes: ship " + ids);
        code = 0;
      } else {
        List<String> reasons = new ArrayList<>();
        if (answer.get("reasons") instanceof List<?> list) {
          for (Object item : list) {
            if (item instanceof Map<?, ?> it) reasons.add(it.get("code") + ": " + it.get("text"));
          }
        }
        System.out.println(
            "no: " + answer.get("outcome") + ": " + String.join("; ", reasons) + " " + ids);
      }
    } catch (Doubt problem) {
      System.out.println("no: " + problem.getMessage() + " (request " + requestId + ")");
    }
    System.exit(code);
  }

  /** Asks; once more when the daemon was not there or the connection broke. The id stays the same. */
  static Map<?, ?> ask(Path socket, byte[] body, String requestId)
      throws Doubt, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return checked(exchange(socket, body, requestId), requestId);
      } catch (Doubt problem) {
        if (!problem.again || attempt == TRIES) throw problem;
        Thread.sleep(200);
      }
    }
  }

  /** An answer as it came. */
  record Answer(int status, String body) {}

  static Map<?, ?> checked(Answer came, String requestId) throws Doubt {
    Object tree;
    try {
      tree = new Json(came.body).document();
    } catch (IllegalArgumentException problem) {
      throw new Doubt("status " + came.status + ", and the answer is not JSON", false);
    }
    if (!(tree instanceof Map<?, ?> answer)) throw new Doubt("the answer is no object", false);
    if (came.status != 200) {
      throw new Doubt("status " + came.status + ": " + answer.get("detail"), came.status == 503);
    }
    if (!DECISION.equals(answer.get("decision")) || !requestId.equals(answer.get("requestId"))) {
      throw new Doubt("this is the answer to something else", false);
    }
    return answer;
  }

  /** One request and its answer over a connection of its own; all of it within the time. */
  static Answer exchange(Path socket, byte[] body, String requestId) throws Doubt {
    long end = System.nanoTime() + MILLISECONDS * 1_000_000L;
    String head =
        "POST /v1/decide/" + DECISION + " HTTP/1.1\r\nHost: writ\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nX-Request-ID: " + requestId + "\r\n"
            + "Content-Length: " + body.length + "\r\n\r\n";
    ByteBuffer out = ByteBuffer.allocate(head.length() + body.length);
    out.put(head.getBytes(StandardCharsets.US_ASCII)).put(body).flip();
    ByteBuffer in = ByteBuffer.allocate(1 << 20);
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        Selector selector = Selector.open()) {
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ | SelectionKey.OP_WRITE);
      while (true) {
        Answer answer = parse(in);
        if (answer != null) return answer;
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) throw new Doubt("no answer in time", true);
        selector.select(left);
        if (out.hasRemaining()) channel.write(out);
        if (!out.hasRemaining()) key.interestOps(SelectionKey.OP_READ);
        if (!in.hasRemaining()) throw new Doubt("the answer is too large", false);
        if (channel.read(in) < 0) throw new Doubt("the answer was cut off", true);
      }
    } catch (IOException problem) { // nobody there, no permission, connection broken
      throw new Doubt("no answer: " + problem.getMessage(), true);
    }
  }

  /** The answer, once it has come whole; the daemon always says its length. */
  static Answer parse(ByteBuffer in) throws Doubt {
    String text = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
    if (!"HTTP/1.1 ".startsWith(text.substring(0, Math.min(9, text.length())))) {
      throw new Doubt("what came is no answer of HTTP/1.1", false);
    }
    int headEnd = text.indexOf("\r\n\r\n");
    if (headEnd < 0) return null;
    String[] lines = text.substring(0, headEnd).split("\r\n");
    if (!lines[0].matches("HTTP/1\\.1 \\d{3}( .*)?")) throw new Doubt("a broken first line", false);
    int length = -1;
    for (String line : lines) {
      String[] field = line.split(":", 2);
      if (!field[0].equalsIgnoreCase("Content-Length")) continue;
      String digits = field.length < 2 ? "" : field[1].strip();
      if (length >= 0 || !digits.matches("\\d{1,9}")) throw new Doubt("a broken length", false);
      length = Integer.parseInt(digits);
    }
    if (length < 0) throw new Doubt("the answer does not say how long it is", false);
    int bodyStart = headEnd + 4;
    if (in.position() < bodyStart + length) return null;
    String body = new String(in.array(), bodyStart, length, StandardCharsets.UTF_8);
    return new Answer(Integer.parseInt(lines[0].substring(9, 12)), body);
  }

  /** Reads JSON into maps, lists, strings and booleans; numbers stay texts. Use your own library if you have one. */
  static final class Json {
    private final String text;
    private int at = 0;

    Json(String text) {
      this.text = text;
    }

    Object document() {
      Object value = value(0);
      blanks();
      if (at != text.length()) throw new IllegalArgumentException("more than one document");
      return value;
    }

    private void blanks() {
      while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
    }

    private char next() {
      if (at >= text.length()) throw new IllegalArgumentException("cut off");
      return text.charAt(at);
    }

    private boolean take(char wanted) {
      blanks();
      if (next() != wanted) return false;
      at++;
      return true;
    }

    private void need(char wanted) {
      if (!take(wanted)) throw new IllegalArgumentException("expected " + wanted);
    }

    private Object value(int depth) {
      if (depth > 100) throw new IllegalArgumentException("too deep");
      if (take('{')) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (take('}')) return members;
        do {
          need('"');
          String name = string();
          need(':');
          if (members.containsKey(name)) throw new IllegalArgumentException("a name twice");
          members.put(name, value(depth + 1));
        } while (take(','));
        need('}');
        return members;
      }
      if (take('[')) {
        List<Object> items = new ArrayList<>();
        if (take(']')) return items;
        do items.add(value(depth + 1));
        while (take(','));
        need(']');
        return items;
      }
      if (take('"')) return string();
      int start = at;
      while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) at++;
      String word = text.substring(start, at);
      switch (word) {
        case "true": return Boolean.TRUE;
        case "false": return Boolean.FALSE;
        case "null": return null;
        default:
          if (word.matches("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?")) return word;
          throw new IllegalArgumentException("no value: " + word);
      }
    }

    private String string() {
      StringBuilder letters = new StringBuilder();
      while (true) {
        char letter = next();
        at++;
        if (letter == '"') return letters.toString();
        if (letter != '\\') {
          letters.append(letter);
          continue;
        }
        char escaped = next();
        at++;
        int known = "\"\\/bfnrt".indexOf(escaped);
        if (known >= 0) {
          letters.append("\"\\/\b\f\n\r\t".charAt(known));
        } else if (escaped == 'u' && at + 4 <= text.length()) {
          letters.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
          at += 4;
        } else {
          throw new IllegalArgumentException("a broken escape");
        }
      }
    }
  }
}
