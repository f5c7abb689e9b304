using System.Globalization;
using Net.Cnm.Errors;

namespace Net.Daemon.Http;

/// <summary>Parses signals as users write them: TERM, SIGTERM, 15. Source: signal(7), the numbers of x86 and ARM.</summary>
internal static class SignalNames
{
    private const int Kill = 9;

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
        int found = name.Length == 0 ? -1 : Array.FindIndex(Names, n => n.Equals(name, StringComparison.OrdinalIgnoreCase));
        return found > 0
            ? found
            : throw new CnmException(
                CnmErrorKind.InvalidParameter, $"invalid signal \"{text}\": use a name such as TERM, or a number from 1 to 64");
    }
}
