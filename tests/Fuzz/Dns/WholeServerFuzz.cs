using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Net.Dns.Resolver;
using Net.Dns.Wire;
using Net.Tests.TestKit;

namespace Net.Tests.Fuzz.Dns;

/// <summary>The whole server under <see cref="HostileBytes"/> through real sockets: it lives, answers what is due and nothing else, and
/// meets no exception.</summary>
public sealed class WholeServerFuzz : IDisposable
{
    private const int Batch = 100;
    private const string Key = "c1";

    private readonly ITestOutputHelper _output;
    private readonly ConcurrentQueue<Exception> _faults = new();
    private readonly DnsServer _server;
    private readonly NameTable _names =
        new([(DnsName.Parse("web"), IPAddress.Loopback)], [(IPAddress.Loopback, DnsName.Parse("web.net1"))]);
    private readonly IPEndPoint _endPoint;
    private readonly byte[] _room = new byte[ushort.MaxValue];

    public WholeServerFuzz(ITestOutputHelper output)
    {
        _output = output;
        _server = new DnsServer(onFault: _faults.Enqueue);
        (Socket udp, Socket tcp) = LoopbackSockets.Bind();
        _endPoint = (IPEndPoint)tcp.LocalEndPoint!;
        _server.AddClient(Key, udp, tcp, _names, UpstreamPolicy.Forbidden);
    }

    [Fact]
    public void Datagrams_of_any_kind_get_what_is_due()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 20_000 };
        socket.Connect(_endPoint);
        var model = new Model(_names);
        byte[] marker = Marker();
        byte[] answerToMarker = model.Answer(marker, DnsTransport.Udp)!;
        long markers = 0;
        long inputs = FuzzRun.Repeat(Batch, source =>
        {
            // The next one is sent when the server has handled this one, so that none is lost because the socket's buffer is full: some
            // have 64 KiB, and a row of those that get no answer would fill it while the server does not run. Where no answer is due, a
            // query after it tells, for the server handles datagrams in their order.
            for (int i = 0; i < Batch; i++)
            {
                byte[] message = _room.AsSpan(0, source.Write(_room)).ToArray();
                socket.Send(message);
                byte[]? due = model.Answer(message, DnsTransport.Udp);
                if (due is null)
                {
                    socket.Send(marker);
                    markers++;
                }

                Compare(due ?? answerToMarker, _room.AsSpan(0, socket.Receive(_room)), message);
            }

            Assert.Empty(_faults);
        });
        _output.WriteLine($"{inputs} inputs");
        Assert.Equal(inputs + markers, _server.GetStatistics(Key)!.Queries);
    }

    [Fact]
    public void Streams_of_messages_of_any_kind_cut_anywhere_get_what_is_due()
    {
        var model = new Model(_names);
        byte[] stream = new byte[Batch * 2002];
        long inputs = FuzzRun.Repeat(Batch, source =>
        {
            var due = new List<(byte[] Message, byte[] Answer)>();
            int length = 0;
            for (int i = 0; i < Batch; i++)
            {
                int message = source.Write(stream.AsSpan(length + 2, 2000));
                BinaryPrimitives.WriteUInt16BigEndian(stream.AsSpan(length), (ushort)message);
                byte[] bytes = stream.AsSpan(length + 2, message).ToArray();
                if (model.Answer(bytes, DnsTransport.Tcp) is { } answer)
                {
                    due.Add((bytes, answer));
                }

                length += message + 2;
            }

            using var socket = new Socket(
                AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
            { NoDelay = true, ReceiveTimeout = 20_000 };
            socket.Connect(_endPoint);
            using var answers = new NetworkStream(socket);
            for (int at = 0; at < length;)
            {
                int piece = Math.Min(length - at, 1 + source.Next(source.Next(2) == 0 ? 40 : 20_000));
                at += socket.Send(stream, at, piece, SocketFlags.None);
            }

            socket.Send((byte[])[0xff]); // half a length is no message
            socket.Shutdown(SocketShutdown.Send);
            foreach ((byte[] message, byte[] answer) in due)
            {
                answers.ReadExactly(_room, 0, 2);
                int size = BinaryPrimitives.ReadUInt16BigEndian(_room);
                answers.ReadExactly(_room, 0, size);
                Compare(answer, _room.AsSpan(0, size), message);
            }

            Assert.Equal(0, answers.Read(_room));
            Assert.Empty(_faults);
        });
        _output.WriteLine($"{inputs} inputs");
        Assert.Equal(inputs, _server.GetStatistics(Key)!.Queries);
    }

    public void Dispose() => _server.Dispose();

    private static byte[] Marker()
    {
        byte[] query = new byte[512];
        var writer = new DnsMessageWriter(query);
        writer.TryAddQuestion(new DnsQuestion(DnsName.Parse("web"), DnsRecordType.A));
        return query[..writer.Finish(id: 0x4711, DnsFlags.RecursionDesired)];
    }

    private static void Compare(ReadOnlySpan<byte> due, ReadOnlySpan<byte> got, byte[] message)
    {
        if (!due.SequenceEqual(got))
        {
            Assert.Fail($"{Convert.ToHexString(message)} got {Convert.ToHexString(got)} and not {Convert.ToHexString(due)}");
        }
    }

    /// <summary>What is due. The names have one address each, so that there is no order to guess.</summary>
    private sealed class Model(NameTable names)
    {
        private readonly Responder _responder = new(new DnsServerOptions(), RandomNumberGenerator.Create());
        private readonly byte[] _room = new byte[ushort.MaxValue];

        internal byte[]? Answer(byte[] message, DnsTransport transport)
        {
            _responder.Respond(message, transport, names, UpstreamPolicy.Forbidden, _room, out _, out int length);
            return length == 0 ? null : _room[..length];
        }
    }
}
