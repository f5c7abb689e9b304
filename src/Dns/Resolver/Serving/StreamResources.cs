namespace Net.Dns.Resolver.Serving;

/// <summary>What all TCP connections of a serving thread share.</summary>
internal sealed class StreamResources
{
    /// <summary>The size in bytes of the longest message with its length prefix (RFC 1035 4.2.2).</summary>
    private const int MaxFrameLength = sizeof(ushort) + ushort.MaxValue;

    /// <summary>Makes the buffers and the timeouts.</summary>
    public StreamResources(ServingThread thread, QueryDispatcher dispatcher, DnsServerOptions options)
    {
        Thread = thread;
        Dispatcher = dispatcher;
        Options = options;
        IdleTimeouts = new TimeoutQueue<StreamConnection>(thread, options.TcpIdleTimeout, static connection => connection.OnIdle());
        thread.Watch(IdleTimeouts);
    }

    /// <summary>Watches the sockets.</summary>
    public ServingThread Thread { get; }

    /// <summary>Handles the messages.</summary>
    public QueryDispatcher Dispatcher { get; }

    /// <summary>The limits.</summary>
    public DnsServerOptions Options { get; }

    /// <summary>The idle timeouts of the connections.</summary>
    public TimeoutQueue<StreamConnection> IdleTimeouts { get; }

    /// <summary>The buffer that one connection after another reads into.</summary>
    public byte[] ReadBuffer { get; } = GC.AllocateUninitializedArray<byte>(MaxFrameLength);

    /// <summary>The buffer for one response.</summary>
    public byte[] ResponseBuffer { get; } = GC.AllocateUninitializedArray<byte>(ushort.MaxValue);
}
