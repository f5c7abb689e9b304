using System.Globalization;
using Net.Api.Containers;

namespace Net.Api.Templates;

/// <summary>Published ports as <c>ps</c> and <c>port</c> write them.</summary>
public static class PortText
{
    /// <summary>The ports of one container in a cell: <c>0.0.0.0:8080-&gt;80/tcp, [::]:8080-&gt;80/tcp, 443/tcp</c>.</summary>
    public static string List(IEnumerable<PortSummary> ports) => string.Join(", ", ports
        .OrderBy(p => p.PrivatePort).ThenBy(p => p.Type, StringComparer.Ordinal).ThenBy(p => p.IP?.Contains(':', StringComparison.Ordinal))
        .Select(p => p.PublicPort == 0 ? $"{p.PrivatePort}/{p.Type}" : $"{HostPort(p.IP ?? "", Text(p.PublicPort))}->{p.PrivatePort}/{p.Type}"));

    /// <summary>A host address and port: <c>0.0.0.0:8080</c>, <c>[::]:8080</c>.</summary>
    public static string HostPort(string address, string port) =>
        address.Contains(':', StringComparison.Ordinal) ? $"[{address}]:{port}" : $"{address}:{port}";

    private static string Text(ushort port) => port.ToString(CultureInfo.InvariantCulture);
}
