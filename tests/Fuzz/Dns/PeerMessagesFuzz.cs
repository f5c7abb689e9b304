using System.Net;
using System.Net.Sockets;
using ARSoft.Tools.Net;
using ARSoft.Tools.Net.Dns;
using DnsClient;
using DnsClient.Protocol;
using Net.Dns.Wire;
using Net.Tests.TestKit;
using Net.Tests.TestKit.Dns;
using ArsoftMessage = ARSoft.Tools.Net.Dns.DnsMessage;
using ArsoftQuestion = ARSoft.Tools.Net.Dns.DnsQuestion;
using DnsMessage = Net.Dns.Wire.DnsMessage;

namespace Net.Tests.Fuzz.Dns;

/// <summary>Messages with records of every type, that ARSoft encodes: our reader sees the same, and ARSoft and DnsClient see the same again
/// in what our encoder makes of it.</summary>
public sealed class PeerMessagesFuzz(ITestOutputHelper output)
{
    private const int Batch = 10;
    private const int Sample = 200;

    private static readonly DomainName Asked = DomainName.Parse("asked.example.org");

    private readonly byte[] _written = new byte[ushort.MaxValue];

    [Fact]
    public void What_arsoft_encodes_we_read_and_what_we_write_arsoft_reads()
    {
        long inputs = FuzzRun.Repeat(Batch, source =>
        {
            for (int i = 0; i < Batch; i++)
            {
                ArsoftMessage theirs = Message(source);
                byte[] bytes = ArsoftCodec.Encode(theirs);
                DnsMessage ours = ReadAsMeant(theirs, bytes);
                Demand(ArsoftReader.Difference(ours, _written.AsMemory(0, ours.Write(_written))));
            }
        });
        output.WriteLine($"{inputs} messages");
    }

    [Fact]
    public void Every_type_is_read_alone_as_arsoft_means_it()
    {
        var records = new ArsoftRecords(new HostileBytes(FuzzRun.Seed).Next);
        var differences = new List<string>();
        foreach (DnsRecordBase record in records.OneOfEach(records.Name()))
        {
            byte[] bytes = ArsoftCodec.Encode(new ArsoftMessage { AnswerRecords = [record] });
            if (ArsoftReader.Difference(record.GetType().Name, DnsMessage.Parse(bytes).Answers, [record]) is { } difference)
            {
                differences.Add(difference);
            }
        }

        Demand(differences.Count == 0 ? null : string.Join("\n", differences));
    }

    [Fact]
    public async Task A_sample_of_what_we_write_dnsclient_reads_over_loopback()
    {
        (Socket udp, Socket tcp) = LoopbackSockets.Bind();
        using Socket server = udp;
        tcp.Dispose();
        var client = new LookupClient(new LookupClientOptions((IPEndPoint)server.LocalEndPoint!)
        {
            UseCache = false,
            Retries = 0,
            UseTcpFallback = false,
            Timeout = TimeSpan.FromSeconds(20),
        });
        var source = new HostileBytes(FuzzRun.Seed);
        byte[] query = new byte[ushort.MaxValue];
        for (int i = 0; i < Sample; i++)
        {
            DnsMessage ours = ReadAsMeant(Message(source), out ArsoftMessage theirs);
            int length = ours.Write(_written);
            Task<IDnsQueryResponse> asking = client.QueryAsync(Asked.ToString(), QueryType.ANY);
            SocketReceiveFromResult received = await server.ReceiveFromAsync(query, new IPEndPoint(IPAddress.Loopback, 0));
            query.AsSpan(0, sizeof(ushort)).CopyTo(_written);
            await server.SendToAsync(_written.AsMemory(0, length), received.RemoteEndPoint);
            IDnsQueryResponse read = await asking;

            string input = $"NETCTL_FUZZ_SEED={FuzzRun.Seed}, message {i}: ";
            Assert.True(length == read.MessageSize, input + "size");
            Compare(input + "answer", ours.Answers, read.Answers);
            Compare(input + "authority", ours.Authorities, read.Authorities);
            Compare(input + "additional", ours.Additional, read.Additionals);
            Assert.True(read.Header.HasAuthorityAnswer == theirs.IsAuthoritiveAnswer, input + "flags");
        }
    }

    // DnsClient keeps OPT to itself here: what it says of EDNS is seen where the whole server is asked.
    private static void Compare(string input, IEnumerable<DnsRecord> meant, IEnumerable<DnsResourceRecord> read) => Assert.Equal(
        meant.Where(static record => record.Type != DnsRecordType.Opt).Select(record => (
            input, Convert.ToHexString(record.Name.Wire), (int)record.Type, (int)record.Class, record.Ttl,
            Convert.ToHexString(ArsoftReader.Data(record)))),
        read.Where(static record => record.RecordType != ResourceRecordType.OPT).Select(record => (
            input, Convert.ToHexString(DnsClientRecords.Name(record.DomainName)), (int)record.RecordType, (int)record.RecordClass,
            (uint)record.InitialTimeToLive, Convert.ToHexString(DnsClientRecords.EncodeData(record)))));

    private static DnsMessage ReadAsMeant(ArsoftMessage theirs, out ArsoftMessage same) =>
        ReadAsMeant(same = theirs, ArsoftCodec.Encode(theirs));

    private static DnsMessage ReadAsMeant(ArsoftMessage theirs, byte[] bytes)
    {
        DnsMessage ours = DnsMessage.Parse(bytes);
        Demand(ArsoftReader.Difference("answer", ours.Answers, theirs.AnswerRecords));
        Demand(ArsoftReader.Difference("authority", ours.Authorities, theirs.AuthorityRecords));
        Demand(ArsoftReader.Difference("additional", ours.Additional, theirs.AdditionalRecords));

        var walk = new RecordWalk(bytes, DnsHeader.Size);
        if (theirs.Questions.Count > 0)
        {
            walk = new RecordWalk(bytes, QuestionSection.End(bytes));
        }

        foreach (DnsRecord record in (IEnumerable<DnsRecord>)[.. ours.Answers, .. ours.Authorities, .. ours.Additional])
        {
            Assert.True(walk.TryNext());
            Assert.Equal((record.Type, record.Ttl), (walk.Type, walk.Ttl));
        }

        Assert.True(walk.IsWhole);
        return ours;
    }

    // A response as a server sends it, with a few records of any type in each section.
    private static ArsoftMessage Message(HostileBytes source)
    {
        var records = new ArsoftRecords(source.Next);
        var message = new ArsoftMessage
        {
            TransactionID = (ushort)source.Next(65536),
            IsQuery = false,
            IsAuthoritiveAnswer = source.Next(2) == 0,
            IsRecursionDesired = source.Next(2) == 0,
            IsRecursionAllowed = source.Next(2) == 0,
            IsAuthenticData = source.Next(2) == 0,
            IsCheckingDisabled = source.Next(2) == 0,
            Questions = [new ArsoftQuestion(Asked, RecordType.Any, RecordClass.INet)],
            AnswerRecords = Some(source, records, 6),
            AuthorityRecords = Some(source, records, 3),
            AdditionalRecords = Some(source, records, 3),
        };
        if (source.Next(2) == 0)
        {
            message.EDnsOptions = new OptRecord((ushort)(512 + source.Next(4000)), new CookieOption([1, 2, 3, 4, 5, 6, 7, 8], []))
            {
                IsDnsSecOk = source.Next(2) == 0,
            };
        }

        return message;
    }

    private static List<DnsRecordBase> Some(HostileBytes source, ArsoftRecords records, int below)
    {
        var some = new List<DnsRecordBase>();
        for (int count = source.Next(below); count > 0; count--)
        {
            DnsRecordBase[] all = records.OneOfEach(source.Next(3) == 0 ? Asked : records.Name());
            some.Add(all[source.Next(all.Length)]);
        }

        return some;
    }

    private static void Demand(string? difference) => Assert.True(difference is null, difference);
}
