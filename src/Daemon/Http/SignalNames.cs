using System.Globalization;
using Net.Cnm.Errors;

namespace Net.Daemon.Http;

/// <summary>Parses signals as users write them: TERM, SIGTERM, 15, RTMIN+1. Source: signal(7), the numbers of x86 and ARM.</summary>
internal static class SignalNames
{
    private const int Kill = 9;

    // As glibc numbers them, and Docker: the kernel's first two, 32 and 33, are the threads library's.
    private const int FirstRealTime = 34;
    private const int LastRealTime = 64;
    private const string FirstRealTimeName = "RTMIN";
    private const string LastRealTimeName = "RTMAX";

    private static readonly string[] Names =
    [
        "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT",
        "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
    ];

    /// <summary>The number of a signal.</summary>
    /// <param name="text">The signal; null or empty for SIGKILL, as in Docker.</param>
    /// <exception cref="CnmException">InvalidParameter: no such signal.</exception>
    public static int Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Kill;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 1 and <= 64)
        {
            return number;
        }

        string name = text.StartsWith("SIG", StringComparison.OrdinalIgnoreCase) ? text[3..] : text;
        int found = name.Length == 0 ? -1
            : RealTimeOf(name) ?? Array.FindIndex(Names, n => n.Equals(Usual(name), StringComparison.OrdinalIgnoreCase));
        return found > 0
            ? found
            : throw new CnmException(
                CnmErrorKind.InvalidParameter, $"invalid signal \"{text}\": use a name such as TERM, or a number from 1 to 64");
    }

    // The other names that signal(7) has for some of them.
    private static string Usual(string name) => name.ToUpperInvariant() switch
    {
        "CLD" => "CHLD",
        "IOT" => "ABRT",
        "POLL" => "IO",
        _ => name,
    };

    // RTMIN, RTMIN+1, RTMAX-1, RTMAX; null for another name.
    private static int? RealTimeOf(string name)
    {
        bool fromFirst = name.StartsWith(FirstRealTimeName, StringComparison.OrdinalIgnoreCase);
        if (!fromFirst && !name.StartsWith(LastRealTimeName, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string distance = name[FirstRealTimeName.Length..];
        int number = 0;
        bool isKnown = distance.Length == 0
            || (distance[0] == (fromFirst ? '+' : '-')
                && int.TryParse(distance.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out number)
                && number <= LastRealTime - FirstRealTime);
        return !isKnown ? null : fromFirst ? FirstRealTime + number : LastRealTime - number;
    }
}
