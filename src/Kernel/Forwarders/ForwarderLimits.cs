namespace Net.Kernel.Forwarders;

/// <summary>The limits of the forwarder.</summary>
internal sealed record ForwarderLimits
{
    /// <summary>TCP connections at a time, each with two descriptors; further ones are reset. Ten thousand held ports and these fit 20,000
    /// descriptors; where descriptors are fewer, connections end where the daemon's reserve begins.</summary>
    public int Connections { get; init; } = 4096;

    /// <summary>UDP clients at a time, each with one descriptor; datagrams of further ones are dropped.</summary>
    public int Sessions { get; init; } = 1024;

    /// <summary>How long a container may take to accept a connection.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a UDP client may be silent, and the container too, before it is forgotten.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often silent clients are looked for.</summary>
    public TimeSpan Sweep { get; init; } = TimeSpan.FromSeconds(15);
}
