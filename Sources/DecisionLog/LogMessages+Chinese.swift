/// The words of the decision log in Chinese.
public import PolicySource

/// The words of this module in other languages.
public enum LogWords {
  /// Everything that the log says, in Chinese.
  public static let chinese: Catalog.Table = [
    "`{1}` was changed while the log is being written": "`{1}` 在写入期间被改动",
    "`{1}` was removed or replaced while the log is being written":
      "`{1}` 在写入期间被移走或替换",
    "`{1}`:{2}: the record has version {3}, and this program knows 1":
      "`{1}`:{2}：该记录的版本是 {3}，本程序只认识版本 1",
    "a `start` record in the middle of a file": "文件中间出现 `start` 记录",
    "a record that was not written whole cannot be cut from `{1}`: {2}":
      "无法从 `{1}` 中截去未完整写入的记录：{2}",
    "a record with a line break cannot be written": "含有换行的记录不能写入",
    "a torn tail: {1} bytes behind the last whole record, as a crash leaves them; the daemon cuts them when it starts":
      "残缺的末尾：最后一条完整记录之后有 {1} 个字节，为崩溃所留；守护进程启动时会截去",
    "another process writes the log `{1}`": "另一个进程正在写入日志 `{1}`",
    "cannot begin the file `{1}` of the log: {2}": "无法新建日志文件 `{1}`：{2}",
    "cannot bring `{1}` to the disk: {2}": "无法将 `{1}` 落盘：{2}",
    "cannot lock the log `{1}`: {2}": "无法锁定日志 `{1}`：{2}",
    "cannot read `{1}`: {2}": "无法读取 `{1}`：{2}",
    "cannot remove the file `{1}`, which was begun in vain: {2}":
      "无法删除未能启用的新文件 `{1}`：{2}",
    "cannot use the folder `{1}` for the log: {2}": "无法将文件夹 `{1}` 用于日志：{2}",
    "cannot write `{1}`: {2}": "无法写入 `{1}`：{2}",
    "check the disk and the permissions": "请检查磁盘和权限",
    "check the disk and the permissions; the log goes on by itself when it can be removed":
      "请检查磁盘和权限；文件可以删除后，日志会自动继续",
    "check the disk and the permissions; the log goes on by itself when the file can be cut":
      "请检查磁盘和权限；文件可以截短后，日志会自动继续",
    "check the disk and the permissions; the log goes on by itself when the file can be written":
      "请检查磁盘和权限；文件可以写入后，日志会自动继续",
    "everybody may write into the folder `{1}` of the log":
      "所有人都可以写入日志文件夹 `{1}`",
    "Is a directory": "是文件夹",
    "let only the daemon write there: `chmod 700`":
      "请只允许守护进程写入：`chmod 700`",
    "make room on the disk; the log goes on by itself": "请腾出磁盘空间；日志会自动继续",
    "make the folder above it first, and see to it that this user may write there":
      "请先建立上一级文件夹，并确保当前用户可以写入",
    "name a new folder for each backup": "请为每次备份指定新的文件夹",
    "name the folder that `writd --log` names":
      "请给出 `writd --log` 所用的文件夹",
    "name the folder that `writd --log` names, or files of it":
      "请给出 `writd --log` 所用的文件夹或其中的文件",
    "No space left on device": "磁盘空间已满",
    "No such file or directory": "没有这个文件或文件夹",
    "nobody but the daemon may write the log; stop it, and see `writ log verify`":
      "只有守护进程可以写入日志；请停止守护进程，再看 `writ log verify`",
    "Not a directory": "不是文件夹",
    "Permission denied": "没有权限",
    "please report this": "请反馈此问题",
    "put the file back, and the log goes on": "请放回该文件，日志会继续",
    "Read-only file system": "文件系统只读",
    "record {1} does not go on from the record before it": "第 {1} 条记录与前一条不衔接",
    "record {1} does not go on from the record before it: one of the two was changed together with its hash":
      "第 {1} 条记录与前一条不衔接：其中一条连同哈希一起被改动",
    "record {1} is missing in front of this one": "此前缺少第 {1} 条记录",
    "record {1} is not the one that the anchor was taken of":
      "第 {1} 条记录不是锚点所取的那一条",
    "record {1} is not what was written: its hash differs":
      "第 {1} 条记录已被改动：哈希不符",
    "record {1} of the anchor is not in the log": "日志中没有锚点所指的第 {1} 条记录",
    "record {1} stands in the wrong place": "第 {1} 条记录的位置不对",
    "record {1} was changed: its hash differs": "第 {1} 条记录被改动：哈希不符",
    "records {1} to {2} are missing in front of this one":
      "此前缺少第 {1} 至 {2} 条记录",
    "records {1} to {2} stand in the wrong place": "第 {1} 至 {2} 条记录的位置不对",
    "see `writ log verify`; keep the whole folder as it is for those who look into it, and begin a new log in another folder":
      "请看 `writ log verify`；请原样保留整个文件夹以备调查，并在另一个文件夹开始新的日志",
    "stop it first, or give this one a folder of its own":
      "请先停止该进程，或为本进程另设文件夹",
    "the `start` record does not fit the file's name or the chain":
      "`start` 记录与文件名或哈希链不符",
    "the `start` record says that `{1}` is the file before this one":
      "`start` 记录称前一个文件是 `{1}`",
    "the `start` record says that this is the first file of a log":
      "`start` 记录称这是日志的第一个文件",
    "the chain is broken at more than {1} places; not all of them were looked at":
      "哈希链断开之处超过 {1} 个；没有全部查看",
    "the checkpoint, record {1}, says what is not so": "检查点（第 {1} 条记录）与事实不符",
    "the file `{1}` is missing in front of this one: records {2} to {3}":
      "此前缺少文件 `{1}`：第 {2} 至 {3} 条记录",
    "the file does not begin with its `start` record": "文件不是以 `start` 记录开头",
    "the first record has number {1}, which is not that of the file's name":
      "第一条记录的编号是 {1}，与文件名不符",
    "the log begins with record {1}: the records before it are not here; if they were archived, the anchor of the last of them vouches for them":
      "日志从第 {1} 条记录开始：之前的记录不在这里；如已归档，可用其中最后一条的锚点证明",
    "the log ends with record {1}, and the anchor is of record {2}: the end was cut off":
      "日志到第 {1} 条记录为止，而锚点取自第 {2} 条：末尾被截去",
    "the log is damaged or was tampered with: `{1}`:{2}: {3}":
      "日志已损坏或被改动：`{1}`:{2}：{3}",
    "the log needs a file system that knows `flock`": "日志需要支持 `flock` 的文件系统",
    "the record has version {1}, and this program knows 1":
      "该记录的版本是 {1}，本程序只认识版本 1",
    "there is a log in `{1}` already": "`{1}` 中已有日志",
    "there is no log in `{1}`": "`{1}` 中没有日志",
    "these records, numbers {1} to {2}, do not belong to the chain: they were inserted":
      "这些记录（编号 {1} 至 {2}）不属于哈希链：是插入的",
    "this file does not go on from the end of `{1}`": "该文件与 `{1}` 的末尾不衔接",
    "this file says that its name is `{1}`": "该文件自称名为 `{1}`",
    "this is not a record": "这不是记录",
    "this record, number {1}, does not belong to the chain: it was inserted":
      "该记录（编号 {1}）不属于哈希链：是插入的",
    "use a newer version of this program": "请使用更新版本的程序",
  ]
}
