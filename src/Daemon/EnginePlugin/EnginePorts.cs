using System.Net;
using System.Text.Json;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;
using Net.Cnm.Ports;

namespace Net.Daemon.EnginePlugin;

/// <summary>Reads the ports of a container of Docker Engine's that are to be published.</summary>
internal static class EnginePorts
{
    private const string PortMap = "com.docker.network.portmap";
    private const string OtherWayOut = "com.docker.network.driver.private.no_proxy_6to4";

    /// <summary>Reads the ports among an endpoint's options. Consecutive ones become one run, whatever order they are given in.</summary>
    /// <exception cref="CnmException">InvalidParameter: one of them is no port.</exception>
    public static IReadOnlyList<PortSpec> Read(Dictionary<string, JsonElement>? options)
    {
        JsonElement map = options?.GetValueOrDefault(PortMap) ?? default;
        if (map.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return [];
        }

        PortMessage[] ports;
        try
        {
            ports = map.Deserialize(EngineJson.Default.PortMessageArray) ?? [];
        }
        catch (JsonException error)
        {
            throw new CnmException(
                CnmErrorKind.InvalidParameter, $"{PortMap} is not a list of ports, at {error.Path ?? "$"}", error);
        }

        return [.. Join(ports.Select(Read)
            .OrderBy(port => port.Protocol)
            .ThenBy(port => port.HostAddress?.ToString(), StringComparer.Ordinal)
            .ThenBy(port => port.ContainerPort)
            .ThenBy(port => port.HostPort))];
    }

    /// <summary>Whether an endpoint's options say that another one is the container's way out for IPv6 (since version 28).</summary>
    public static bool IsIPv4Only(Dictionary<string, JsonElement>? options) =>
        options?.GetValueOrDefault(OtherWayOut) is { ValueKind: JsonValueKind.True };

    private static IEnumerable<PortSpec> Join(IEnumerable<PortSpec> ports)
    {
        PortSpec? run = null;
        foreach (PortSpec port in ports)
        {
            if (run is not null && Continues(run, port))
            {
                run = run with { Count = (ushort)(run.Count + 1) };
                continue;
            }

            if (run is not null)
            {
                yield return run;
            }

            run = port;
        }

        if (run is not null)
        {
            yield return run;
        }
    }

    private static bool Continues(PortSpec run, PortSpec port) =>
        run.HostPort is { } first && port.HostPort is { } next
        && run.LastHostPort is null && port.LastHostPort is null
        && run.Protocol == port.Protocol && Equals(run.HostAddress, port.HostAddress)
        && port.ContainerPort == run.ContainerPort + run.Count && next == first + run.Count;

    private static PortSpec Read(PortMessage port)
    {
        var protocol = (PortProtocol)port.Proto;
        if (!Enum.IsDefined(protocol) || port.Proto != (int)protocol)
        {
            throw Invalid(port, $"protocol {port.Proto} has no ports that can be published; use tcp, udp or sctp");
        }

        int last = Math.Max(port.HostPort, port.HostPortEnd);
        if (port.Port is < 1 or > ushort.MaxValue || port.HostPort < 0 || last > ushort.MaxValue)
        {
            throw Invalid(port, "ports are numbers from 1 to 65535");
        }

        if (port.HostPortEnd != 0 && port.HostPortEnd < port.HostPort)
        {
            throw Invalid(port, FormattableString.Invariant($"its range ends at {port.HostPortEnd}, before it begins"));
        }

        return new PortSpec
        {
            HostAddress = string.IsNullOrEmpty(port.HostIP) ? null
                : AddressParser.TryParse(port.HostIP, out IPAddress address) ? address
                : throw Invalid(port, $"host address \"{port.HostIP}\" is no IP address"),
            HostPort = port.HostPort == 0 ? null : (ushort)port.HostPort,
            LastHostPort = port.HostPort != 0 && last > port.HostPort ? (ushort)last : null,
            ContainerPort = (ushort)port.Port,
            Protocol = protocol,
        };
    }

    private static CnmException Invalid(PortMessage port, string why) => new(
        CnmErrorKind.InvalidParameter, FormattableString.Invariant($"port {port.HostPort}:{port.Port} cannot be published: {why}"));
}
