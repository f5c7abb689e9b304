using System.Globalization;
using Net.Api.Dns;

namespace Net.Cli.Dns;

/// <summary>Describes the source of a DNS answer.</summary>
internal static class DnsOrigin
{
    /// <summary>The source of an answer; null when the resolver made an error answer.</summary>
    public static string? Of(DnsQueryResponse response) => response.Source switch
    {
        DnsSource.Names => Names(response),
        DnsSource.Cache => $"cache ({(response.Server is { } server ? $"from {server.Address}, " : "")}{response.SecondsLeft ?? 0} s left)",
        DnsSource.Server => Server(response.Server, response.Milliseconds),
        _ => null,
    };

    /// <summary>A server, the place from which it is queried, and how long it took.</summary>
    public static string Server(DnsServerAddress? server, double milliseconds) =>
        $"{server?.Address} (asked from {(server?.AskedInside == true ? "inside" : "the host")}), {Milliseconds(milliseconds)}";

    public static string Milliseconds(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.#} ms");

    private static string Names(DnsQueryResponse response) => response.Holders is { Count: > 0 } holders
        ? string.Join(", ", holders.GroupBy(h => h.Network).Select(Network))
        : response.Container is { } container ? $"the names that {container} sees" : "the names of all networks";

    private static string Network(IGrouping<string, DnsHolder> holders)
    {
        string[] containers = [.. holders.Select(h => h.Container).OfType<string>().Distinct()];
        string who = containers.Length switch
        {
            0 => "its gateway",
            1 => $"container {containers[0]}",
            _ => $"containers {string.Join(", ", containers)}",
        };
        return $"network {holders.Key} ({who})";
    }
}
