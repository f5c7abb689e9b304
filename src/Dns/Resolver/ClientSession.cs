using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Net.Dns.Resolver.Transports;
using Net.Dns.Resolver.Upstreams;
using Net.Dns.Wire;

namespace Net.Dns.Resolver;

/// <summary>One client of the server: its sockets, its view of the names, its way out and its numbers.</summary>
internal sealed class ClientSession : IAsyncDisposable
{
    private readonly Socket udpSocket;
    private readonly Socket tcpSocket;
    private readonly UdpTransport udp;
    private readonly TcpTransport tcp;
    private readonly INameSource names;
    private readonly Responder responder;
    private readonly Forwarder forwarder;
    private readonly int maxInFlight;
    private readonly byte[] udpResponse;
    private readonly CancellationTokenSource stopping = new();
    private volatile UpstreamPolicy upstreams;
    private Task loops = Task.CompletedTask;
    private int inFlight;

    /// <summary>Makes a session; <see cref="Start"/> makes it listen.</summary>
    internal ClientSession(
        Socket udp,
        Socket tcp,
        INameSource names,
        UpstreamPolicy upstreams,
        Responder responder,
        Forwarder forwarder,
        DnsServerOptions options,
        TimeProvider time)
    {
        udpSocket = udp;
        tcpSocket = tcp;
        this.names = names;
        this.upstreams = upstreams;
        this.responder = responder;
        this.forwarder = forwarder;
        maxInFlight = options.MaxInFlight;
        udpResponse = new byte[responder.UdpBufferSize];
        this.udp = new UdpTransport(udp, Counters, time);
        this.tcp = new TcpTransport(tcp, options, Counters, time);
    }

    /// <summary>The client's numbers.</summary>
    internal DnsCounters Counters { get; } = new();

    /// <summary>The client's way out; the next question goes by the new one.</summary>
    internal UpstreamPolicy Upstreams
    {
        set => upstreams = value;
    }

    /// <summary>Begins to serve.</summary>
    internal void Start()
    {
        tcp.Listen();
        loops = Task.WhenAll(
            Task.Run(() => udp.RunAsync(HandleDatagramAsync, stopping.Token)),
            Task.Run(() => tcp.RunAsync(HandleMessageAsync, stopping.Token)));
    }

    /// <summary>Closes the sockets; what is in flight is given up.</summary>
    internal void Stop()
    {
        stopping.Cancel();
        udpSocket.Dispose();
        tcpSocket.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Stop();
        await loops.ConfigureAwait(false);
    }

    private ValueTask HandleDatagramAsync(ReadOnlyMemory<byte> message, SocketAddress sender)
    {
        if (TryAnswer(message, DnsTransport.Udp, udpResponse, out var length))
        {
            return length == 0 ? ValueTask.CompletedTask : udp.SendAsync(udpResponse.AsMemory(0, length), sender, stopping.Token);
        }

        var receiver = new SocketAddress(sender.Family, sender.Size);
        sender.Buffer.Span[..sender.Size].CopyTo(receiver.Buffer.Span);
        _ = ForwardAsync(message.ToArray(), DnsTransport.Udp, reply => udp.SendAsync(reply, receiver, stopping.Token).AsTask());
        return ValueTask.CompletedTask;
    }

    private async Task HandleMessageAsync(TcpConnection connection, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var response = ArrayPool<byte>.Shared.Rent(ushort.MaxValue);
        try
        {
            if (TryAnswer(message, DnsTransport.Tcp, response.AsSpan(0, ushort.MaxValue), out var length))
            {
                if (length != 0)
                {
                    await connection.SendAsync(response.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
                }

                return;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(response);
        }

        await ForwardAsync(message, DnsTransport.Tcp, reply => connection.SendAsync(reply, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Answers what can be answered at once; false when the message is to be forwarded, with a place among those in flight.</summary>
    private bool TryAnswer(ReadOnlyMemory<byte> message, DnsTransport transport, Span<byte> response, out int length)
    {
        ResponderOutcome outcome;
        try
        {
            outcome = responder.Respond(message, transport, names, upstreams, response, out length);
        }
        catch (Exception)
        {
            // A fault in the name source must not end the service for good.
            Counters.Add(DnsCounters.Counter.NameSourceErrors);
            length = responder.Fail(message, DnsResponseCode.ServerFailure, response);
            return true;
        }

        Counters.Add(outcome);
        if (outcome != ResponderOutcome.Forward)
        {
            return true;
        }

        if (Interlocked.Increment(ref inFlight) <= maxInFlight)
        {
            Counters.Add(DnsCounters.Counter.Forwarded);
            return false;
        }

        Interlocked.Decrement(ref inFlight);
        Counters.Add(DnsCounters.Counter.OverLimit);
        length = responder.Fail(message, DnsResponseCode.ServerFailure, response);
        return true;
    }

    private async Task ForwardAsync(ReadOnlyMemory<byte> query, DnsTransport transport, Func<ReadOnlyMemory<byte>, Task> send)
    {
        try
        {
            var reply = await forwarder.AskAsync(query, transport, upstreams.Servers, Counters, stopping.Token).ConfigureAwait(false);
            if (reply is not null)
            {
                await send(reply).ConfigureAwait(false);
            }
            else if (!stopping.IsCancellationRequested)
            {
                Counters.Add(DnsCounters.Counter.UpstreamFailures);
                var failure = new byte[Edns.MinimumUdpPayloadSize];
                var length = responder.Fail(query, DnsResponseCode.ServerFailure, failure);
                await send(failure.AsMemory(0, length)).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            // The client went away while its answer was due.
        }
        finally
        {
            Interlocked.Decrement(ref inFlight);
        }
    }
}
