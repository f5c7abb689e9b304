using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Net.Dns.Resolver.Upstreams;

/// <summary>Asks over a TCP connection of its own, which ends with the answer.</summary>
/// <param name="random">Makes the ids.</param>
internal sealed class TcpExchange(RandomNumberGenerator random) : IUpstreamExchange
{
    private const int PrefixSize = sizeof(ushort);

    /// <inheritdoc/>
    public async Task<byte[]?> AskAsync(
        ReadOnlyMemory<byte> query, IPEndPoint server, DnsCounters counters, CancellationToken cancellationToken)
    {
        byte[] sent = QueryCopy.WithRandomId(query, PrefixSize, random);
        BinaryPrimitives.WriteUInt16BigEndian(sent, (ushort)query.Length);
        try
        {
            using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(server, cancellationToken).ConfigureAwait(false);
            using var stream = new NetworkStream(socket, ownsSocket: false);
            await stream.WriteAsync(sent, cancellationToken).ConfigureAwait(false);
            byte[] prefix = new byte[PrefixSize];
            while (true)
            {
                await stream.ReadExactlyAsync(prefix, cancellationToken).ConfigureAwait(false);
                byte[] reply = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
                await stream.ReadExactlyAsync(reply, cancellationToken).ConfigureAwait(false);
                if (ReplyCheck.IsAnswer(sent.AsMemory(PrefixSize), reply))
                {
                    return reply;
                }

                counters.Add(DnsCounters.Counter.UpstreamMismatches);
            }
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            return null;
        }
    }
}
