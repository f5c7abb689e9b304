using System.Globalization;
using Net.Api.Containers;
using Net.Api.Texts;
using Net.Cli.CommandLines;
using Net.Linux.Terminals;

namespace Net.Cli.Containers;

/// <summary>Writes published ports for <c>port</c> and <c>publish</c>: one line each, and a note for ports for which the container does not
/// see the client's address.</summary>
internal static class PortLines
{
    private const int RunsNamed = 3;

    /// <summary>Reads a port of a container as a user writes it.</summary>
    /// <returns>The port and its protocol: <c>80/tcp</c>, <c>53/udp</c>.</returns>
    /// <exception cref="FormatException">It is not a number from 1 to 65535, or the protocol is unknown.</exception>
    public static string Parse(string text)
    {
        string[] parts = text.Split('/');
        string protocol = parts.Length > 1 ? parts[1] : "tcp";
        return parts.Length <= 2 && protocol is ("tcp" or "udp" or "sctp")
            && ushort.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out ushort number) && number > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{number}/{protocol}")
            : throw new FormatException($"invalid port: {TerminalText.Quote(text)}; it takes PORT[/PROTOCOL], such as 80 or 53/udp");
    }

    /// <summary>The bindings with their container port (<c>80/tcp</c>), in order of its number.</summary>
    public static IReadOnlyList<(string Port, PortBinding Binding)> Of(IReadOnlyDictionary<string, IReadOnlyList<PortBinding>?>? ports) =>
        [.. (ports ?? new Dictionary<string, IReadOnlyList<PortBinding>?>())
            .OrderBy(p => Number(p.Key)).ThenBy(p => p.Key, StringComparer.Ordinal)
            .SelectMany(p => (p.Value ?? []).Select(b => (p.Key, b)))];

    /// <summary>Writes a line for each binding.</summary>
    public static void Write(VerbContext context, IEnumerable<(string Port, PortBinding Binding)> bindings)
    {
        foreach ((string port, PortBinding binding) in bindings)
        {
            context.Output.WriteLine($"{port} -> {Text(binding)}");
        }
    }

    /// <summary>The host side of a binding; a routed port has none.</summary>
    public static string Text(PortBinding binding) =>
        string.IsNullOrEmpty(binding.HostPort) ? "routed" : PortText.HostPort(binding.HostIp ?? "", binding.HostPort);

    /// <summary>Writes a note for each address whose connections the daemon forwards, to standard error since scripts read standard
    /// output.</summary>
    /// <param name="context">The streams to write to.</param>
    /// <param name="forwarded">The ports that the daemon forwards.</param>
    /// <param name="shown">The bindings that were printed; other forwarded ports are left out.</param>
    public static void Note(
        VerbContext context, IReadOnlyList<ForwardedPort>? forwarded, IReadOnlyList<(string Port, PortBinding Binding)> shown)
    {
        foreach (IGrouping<string, ForwardedPort> kind in (forwarded ?? []).Where(f => shown.Any(s => Holds(f, s))).GroupBy(f => f.HostIp))
        {
            string ports = string.Join(
                ", ", kind.Take(RunsNamed).Select(f => PortText.Run(f.HostPort, f.Count) + (f.Type == "tcp" ? "" : "/" + f.Type)));
            string more = kind.Count() > RunsNamed ? $" and {kind.Count() - RunsNamed} more" : "";
            context.Error.WriteLine(
                $"{PortText.HostPort(kind.Key, ports)}{more}: forwarded by the daemon, the container sees the bridge's "
                    + "address instead of the client's");
        }
    }

    private static bool Holds(ForwardedPort forwarded, (string Port, PortBinding Binding) shown) =>
        shown.Port.EndsWith("/" + forwarded.Type, StringComparison.Ordinal)
        && shown.Binding.HostIp?.Contains(':', StringComparison.Ordinal) == true
        && int.TryParse(shown.Binding.HostPort, NumberStyles.None, CultureInfo.InvariantCulture, out int port)
        && port >= forwarded.HostPort && port < forwarded.HostPort + forwarded.Count;

    private static int Number(string port) => int.TryParse(port.Split('/')[0], out int number) ? number : 0;
}
