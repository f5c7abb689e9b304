using System.CommandLine;
using Net.Api.Networks;
using Net.Cli.CommandLines;

namespace Net.Cli.Networks;

/// <summary>The options of one endpoint, shared by <c>network connect</c>, <c>run</c> and <c>create</c>.</summary>
internal sealed class EndpointFlags
{
    private readonly Option<string?> _ip = Flags.One("--ip", null, "IP", "IPv4 address, such as 172.30.100.104");
    private readonly Option<string?> _ip6 = Flags.One("--ip6", null, "IP", "IPv6 address, such as 2001:db8::33");
    private readonly Option<string[]> _linkLocal = Flags.Many(
        "--link-local-ip", null, "IP", "Further link-local address, such as 169.254.8.8");
    private readonly Option<string?> _mac = Flags.One("--mac-address", null, "MAC", "MAC address, such as 92:d0:c6:0a:29:33");

    public void AddTo(Command command)
    {
        command.Add(_ip);
        command.Add(_ip6);
        command.Add(_linkLocal);
        command.Add(_mac);
    }

    /// <summary>What the options request; null when none is given.</summary>
    public EndpointConfig? ConfigOf(ParseResult parsed)
    {
        (string? ip, string? ip6, string[] linkLocal) = (parsed.GetValue(_ip), parsed.GetValue(_ip6), parsed.GetValue(_linkLocal) ?? []);
        EndpointIpamConfig? addresses = IpamConfigOf(ip, ip6, linkLocal);
        string? mac = parsed.GetValue(_mac);
        return addresses is null && mac is null ? null : new EndpointConfig { IPAMConfig = addresses, MacAddress = mac };
    }

    /// <summary>The requested addresses; null when there are none.</summary>
    public static EndpointIpamConfig? IpamConfigOf(string? ip, string? ip6, IReadOnlyList<string> linkLocal) =>
        ip is null && ip6 is null && linkLocal.Count == 0
            ? null
            : new EndpointIpamConfig { IPv4Address = ip, IPv6Address = ip6, LinkLocalIPs = linkLocal.Count > 0 ? linkLocal : null };
}
