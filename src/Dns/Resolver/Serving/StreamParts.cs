namespace Net.Dns.Resolver.Serving;

/// <summary>What all TCP connections of a thread share.</summary>
internal sealed class StreamParts
{
    /// <summary>A message of any size with its length before it.</summary>
    private const int LongestFrame = sizeof(ushort) + ushort.MaxValue;

    /// <summary>Makes them.</summary>
    public StreamParts(ServingThread thread, Desk desk, DnsServerOptions options)
    {
        Thread = thread;
        Desk = desk;
        Options = options;
        Idle = new Deadlines<StreamConnection>(thread, options.TcpIdleTimeout, static connection => connection.OnIdle());
        thread.Watch(Idle);
    }

    /// <summary>Watches the sockets.</summary>
    public ServingThread Thread { get; }

    /// <summary>Deals with the messages.</summary>
    public Desk Desk { get; }

    /// <summary>The limits.</summary>
    public DnsServerOptions Options { get; }

    /// <summary>When connections have done nothing for too long.</summary>
    public Deadlines<StreamConnection> Idle { get; }

    /// <summary>Where one connection after another reads to.</summary>
    public byte[] Incoming { get; } = GC.AllocateUninitializedArray<byte>(LongestFrame);

    /// <summary>Room for one answer.</summary>
    public byte[] Answer { get; } = GC.AllocateUninitializedArray<byte>(ushort.MaxValue);
}
