using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Ports;

namespace Net.Kernel.Ports;

/// <summary>The words for held ports in messages.</summary>
internal static class HeldPortWords
{
    /// <summary><c>port 80/tcp on 0.0.0.0</c>, <c>ports 8000-8010/udp on 0.0.0.0 and [::]</c>.</summary>
    public static string Of(HeldPort port)
    {
        var slot = new PortSlot(port.Address, port.Port, port.Protocol);
        string address = port.DualStack ? $"{IPAddress.Any} and [{port.Address}]" : slot.AddressText;
        string numbers = port.Count == 1 ? $"port {port.Port}" : $"ports {port.Port}-{port.Port + port.Count - 1}";
        return $"{numbers}/{port.Protocol.ToWord()} on {address}";
    }

    /// <summary>The comment that explains holding them, for which there is no command.</summary>
    public static string Held(HeldPort port)
    {
        string holds = $"# the daemon holds {Of(port)} by {(port.Count == 1 ? "a socket" : $"{port.Count} sockets")}";
        if (port.ForwardAddress is not { } target)
        {
            return holds;
        }

        string what = port.ForwardAllIPv6 ? "by IPv6"
            : port.Address.Equals(IPAddress.IPv6Loopback) ? "to ::1"
            : port.Address.Equals(IPAddress.IPv6Any) ? "to ::1 or from a link-local address"
            : "from a link-local address";
        string numbers = port.Count == 1 ? $"port {port.ForwardPort}" : $"ports {port.ForwardPort}-{port.ForwardPort + port.Count - 1}";
        return $"{holds}, and forwards what comes {what} to {target} {numbers}";
    }
}
