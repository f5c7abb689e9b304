namespace Net.Cnm.Hosts;

/// <summary>Whether the host forwards packets of one address family between its links (sysctl net.ipv4.ip_forward or
/// net.ipv6.conf.all.forwarding).</summary>
public enum ForwardingState
{
    /// <summary>Packets are not forwarded.</summary>
    Off,

    /// <summary>Packets are forwarded, and this program did not turn forwarding on.</summary>
    On,

    /// <summary>Packets are forwarded because this program turned forwarding on.</summary>
    OnByUs,
}
