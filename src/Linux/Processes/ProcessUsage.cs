using System.Globalization;

namespace Net.Linux.Processes;

/// <summary>What one process has used and what it looks like, as /proc shows it.</summary>
/// <remarks>Sources: proc_pid_stat(5), proc_pid_status(5), proc_pid_io(5), proc_pid_cmdline(5). Ticks are clock ticks, of which a second
/// has <see cref="TicksPerSecond"/>.</remarks>
public sealed record ProcessUsage
{
    /// <summary>USER_HZ of the kernel: 100 on every architecture that .NET runs on.</summary>
    public const int TicksPerSecond = 100;

    private const int FieldCount = 22; // of those behind the name in /proc/PID/stat
    private const int KiB = 1024;

    /// <summary>The process ID.</summary>
    public required int Id { get; init; }

    /// <summary>The name of the program, at most 15 bytes.</summary>
    public required string Name { get; init; }

    /// <summary>The state letter, see <see cref="ProcessStatus.State"/>.</summary>
    public char State { get; init; }

    /// <summary>The process ID of the parent.</summary>
    public int ParentId { get; init; }

    /// <summary>The process group.</summary>
    public int GroupId { get; init; }

    /// <summary>The session.</summary>
    public int SessionId { get; init; }

    /// <summary>The device number of the controlling terminal; 0 for none.</summary>
    public int Terminal { get; init; }

    /// <summary>Ticks in user mode.</summary>
    public ulong UserTicks { get; init; }

    /// <summary>Ticks in kernel mode.</summary>
    public ulong SystemTicks { get; init; }

    /// <summary>Ticks in user mode of children that were waited for, and of theirs.</summary>
    public ulong ChildUserTicks { get; init; }

    /// <summary>Ticks in kernel mode of children that were waited for, and of theirs.</summary>
    public ulong ChildSystemTicks { get; init; }

    /// <summary>The nice value.</summary>
    public int Nice { get; init; }

    /// <summary>The number of threads.</summary>
    public int Threads { get; init; }

    /// <summary>When the process started, in ticks since boot.</summary>
    public ulong StartTicks { get; init; }

    /// <summary>The size of the address space, in bytes.</summary>
    public ulong VirtualBytes { get; init; }

    /// <summary>The memory in use, in bytes; pages that other processes use too are counted.</summary>
    public ulong ResidentBytes { get; init; }

    /// <summary>The memory in use that no file could give back, in bytes: anonymous and shared memory.</summary>
    public ulong OwnBytes { get; init; }

    /// <summary>The effective user ID.</summary>
    public uint UserId { get; init; }

    /// <summary>Bytes read from disks, by children that were waited for too; 0 where that cannot be read.</summary>
    public ulong ReadBytes { get; init; }

    /// <summary>Bytes written to disks, by children that were waited for too; 0 where that cannot be read.</summary>
    public ulong WrittenBytes { get; init; }

    /// <summary>The program and its arguments, empty for a thread of the kernel.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Reads one process; null when no process has this ID, or it ended meanwhile.</summary>
    public static ProcessUsage? Read(int processId)
    {
        try
        {
            string place = $"/proc/{processId}";
            return Parse(
                processId,
                File.ReadAllText($"{place}/stat"),
                Numbers(File.ReadLines($"{place}/status")),
                ReadIo($"{place}/io"),
                File.ReadAllText($"{place}/cmdline"));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static ProcessUsage? Parse(
        int processId, string stat, Dictionary<string, ulong> status, Dictionary<string, ulong> io, string command)
    {
        int nameEnd = stat.LastIndexOf(')'); // the name itself may contain parentheses
        string[] fields = stat[(nameEnd + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (nameEnd < 0 || fields.Length < FieldCount)
        {
            return null;
        }

        ulong Field(int index) => (ulong)long.Parse(fields[index], CultureInfo.InvariantCulture);
        return new ProcessUsage
        {
            Id = processId,
            Name = stat[(stat.IndexOf('(', StringComparison.Ordinal) + 1)..nameEnd],
            State = fields[0][0],
            ParentId = (int)Field(1),
            GroupId = (int)Field(2),
            SessionId = (int)Field(3),
            Terminal = (int)Field(4),
            UserTicks = Field(11),
            SystemTicks = Field(12),
            ChildUserTicks = Field(13),
            ChildSystemTicks = Field(14),
            Nice = (int)Field(16),
            Threads = (int)Field(17),
            StartTicks = Field(19),
            VirtualBytes = Field(20),
            ResidentBytes = status.GetValueOrDefault("VmRSS") * KiB,
            OwnBytes = (status.GetValueOrDefault("RssAnon") + status.GetValueOrDefault("RssShmem")) * KiB,
            UserId = (uint)status.GetValueOrDefault("Uid"),
            ReadBytes = io.GetValueOrDefault("read_bytes"),
            WrittenBytes = io.GetValueOrDefault("write_bytes"),
            Command = command.Length == 0 ? [] : command.TrimEnd('\0').Split('\0'),
        };
    }

    private static Dictionary<string, ulong> ReadIo(string path)
    {
        try
        {
            return Numbers(File.ReadLines(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return []; // a kernel without CONFIG_TASK_IO_ACCOUNTING
        }
    }

    /// <summary>The numbers of lines such as "VmRSS: 5432 kB". Of the four user IDs in "Uid:" the second is taken, the effective
    /// one.</summary>
    private static Dictionary<string, ulong> Numbers(IEnumerable<string> lines)
    {
        var numbers = new Dictionary<string, ulong>(StringComparer.Ordinal);
        foreach (string line in lines)
        {
            string[] words = line.Split([':', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            int value = words is ["Uid", ..] ? 2 : 1;
            if (words.Length > value && ulong.TryParse(words[value], NumberStyles.None, CultureInfo.InvariantCulture, out ulong number))
            {
                numbers[words[0]] = number;
            }
        }

        return numbers;
    }
}
