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
    private readonly Socket _udpSocket;
    private readonly Socket _tcpSocket;
    private readonly UdpTransport _udp;
    private readonly TcpTransport _tcp;
    private readonly INameSource _names;
    private readonly Responder _responder;
    private readonly Forwarder _forwarder;
    private readonly int _maxInFlight;
    private readonly byte[] _udpResponse;
    private readonly CancellationTokenSource _stopping = new();
    private volatile UpstreamPolicy _upstreams;
    private Task _loops = Task.CompletedTask;
    private int _inFlight;

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
        _udpSocket = udp;
        _tcpSocket = tcp;
        _names = names;
        _upstreams = upstreams;
        _responder = responder;
        _forwarder = forwarder;
        _maxInFlight = options.MaxInFlight;
        _udpResponse = new byte[responder.UdpBufferSize];
        _udp = new UdpTransport(udp, Counters, time);
        _tcp = new TcpTransport(tcp, options, Counters, time);
    }

    /// <summary>The client's numbers.</summary>
    internal DnsCounters Counters { get; } = new();

    /// <summary>The client's way out; the next question goes by the new one.</summary>
    internal UpstreamPolicy Upstreams
    {
        set => _upstreams = value;
    }

    /// <summary>Begins to serve.</summary>
    internal void Start()
    {
        _tcp.Listen();
        _loops = Task.WhenAll(
            Task.Run(() => _udp.RunAsync(HandleDatagramAsync, _stopping.Token)),
            Task.Run(() => _tcp.RunAsync(HandleMessageAsync, _stopping.Token)));
    }

    /// <summary>Closes the sockets; what is in flight is given up.</summary>
    internal void Stop()
    {
        _stopping.Cancel();
        _udpSocket.Dispose();
        _tcpSocket.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Stop();
        await _loops.ConfigureAwait(false);
    }

    private ValueTask HandleDatagramAsync(ReadOnlyMemory<byte> message, SocketAddress sender)
    {
        if (TryAnswer(message, DnsTransport.Udp, _udpResponse, out int length))
        {
            return length == 0 ? ValueTask.CompletedTask : _udp.SendAsync(_udpResponse.AsMemory(0, length), sender, _stopping.Token);
        }

        var receiver = new SocketAddress(sender.Family, sender.Size);
        sender.Buffer.Span[..sender.Size].CopyTo(receiver.Buffer.Span);
        _ = ForwardAsync(message.ToArray(), DnsTransport.Udp, reply => _udp.SendAsync(reply, receiver, _stopping.Token).AsTask());
        return ValueTask.CompletedTask;
    }

    private async Task HandleMessageAsync(TcpConnection connection, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        byte[] response = ArrayPool<byte>.Shared.Rent(ushort.MaxValue);
        try
        {
            if (TryAnswer(message, DnsTransport.Tcp, response.AsSpan(0, ushort.MaxValue), out int length))
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
            outcome = _responder.Respond(message, transport, _names, _upstreams, response, out length);
        }
        catch (Exception)
        {
            // A fault in the name source must not end the service for good.
            Counters.Add(DnsCounters.Counter.NameSourceErrors);
            length = _responder.Fail(message, DnsResponseCode.ServerFailure, response);
            return true;
        }

        Counters.Add(outcome);
        if (outcome != ResponderOutcome.Forward)
        {
            return true;
        }

        if (Interlocked.Increment(ref _inFlight) <= _maxInFlight)
        {
            Counters.Add(DnsCounters.Counter.Forwarded);
            return false;
        }

        Interlocked.Decrement(ref _inFlight);
        Counters.Add(DnsCounters.Counter.OverLimit);
        length = _responder.Fail(message, DnsResponseCode.ServerFailure, response);
        return true;
    }

    private async Task ForwardAsync(ReadOnlyMemory<byte> query, DnsTransport transport, Func<ReadOnlyMemory<byte>, Task> send)
    {
        try
        {
            byte[]? reply = await _forwarder.AskAsync(query, transport, _upstreams.Servers, Counters, _stopping.Token).ConfigureAwait(false);
            if (reply is not null)
            {
                await send(reply).ConfigureAwait(false);
            }
            else if (!_stopping.IsCancellationRequested)
            {
                Counters.Add(DnsCounters.Counter.UpstreamFailures);
                byte[] failure = new byte[Edns.MinimumUdpPayloadSize];
                int length = _responder.Fail(query, DnsResponseCode.ServerFailure, failure);
                await send(failure.AsMemory(0, length)).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            // The client went away while its answer was due.
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }
}
