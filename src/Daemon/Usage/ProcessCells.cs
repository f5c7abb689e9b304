using System.Globalization;
using Net.Linux.Processes;

namespace Net.Daemon.Usage;

/// <summary>The values of one process as ps(1) writes them.</summary>
/// <param name="usage">The process.</param>
/// <param name="host">The host.</param>
/// <param name="users">The names of users by id.</param>
/// <param name="now">The time, in the time zone in which times are written.</param>
internal sealed class ProcessCells(ProcessUsage usage, HostUsage host, IReadOnlyDictionary<uint, string> users, DateTimeOffset now)
{
    private const int LongestUser = 8;
    private const int FirstTerminalMajor = 136; // of /dev/pts, which has eight major numbers: devices.txt
    private const int TerminalMajors = 8;
    private const int ConsoleMajor = 4;
    private const int Consoles = 64;

    public ProcessUsage Usage => usage;

    /// <summary>The user's name, cut to 8 characters with a +; the number of a user without a name.</summary>
    public string User
    {
        get
        {
            string name = users.GetValueOrDefault(usage.UserId) ?? usage.UserId.ToString(CultureInfo.InvariantCulture);
            return name.Length > LongestUser ? name[..(LongestUser - 1)] + "+" : name;
        }
    }

    /// <summary>Processor time in per cent of the time since the process started.</summary>
    public double CpuPercent => Lifetime.TotalSeconds < 1 ? 0 : CpuTime.TotalSeconds * 100 / Math.Floor(Lifetime.TotalSeconds);

    public double MemoryPercent => usage.ResidentBytes * 100.0 / host.MemoryBytes;

    /// <summary>The terminal's name below /dev; ? for none.</summary>
    public string Terminal
    {
        get
        {
            // As the kernel's new_encode_dev: 12 bits major in the middle, 20 bits minor around them.
            int major = (usage.Terminal >> 8) & 0xfff;
            int minor = (usage.Terminal & 0xff) | ((usage.Terminal >> 12) & 0xfff00);
            return major is >= FirstTerminalMajor and < FirstTerminalMajor + TerminalMajors
                ? $"pts/{((major - FirstTerminalMajor) << 8) + minor}"
                : major == ConsoleMajor && minor < Consoles ? $"tty{minor}"
                : "?";
        }
    }

    /// <summary>The state letter, and s for the leader of a session.</summary>
    public string State => usage.State + (usage.SessionId == usage.Id ? "s" : "") + (usage.Threads > 1 ? "l" : "");

    /// <summary>When the process started: the time today, the day this year, or the year.</summary>
    public string Start
    {
        get
        {
            DateTimeOffset start = (host.Boot + Ticks(usage.StartTicks)).ToOffset(now.Offset);
            string format = start.Year != now.Year ? "yyyy" : start.DayOfYear != now.DayOfYear ? "MMMdd" : "HH:mm";
            return start.ToString(format, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Processor time as hours, minutes and seconds.</summary>
    public string Time => Clock(CpuTime);

    /// <summary>Processor time as minutes and seconds.</summary>
    public string ShortTime =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)CpuTime.TotalMinutes}:{CpuTime.Seconds:00}");

    /// <summary>The time since the process started; no hours when there are none.</summary>
    public string Elapsed => Lifetime.TotalHours < 1 ? Lifetime.ToString(@"mm\:ss", CultureInfo.InvariantCulture) : Clock(Lifetime);

    /// <summary>The program and its arguments, or its name in brackets when it has none; control characters as ?.</summary>
    public string Command => string.Concat((usage.Command.Count > 0 ? string.Join(' ', usage.Command) : $"[{usage.Name}]")
        .Select(character => char.IsControl(character) ? '?' : character));

    private TimeSpan Lifetime => now - host.Boot - Ticks(usage.StartTicks) is { Ticks: > 0 } span ? span : TimeSpan.Zero;

    private TimeSpan CpuTime => Ticks(usage.UserTicks + usage.SystemTicks);

    private static TimeSpan Ticks(ulong ticks) => TimeSpan.FromSeconds(ticks / (double)ProcessUsage.TicksPerSecond);

    private static string Clock(TimeSpan span) => string.Create(
        CultureInfo.InvariantCulture, $"{(span.Days > 0 ? $"{span.Days}-" : "")}{span.Hours:00}:{span.Minutes:00}:{span.Seconds:00}");
}
