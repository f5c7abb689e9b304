using System.Net;
using System.Net.Sockets;

namespace Net.Tests.TestKit;

/// <summary>A UDP and a TCP socket on one port of 127.0.0.1, as a name server has.</summary>
public static class LoopbackSockets
{
    /// <summary>Binds both to a port that is free for both: the first that the kernel gives for TCP may be another's for UDP.</summary>
    public static (Socket Udp, Socket Tcp) Bind()
    {
        while (true)
        {
            var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            tcp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
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
