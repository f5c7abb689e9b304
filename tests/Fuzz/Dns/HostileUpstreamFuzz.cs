using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Net.Dns.Resolver;
using Net.Dns.Wire;
using Net.Tests.TestKit;

namespace Net.Tests.Fuzz.Dns;

/// <summary>An upstream server that answers with <see cref="HostileBytes"/> before it answers as it should, and half of the time with the
/// right id and question; over TCP too, where the length may lie as well: the client gets one answer that is a response to its question,
/// and the server meets no exception.</summary>
public sealed class HostileUpstreamFuzz : IDisposable
{
    private const int Batch = 100;

    /// <summary>An address of the question's name, to be kept for a minute.</summary>
    private static readonly byte[] Good = Convert.FromHexString("c00c" + "00010001" + "0000003c" + "0004" + "c0000207");

    private readonly ITestOutputHelper _output;
    private readonly ConcurrentQueue<Exception> _faults = new();
    private readonly DnsServer _server;
    private readonly Socket _upstream;
    private readonly Socket _upstreamTcp;
    private readonly Socket _client = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 20_000 };
    private readonly byte[] _hostile = new byte[2000];
    private volatile int _hostileLength;
    private long _connections;

    public HostileUpstreamFuzz(ITestOutputHelper output)
    {
        _output = output;
        _server = new DnsServer(onFault: _faults.Enqueue);
        (_upstream, _upstreamTcp) = LoopbackSockets.Bind();
        _upstreamTcp.Listen();
        (Socket udp, Socket tcp) = LoopbackSockets.Bind();
        _client.Connect(udp.LocalEndPoint!);
        _server.AddClient(
            "c1", udp, tcp, new NameTable([], []), UpstreamPolicy.To(new UpstreamServer((IPEndPoint)_upstream.LocalEndPoint!)));
        new Thread(Serve) { IsBackground = true }.Start();
        new Thread(ServeStreams) { IsBackground = true }.Start();
    }

    [Fact]
    public void Answers_of_any_kind_do_no_harm()
    {
        byte[] query = new byte[512];
        byte[] room = new byte[ushort.MaxValue];
        int question = 0;
        long inputs = FuzzRun.Repeat(Batch, source =>
        {
            for (int i = 0; i < Batch; i++)
            {
                var writer = new DnsMessageWriter(query);
                writer.TryAddQuestion(new DnsQuestion(
                    DnsName.Parse($"n{question++}.example.org"), (DnsRecordType)(source.Next(2) == 0 ? 1 : source.Next(70))));
                int length = writer.Finish((ushort)source.Next(65536), DnsFlags.RecursionDesired);
                Memory<byte> asked = query.AsMemory(0, length);
                ArsoftReader.Demand(DnsMessage.Parse(asked), asked);
                int hostile = source.Write(_hostile);
                if (source.Next(2) == 0 && hostile > length)
                {
                    query.AsSpan(2, length - 2).CopyTo(_hostile.AsSpan(2));
                    (_hostile[2], _hostile[3]) = ((byte)(0x80 | source.Next(8)), (byte)source.Next(256));
                    BinaryPrimitives.WriteUInt16BigEndian(_hostile.AsSpan(6 + (2 * source.Next(3))), (ushort)source.Next(4));
                }

                _hostileLength = hostile;
                Ask(query.AsSpan(0, length), room);
                Ask(query.AsSpan(0, length), room); // of what was kept, if it was worth it
            }

            Assert.Empty(_faults);
        });
        Assert.True(Volatile.Read(ref _connections) > 0, "none came by TCP");
        _output.WriteLine($"{inputs} inputs, {_connections} connections; {_server.GetStatistics("c1")}");
    }

    private void Ask(ReadOnlySpan<byte> query, byte[] room)
    {
        _client.Send(query);
        ReadOnlySpan<byte> answer = room.AsSpan(0, _client.Receive(room));
        Assert.InRange(answer.Length, DnsHeader.Size, 512);
        Assert.True(answer[..2].SequenceEqual(query[..2]), "another id");
        Assert.True(answer[2] >> 7 == 1, "no response");

        // A server that says that it cannot read the question need not repeat it.
        bool hasQuestion = BinaryPrimitives.ReadUInt16BigEndian(answer[4..]) != 0;
        Assert.True(hasQuestion || (answer[3] & 0xf) != 0, "neither a question nor an error");
        Assert.True(!hasQuestion || answer[12..query.Length].SequenceEqual(query[12..]), "another question");
    }

    public void Dispose()
    {
        _server.Dispose();
        _client.Dispose();
        _upstream.Dispose();
        _upstreamTcp.Dispose();
    }

    // Who got an answer that was cut comes here: hostile bytes, a lying length now and then, the answer, and the end.
    private void ServeStreams()
    {
        byte[] room = new byte[8192];
        while (true)
        {
            try
            {
                using Socket socket = _upstreamTcp.Accept();
                socket.ReceiveTimeout = 20_000;
                long connection = Interlocked.Increment(ref _connections);
                int length = 0;
                for (int received = 1; received > 0
                    && (length < 2 || length < 2 + BinaryPrimitives.ReadUInt16BigEndian(room)); length += received)
                {
                    received = socket.Receive(room, length, 4096 - length, SocketFlags.None);
                }

                byte[] hostile = [0, 0, .. _hostile.AsSpan(0, _hostileLength)];
                BinaryPrimitives.WriteUInt16BigEndian(hostile, (ushort)(connection % 4 == 0 ? connection : hostile.Length - 2));
                room.AsSpan(2, Math.Min(2, hostile.Length - 2)).CopyTo(hostile.AsSpan(2));
                socket.Send(hostile);
                (room[4], room[5], room[9]) = (0x81, 0x80, 1);
                Good.CopyTo(room.AsSpan(length));
                BinaryPrimitives.WriteUInt16BigEndian(room, (ushort)(length - 2 + Good.Length));
                socket.Send(room.AsSpan(0, length + Good.Length));
            }
            catch (SocketException error) when (error.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
            {
                // The other side had what it wanted.
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return; // the test is over
            }
        }
    }

    private void Serve()
    {
        byte[] room = new byte[4096];
        try
        {
            while (true)
            {
                EndPoint peer = new IPEndPoint(IPAddress.Any, 0);
                int length = _upstream.ReceiveFrom(room, ref peer);

                // The id is the forwarder's own, so it is known only here.
                room.AsSpan(0, 2).CopyTo(_hostile);
                _upstream.SendTo(_hostile.AsSpan(0, _hostileLength), peer);
                (room[2], room[3], room[7]) = (0x81, 0x80, 1);
                Good.CopyTo(room.AsSpan(length));
                _upstream.SendTo(room.AsSpan(0, length + Good.Length), peer);
            }
        }
        catch (SocketException)
        {
            // The test is over.
        }
        catch (ObjectDisposedException)
        {
            // The same.
        }
    }
}
