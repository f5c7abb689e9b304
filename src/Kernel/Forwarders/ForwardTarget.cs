using System.Net;

namespace Net.Kernel.Forwarders;

/// <summary>The destination of traffic that arrives at a held socket because the kernel has not translated it.</summary>
/// <param name="Address">The container's address.</param>
/// <param name="Port">The container's port.</param>
/// <param name="AllIPv6">Whether everything that comes by IPv6 is forwarded; otherwise only what comes to ::1.</param>
internal sealed record ForwardTarget(IPAddress Address, ushort Port, bool AllIPv6)
{
    /// <summary>Whether something that came from one address to another is forwarded, before anyone is asked about the sender.</summary>
    /// <remarks>IPv4 is never forwarded: the kernel can translate all of it, so what arrives was excluded by the rules. Nor is what comes
    /// from a link-local address, whose sender may be a container of an internal network.</remarks>
    public bool Takes(IPAddress from, IPAddress to) =>
        !from.IsIPv4MappedToIPv6 && !from.IsIPv6LinkLocal && (AllIPv6 || IPAddress.IPv6Loopback.Equals(to));
}
