using System.Globalization;
using Net.Api.Dns;

namespace Net.Cli.Dns;

/// <summary>Writes a line of the resolver's log as text.</summary>
internal static class DnsLogText
{
    public static string Of(DnsLogLine line)
    {
        string time = line.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        string question = line.Name is null ? "(unreadable)" : $"{line.Name} {line.Type}";
        return $"{time} {line.Container ?? "-"} {line.Transport} {question}: {Outcome(line)}";
    }

    private static string Outcome(DnsLogLine line)
    {
        string status = $"{line.Status}, {(line.Status == "NOERROR" ? Count(line.Answers) + ", " : "")}";
        return line.Source switch
        {
            DnsSource.Names => status + "own name",
            DnsSource.Cache => status + (line.Server is { } server ? $"cached (from {server.Address})" : "cached"),
            DnsSource.Server => status + DnsOrigin.Server(line.Server, line.Milliseconds),
            DnsSource.Nobody => $"{status}no server answered, {DnsOrigin.Milliseconds(line.Milliseconds)}",
            DnsSource.Internal => status + "internal networks only",
            DnsSource.Limit => status + "over limit",
            DnsSource.Rejected => status + "not served",
            DnsSource.Dropped => "dropped",
            DnsSource.Fault => status + "the daemon failed",
            _ => status + line.Source,
        };
    }

    private static string Count(int answers) => answers == 1 ? "1 answer" : $"{answers} answers";
}
