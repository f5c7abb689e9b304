using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using ARSoft.Tools.Net.Dns;

namespace Net.Tests.TestKit.Dns;

/// <summary>ARSoft's name server on one port of a loopback address, UDP and TCP.</summary>
public sealed class ArsoftServer : IDisposable
{
    private const int TimeoutMilliseconds = 20_000;

    private readonly DnsServer _server;
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts the server.</summary>
    /// <param name="answer">From a query to the response; null for silence. Called by several threads.</param>
    /// <param name="address">127.0.0.1 when null.</param>
    public ArsoftServer(Func<DnsMessage, DnsMessage?> answer, IPAddress? address = null)
    {
        while (true)
        {
            // ARSoft binds its sockets itself, so the port is free only in all likelihood.
            (Socket udp, Socket tcp) = LoopbackSockets.Bind(address);
            EndPoint = (IPEndPoint)tcp.LocalEndPoint!;
            udp.Dispose();
            tcp.Dispose();
            _server = new DnsServer(
                new UdpServerTransport(EndPoint, TimeoutMilliseconds),
                new TcpServerTransport(EndPoint, TimeoutMilliseconds, TimeoutMilliseconds));
            _server.QueryReceived += async (_, received) =>
            {
                var query = (DnsMessage)received.Query;
                Received.Enqueue((query, received.TransportProtocol));
                received.Response = answer(query);
                if (received.Response is null)
                {
                    // ARSoft makes a SERVFAIL of no response: a silent server is one that is still thinking.
                    await _end.Task;
                }
            };
            _server.ExceptionThrown += (_, thrown) =>
            {
                Faults.Enqueue(thrown.Exception);
                return Task.CompletedTask;
            };
            try
            {
                _server.Start();
                return;
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                _server.Stop();
            }
        }
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Every query, and how it came.</summary>
    public ConcurrentQueue<(DnsMessage Query, TransportProtocol Transport)> Received { get; } = new();

    /// <summary>Exceptions that the server met, such as those of <c>answer</c>.</summary>
    public ConcurrentQueue<Exception> Faults { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        _server.Stop();
        _end.SetResult();
    }
}
