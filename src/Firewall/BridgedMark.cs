namespace Net.Firewall;

/// <summary>The bit of the packet mark by which the forwarding guard knows a frame that stays in its bridge, any program's bridge, from a
/// packet that the host routes.</summary>
/// <remarks>
/// With <c>bridge-nf-call-iptables=1</c> br_netfilter passes such frames through the forward hook of IPv4 and IPv6. nftables has no other
/// condition there that tells them from routed packets. iptables has the match physdev, but a rule with it loads br_netfilter
/// (physdev_mt_check), whose settings begin as 1: frames of all bridges would pass iptables on a host where they never did. The bit is set
/// in the bridge family just before that hook and cleared just after it, so only rules of that hook ever see it. Other programs are known
/// to use other bits (Kubernetes 0xC000, Calico 0xFFFF0000, Cilium 0x0F00, Tailscale 0xFF0000).
/// </remarks>
internal static class BridgedMark
{
    /// <summary>The bit.</summary>
    public const uint Bit = 0x2000;

    /// <summary>The bit as iptables writes it.</summary>
    public static string Text { get; } = $"0x{Bit:x}";
}
