using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

using Net.Linux;

namespace Net.Tests.Kernel.Firewall.Bridges;

/// <summary>A socket for whole Ethernet frames on one interface of a namespace.</summary>
internal sealed class FrameSocket : IDisposable
{
    private const ProtocolType All = (ProtocolType)0x0300; // ETH_P_ALL in network order
    private const int LongestFrame = 2048;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Socket _socket;

    private FrameSocket(Socket socket) => _socket = socket;

    /// <summary>Opens a socket on the interface with this index.</summary>
    public static FrameSocket Open(NetworkNamespace place, int index) => new(place.Run(() =>
    {
        var socket = new Socket(AddressFamily.Packet, SocketType.Raw, All);
        socket.Bind(new LinkEndPoint(index));
        return socket;
    }));

    public void Send(byte[] frame) => _socket.Send(frame);

    /// <summary>
    /// All frames that arrive before one that is equal to a last one; what was sent before that has arrived by then, or does not.
    /// </summary>
    public IReadOnlyList<byte[]> ReceiveUntil(byte[] last)
    {
        var frames = new List<byte[]>();
        byte[] buffer = new byte[LongestFrame];
        while (_socket.Poll(Patience, SelectMode.SelectRead))
        {
            byte[] frame = buffer[.._socket.Receive(buffer)];
            if (frame.AsSpan().SequenceEqual(last))
            {
                return frames;
            }

            frames.Add(frame);
        }

        throw new TimeoutException($"the last frame did not arrive; others: {string.Join(", ", frames.Select(Frame.Describe))}");
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>struct sockaddr_ll.</summary>
    private sealed class LinkEndPoint(int index) : EndPoint
    {
        private const int Length = 20;

        public override AddressFamily AddressFamily => AddressFamily.Packet;

        public override SocketAddress Serialize()
        {
            var address = new SocketAddress(AddressFamily.Packet, Length);
            BinaryPrimitives.WriteUInt16LittleEndian(address.Buffer.Span[2..], (ushort)All);
            BinaryPrimitives.WriteInt32LittleEndian(address.Buffer.Span[4..], index);
            return address;
        }
    }
}
