namespace Net.Cnm.Ports;

/// <summary>How what arrives at a published port comes to the container.</summary>
public enum PortDelivery
{
    /// <summary>By destination NAT in the kernel; the container sees the client's address.</summary>
    Translation,

    /// <summary>By the daemon's forwarder, since the kernel cannot translate from one family to another; the container sees the host's
    /// address.</summary>
    Forwarder,

    /// <summary>By routing to the container's own address, on which the port is opened: there is no host port.</summary>
    Routing,
}
