using System.Net;
using System.Net.Sockets;

namespace Net.Tests.Unit.Dns.Peers;

/// <summary>A UDP port on loopback in front of a server, that loses the first datagrams that come.</summary>
internal sealed class LossyRelay : IDisposable
{
    private readonly Socket _client = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    internal LossyRelay(IPEndPoint server, int lost)
    {
        _client.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _server.Connect(server);
        _ = RelayAsync(lost);
    }

    internal IPEndPoint EndPoint => (IPEndPoint)_client.LocalEndPoint!;

    /// <summary>How many datagrams came from clients.</summary>
    internal int Received { get; private set; }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    private async Task RelayAsync(int lost)
    {
        byte[] buffer = new byte[ushort.MaxValue];
        try
        {
            while (true)
            {
                SocketReceiveFromResult query = await _client.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Loopback, 0));
                if (++Received > lost)
                {
                    await _server.SendAsync(buffer.AsMemory(0, query.ReceivedBytes));
                    int length = await _server.ReceiveAsync(buffer);
                    await _client.SendToAsync(buffer.AsMemory(0, length), query.RemoteEndPoint);
                }
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
