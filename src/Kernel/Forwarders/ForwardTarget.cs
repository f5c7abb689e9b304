using System.Net;

namespace Net.Kernel.Forwarders;

/// <summary>The destination of traffic that arrives at a held socket because the kernel has not translated it.</summary>
/// <param name="Address">The container's address.</param>
/// <param name="Port">The container's port.</param>
/// <param name="AllIPv6">Whether everything that comes by IPv6 is forwarded; otherwise only what the kernel cannot translate for a
/// container with IPv6: what comes to ::1, and what comes from a link-local address.</param>
internal sealed record ForwardTarget(IPAddress Address, ushort Port, bool AllIPv6)
{
    /// <summary>Whether something that came from one address to another is forwarded, before anyone is asked about the sender.</summary>
    /// <remarks>IPv4 is never forwarded: the kernel can translate all of it, so what arrives was excluded by the rules. What comes from a
    /// link-local address is never translated, since a packet with such a source must not leave its link (RFC 4291 section
    /// 2.5.6).</remarks>
    public bool Takes(IPAddress from, IPAddress to) =>
        !from.IsIPv4MappedToIPv6 && (AllIPv6 || from.IsIPv6LinkLocal || IPAddress.IPv6Loopback.Equals(to));

    /// <summary>Whether the sender is the host itself, which by default speaks to each of its addresses from that same address (RFC 6724
    /// section 5, rule 1). It may reach a published port by every address, those on internal networks' bridges included.</summary>
    public static bool IsHost(IPAddress from, IPAddress to) => from.Equals(to);
}
