using System.Net;
using System.Net.Sockets;

namespace Net.Tests.TestKit;

/// <summary>A UDP and a TCP socket on one port of a loopback address, as a name server has.</summary>
public static class LoopbackSockets
{
    /// <summary>Binds both to a port that is free for both: the first that the kernel gives for TCP may be another's for UDP.</summary>
    /// <param name="address">127.0.0.1 when null.</param>
    public static (Socket Udp, Socket Tcp) Bind(IPAddress? address = null)
    {
        address ??= IPAddress.Loopback;
        while (true)
        {
            var tcp = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            tcp.Bind(new IPEndPoint(address, 0));
            var udp = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                udp.Bind(tcp.LocalEndPoint!);
                return (udp, tcp);
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                tcp.Dispose();
                udp.Dispose();
            }
        }
    }
}
