using Net.Dns.Resolver.Serving;

namespace Net.Dns.Resolver.Forwarding;

/// <summary>What all sockets to servers share.</summary>
internal sealed class ForwardingParts
{
    /// <summary>Makes them.</summary>
    public ForwardingParts(ServingThread thread, DnsServerOptions options, RandomSource random, Dialer dialer)
    {
        Thread = thread;
        Options = options;
        Random = random;
        Dialer = dialer;
        Idle = new Deadlines<SourceSocket>(thread, options.UpstreamTimeout, static socket => socket.Close());
        thread.Watch(Idle);
    }

    /// <summary>Watches the sockets.</summary>
    public ServingThread Thread { get; }

    /// <summary>The limits.</summary>
    public DnsServerOptions Options { get; }

    /// <summary>Makes ids and chooses ports.</summary>
    public RandomSource Random { get; }

    /// <summary>Opens the sockets.</summary>
    public Dialer Dialer { get; }

    /// <summary>When no answer is due any more at sockets that nothing was sent from.</summary>
    public Deadlines<SourceSocket> Idle { get; }

    /// <summary>Where one query after another is made ready to be sent.</summary>
    public byte[] Outgoing { get; } = GC.AllocateUninitializedArray<byte>(ushort.MaxValue);

    /// <summary>Where one socket after another reads to.</summary>
    public byte[] Incoming { get; } = GC.AllocateUninitializedArray<byte>(ushort.MaxValue);
}
