using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Net.Dns.Wire;

namespace Net.Dns.Resolver.Upstreams;

/// <summary>Asks over UDP from a fresh socket: its port is the kernel's random choice, and being connected it hears that server only.</summary>
/// <param name="random">Makes the ids.</param>
internal sealed class UdpExchange(RandomNumberGenerator random) : IUpstreamExchange
{
    /// <summary>Room for an answer to a client that did not say it takes more, in bytes. Many servers send what fits an Ethernet frame.</summary>
    private const int UsualReplySize = 4096;

    /// <inheritdoc/>
    public async Task<byte[]?> AskAsync(
        ReadOnlyMemory<byte> query, IPEndPoint server, DnsCounters counters, CancellationToken cancellationToken)
    {
        byte[] sent = QueryCopy.WithRandomId(query, 0, random);
        // One byte more than an answer may have: a datagram that fills it was cut by the kernel.
        int size = Math.Max(UsualReplySize, ClientLimit(query)) + 1;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            await socket.ConnectAsync(server, cancellationToken).ConfigureAwait(false);
            await socket.SendAsync(sent, SocketFlags.None, cancellationToken).ConfigureAwait(false);
            while (true)
            {
                Memory<byte> room = buffer.AsMemory(0, size);
                int length = await socket.ReceiveAsync(room, SocketFlags.None, cancellationToken).ConfigureAwait(false);
                if (length < size && ReplyCheck.IsAnswer(sent, room[..length]))
                {
                    return room[..length].ToArray();
                }

                counters.Add(DnsCounters.Counter.UpstreamMismatches);
            }
        }
        catch (SocketException)
        {
            // No route, or the server's host says that nobody listens.
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int ClientLimit(ReadOnlyMemory<byte> query) =>
        DnsQuery.TryParse(query, out DnsQuery parsed) == DnsFormatError.None && parsed.Edns is { } edns ? edns.UdpPayloadSize : 0;
}
