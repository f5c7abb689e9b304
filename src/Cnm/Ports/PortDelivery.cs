namespace Net.Cnm.Ports;

/// <summary>How traffic to a published port is delivered to the container.</summary>
public enum PortDelivery
{
    /// <summary>By destination NAT in the kernel. The container sees the address of the client.</summary>
    Translation,

    /// <summary>By the daemon's forwarder, since the kernel cannot translate between address families. The container sees the address of
    /// the host.</summary>
    Forwarder,

    /// <summary>By routing to the container's own address, on which the port is opened. There is no host port.</summary>
    Routing,
}
