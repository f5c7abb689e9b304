using Net.Dns.Resolver.Serving;

namespace Net.Dns.Resolver.Forwarding;

/// <summary>What all sockets to upstream servers share.</summary>
internal sealed class UpstreamResources
{
    /// <summary>Makes the buffers and the timeouts.</summary>
    public UpstreamResources(ServingThread thread, DnsServerOptions options, RandomSource random, Dialer dialer)
    {
        Thread = thread;
        Options = options;
        Random = random;
        Dialer = dialer;
        IdleTimeouts = new TimeoutQueue<UpstreamSocket>(thread, options.UpstreamTimeout, static socket => socket.Close());
        thread.Watch(IdleTimeouts);
    }

    /// <summary>Watches the sockets.</summary>
    public ServingThread Thread { get; }

    /// <summary>The limits.</summary>
    public DnsServerOptions Options { get; }

    /// <summary>Makes ids and chooses ports.</summary>
    public RandomSource Random { get; }

    /// <summary>Opens the sockets.</summary>
    public Dialer Dialer { get; }

    /// <summary>The timeouts of UDP sockets from which nothing is sent any more: when one expires, no response is due.</summary>
    public TimeoutQueue<UpstreamSocket> IdleTimeouts { get; }

    /// <summary>The buffer in which one query after another is made ready to be sent.</summary>
    public byte[] SendBuffer { get; } = GC.AllocateUninitializedArray<byte>(ushort.MaxValue);

    /// <summary>The buffer that one socket after another reads into.</summary>
    public byte[] ReadBuffer { get; } = GC.AllocateUninitializedArray<byte>(ushort.MaxValue);
}
