using System.Globalization;
using Net.Cnm.Errors;

namespace Net.Daemon.Usage;

/// <summary>The columns of a list of processes, as the arguments of ps(1) name them. No ps is run: these are the columns and options that
/// are known here.</summary>
internal sealed class ProcessColumns
{
    private static readonly (string Keys, string Title, Func<ProcessCells, string> Cell)[] Known =
    [
        ("pid", "PID", p => Text(p.Usage.Id)),
        ("ppid", "PPID", p => Text(p.Usage.ParentId)),
        ("pgid pgrp", "PGID", p => Text(p.Usage.GroupId)),
        ("sid sess session", "SID", p => Text(p.Usage.SessionId)),
        ("uid euid", "UID", p => p.Usage.UserId.ToString(CultureInfo.InvariantCulture)),
        ("user euser uname", "USER", p => p.User),
        ("c", "C", p => Text(Math.Min(99, (int)p.CpuPercent))),
        ("pcpu %cpu", "%CPU", p => p.CpuPercent.ToString("F1", CultureInfo.InvariantCulture)),
        ("pmem %mem", "%MEM", p => p.MemoryPercent.ToString("F1", CultureInfo.InvariantCulture)),
        ("vsz vsize", "VSZ", p => (p.Usage.VirtualBytes / 1024).ToString(CultureInfo.InvariantCulture)),
        ("rss rssize rsz", "RSS", p => (p.Usage.ResidentBytes / 1024).ToString(CultureInfo.InvariantCulture)),
        ("tty tt tname", "TTY", p => p.Terminal),
        ("stat", "STAT", p => p.State),
        ("s state", "S", p => p.Usage.State.ToString()),
        ("stime start start_time bsdstart", "STIME", p => p.Start),
        ("time cputime", "TIME", p => p.Time),
        ("bsdtime", "TIME", p => p.ShortTime),
        ("etime", "ELAPSED", p => p.Elapsed),
        ("ni nice", "NI", p => Text(p.Usage.Nice)),
        ("nlwp thcount", "NLWP", p => Text(p.Usage.Threads)),
        ("comm ucmd ucomm", "COMMAND", p => p.Usage.Name),
        ("args command", "COMMAND", p => p.Command),
        ("cmd", "CMD", p => p.Command),
    ];

    private static readonly (string Key, string Title)[] Full =
        [("user", "UID"), ("pid", ""), ("ppid", ""), ("c", ""), ("stime", ""), ("tty", ""), ("time", ""), ("cmd", "")];

    private static readonly (string Key, string Title)[] Bsd =
    [
        ("user", ""), ("pid", ""), ("pcpu", ""), ("pmem", ""), ("vsz", ""), ("rss", ""), ("tty", ""), ("stat", ""), ("stime", "START"),
        ("bsdtime", ""), ("args", ""),
    ];

    private static readonly (string Key, string Title)[] Short = [("pid", ""), ("tty", ""), ("time", ""), ("comm", "CMD")];

    private readonly (string Title, Func<ProcessCells, string> Cell)[] _columns;

    private ProcessColumns((string Title, Func<ProcessCells, string> Cell)[] columns) => _columns = columns;

    /// <summary>The headings.</summary>
    public IReadOnlyList<string> Titles => [.. _columns.Select(column => column.Title)];

    /// <summary>Reads the arguments of ps.</summary>
    /// <param name="arguments">The arguments, separated by blanks; null or empty for <c>-ef</c>.</param>
    /// <exception cref="CnmException">InvalidParameter: an option or a column is not known here, or the column PID is missing.</exception>
    public static ProcessColumns Parse(string? arguments)
    {
        string[] words = (arguments ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<(string Key, string Title)> keys = Full;
        for (int i = 0; i < words.Length; i++)
        {
            string option = words[i].TrimStart('-');
            if (option is "o" or "eo" or "Ao" && i + 1 < words.Length)
            {
                keys = words[++i].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(key => (key, ""));
                continue;
            }

            keys = option switch
            {
                "ef" or "f" or "fe" => Full,
                "aux" or "axu" or "u" => Bsd,
                "e" or "A" or "ax" => Short,
                _ => throw new CnmException(
                    CnmErrorKind.InvalidParameter,
                    $"ps option \"{words[i]}\" is not known: give -ef, aux, -e, or -o with columns such as pid,ppid,user,args"),
            };
        }

        (string Title, Func<ProcessCells, string> Cell)[] columns = [.. keys.Select(Find)];
        return columns.Any(column => column.Title == "PID")
            ? new ProcessColumns(columns)
            : throw new CnmException(CnmErrorKind.InvalidParameter, "Couldn't find PID field in ps output: add pid to the columns");
    }

    /// <summary>The cells of one process.</summary>
    public IReadOnlyList<string> CellsOf(ProcessCells process) => [.. _columns.Select(column => column.Cell(process))];

    private static (string Title, Func<ProcessCells, string> Cell) Find((string Key, string Title) wanted)
    {
        foreach ((string keys, string title, Func<ProcessCells, string> cell) in Known)
        {
            if (keys.Split(' ').Contains(wanted.Key))
            {
                return (wanted.Title.Length > 0 ? wanted.Title : title, cell);
            }
        }

        string known = string.Join(", ", Known.Select(column => column.Keys.Split(' ')[0]));
        throw new CnmException(CnmErrorKind.InvalidParameter, $"ps column \"{wanted.Key}\" is not known: take some of {known}");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
