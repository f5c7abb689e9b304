using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Net.Dns.Resolver;
using Net.Dns.Wire;
using Net.Tests.TestKit;

namespace Net.Tests.Unit.Dns.Resolver;

public sealed class ResponderTests : IDisposable
{
    private readonly RandomNumberGenerator _random = RandomNumberGenerator.Create();

    [Fact]
    public void A_name_of_ours_is_answered_with_its_addresses_of_the_asked_family_and_the_asked_case()
    {
        DnsMessage answer = Answered(Queries.Of("WeB"));
        Assert.Equal("WeB", answer.Questions[0].Name.ToString());
        Assert.All(answer.Answers, static record => Assert.Equal("WeB", record.Name.ToString()));
        Assert.All(answer.Answers, static record => Assert.Equal(5u, record.Ttl));
        Assert.Equal(["192.0.2.7", "192.0.2.8"], Addresses(answer).Order());
        Assert.Equal(0x1234, answer.Header.Id);
        Assert.Equal(DnsFlags.Response | DnsFlags.RecursionDesired | DnsFlags.RecursionAvailable, answer.Header.Flags);

        Assert.Equal(["2001:db8::7"], Addresses(Answered(Queries.Of("web", DnsRecordType.Aaaa))));
    }

    [Theory]
    [InlineData(DnsRecordType.A)]
    [InlineData(DnsRecordType.Text)]
    [InlineData(DnsRecordType.Pointer)]
    public void A_name_that_a_domain_of_ours_has_not_is_nxdomain_whoever_may_be_asked(DnsRecordType type)
    {
        DnsMessage answer = ResponderUnderTest.Respond(Queries.Of("none", type), names: new Nowhere(), upstreams: UpstreamPolicy.To())!;
        Assert.Equal((DnsResponseCode.NameError, 0), (answer.Header.ResponseCode, answer.Answers.Count));
    }

    [Fact]
    public void Rd_and_cd_are_copied_and_nothing_else()
    {
        Assert.Equal(DnsFlags.Response | DnsFlags.RecursionAvailable, Answered(Queries.Of("web", flags: DnsFlags.None)).Header.Flags);
        const DnsFlags asked =
            DnsFlags.CheckingDisabled | DnsFlags.AuthenticData | DnsFlags.Reserved | DnsFlags.Truncated | DnsFlags.Authoritative;
        Assert.Equal(
            DnsFlags.Response | DnsFlags.RecursionAvailable | DnsFlags.CheckingDisabled,
            Answered(Queries.Of("web", flags: asked)).Header.Flags);
    }

    [Theory]
    [InlineData("db", DnsRecordType.Aaaa)]
    [InlineData("web", DnsRecordType.Text)]
    [InlineData("web", DnsRecordType.MailExchange)]
    [InlineData("web", DnsRecordType.Any)]
    [InlineData("web", DnsRecordType.ZoneTransfer)]
    [InlineData("web", DnsRecordType.Pointer)]
    [InlineData("web", (DnsRecordType)65280)]
    public void A_name_of_ours_without_a_record_of_the_asked_type_is_answered_empty_and_never_forwarded(string name, DnsRecordType type)
    {
        DnsMessage answer = Answered(Queries.Of(name, type));
        Assert.Equal(DnsResponseCode.NoError, answer.Header.ResponseCode);
        Assert.Empty(answer.Answers);
    }

    [Fact]
    public void An_address_of_ours_is_answered_with_its_name()
    {
        DnsMessage answer = Answered(Queries.Of("7.2.0.192.in-addr.arpa", DnsRecordType.Pointer));
        Assert.Equal(new NameData(DnsName.Parse("web.net1")), Assert.Single(answer.Answers).Data);
    }

    [Theory]
    [InlineData(DnsRecordType.A)]
    [InlineData(DnsRecordType.Text)]
    [InlineData(DnsRecordType.NameServer)]
    [InlineData(DnsRecordType.Any)]
    [InlineData(DnsRecordType.ZoneTransfer)]
    public void An_address_of_ours_asked_for_another_type_is_answered_empty_and_never_forwarded(DnsRecordType type)
    {
        DnsMessage answer = Answered(Queries.Of("7.2.0.192.IN-addr.arpa", type));
        Assert.Equal((DnsResponseCode.NoError, 0), (answer.Header.ResponseCode, answer.Answers.Count));
    }

    [Theory]
    [InlineData("example.org", DnsRecordType.A)]
    [InlineData("8.2.0.192.in-addr.arpa", DnsRecordType.Text)]
    [InlineData("8.2.0.192.in-addr.arpa", DnsRecordType.Pointer)]
    [InlineData("2.0.192.in-addr.arpa", DnsRecordType.Pointer)]
    [InlineData("web.example.org", DnsRecordType.Aaaa)]
    [InlineData(".", DnsRecordType.NameServer)]
    public void What_is_not_ours_is_for_the_upstream_servers(string name, DnsRecordType type)
    {
        Assert.Equal(ResponderOutcome.Forward, Respond(Queries.Of(name, type), out DnsMessage? none));
        Assert.Null(none);

        Assert.Equal(
            ResponderOutcome.Forbidden, Respond(Queries.Of(name, type), out DnsMessage? refused, upstreams: UpstreamPolicy.Forbidden));
        Assert.Equal(DnsResponseCode.NameError, refused!.Header.ResponseCode);
        Assert.Single(refused.Questions);
    }

    [Fact]
    public void Addresses_come_in_random_order()
    {
        var firsts = Enumerable.Range(0, 200).Select(_ => Addresses(Answered(Queries.Of("web"))).First()).ToList();
        Assert.InRange(firsts.Count(static first => first == "192.0.2.7"), 50, 150);
    }

    [Fact]
    public void Answering_an_address_makes_no_garbage()
    {
        var responder = new Responder(new DnsServerOptions(), _random);
        NameTable names = Names.Table;
        byte[] query = Queries.Of("web", edns: new Edns(1232));
        byte[] response = new byte[responder.UdpBufferSize];
        Respond();
        Assert.Equal(0, Garbage.Of(Respond));

        void Respond()
        {
            for (int i = 0; i < 100; i++)
            {
                responder.Respond(query, DnsTransport.Udp, names, UpstreamPolicy.Forbidden, response, out _, out _);
            }
        }
    }

    [Theory]
    [InlineData(0, DnsTransport.Udp, 512, true)]
    [InlineData(100, DnsTransport.Udp, 512, true)]
    [InlineData(1000, DnsTransport.Udp, 1000, true)]
    [InlineData(4096, DnsTransport.Udp, 1232, true)]
    [InlineData(0, DnsTransport.Tcp, 65535, false)]
    public void An_answer_is_cut_to_what_the_client_takes(int asked, DnsTransport transport, int limit, bool cut)
    {
        byte[] query = Queries.Of("many", edns: asked == 0 ? null : new Edns((ushort)asked));
        DnsMessage answer = Answered(query, transport, out int length);
        Assert.InRange(length, 12, limit);
        Assert.Equal(cut, answer.Header.IsTruncated);
        Assert.Equal(cut, answer.Answers.Count < Names.ManyCount);
        Assert.Equal(asked == 0 ? 0 : 1, answer.Additional.Count);
    }

    [Fact]
    public void Edns_is_answered_with_ours_and_an_unknown_version_with_badvers()
    {
        DnsMessage answer = Answered(Queries.Of("web", edns: new Edns(4096, DnssecOk: true, Options: new byte[] { 0, 10, 0, 0 })));
        DnsRecord opt = Assert.Single(answer.Additional);
        Assert.Equal((1232, 0x8000u, 0), ((int)opt.Class, opt.Ttl, ((RawData)opt.Data).Bytes.Length));

        Assert.Equal(ResponderOutcome.Rejected, Respond(Queries.Of("web", edns: new Edns(4096, Version: 1)), out DnsMessage? bad));
        Assert.Equal(0x01000000u, Assert.Single(bad!.Additional).Ttl);
        Assert.Equal(0, (int)bad.Header.ResponseCode);
        Assert.Empty(bad.Answers);
    }

    [Theory]
    [InlineData(DnsRecordClass.Chaos)]
    [InlineData(DnsRecordClass.Hesiod)]
    [InlineData(DnsRecordClass.Any)]
    public void Other_classes_than_in_are_refused(DnsRecordClass @class)
    {
        Assert.Equal(
            ResponderOutcome.Rejected, Respond(Queries.Of("version.bind", DnsRecordType.Text, @class: @class), out DnsMessage? answer));
        Assert.Equal(DnsResponseCode.Refused, answer!.Header.ResponseCode);
    }

    [Fact]
    public void A_zone_transfer_of_what_is_not_ours_is_refused()
    {
        Assert.Equal(ResponderOutcome.Rejected, Respond(Queries.Of("example.org", DnsRecordType.ZoneTransfer), out DnsMessage? answer));
        Assert.Equal(DnsResponseCode.Refused, answer!.Header.ResponseCode);
    }

    [Fact]
    public void Other_kinds_of_query_are_not_implemented()
    {
        Assert.Equal(ResponderOutcome.Rejected, Respond(Samples.Message("", questions: 0, flags: 0x2800), out DnsMessage? answer));
        Assert.Equal(DnsResponseCode.NotImplemented, answer!.Header.ResponseCode);
        Assert.Equal(DnsOpcode.Update, answer.Header.Opcode);

        Assert.Equal(ResponderOutcome.Rejected, Respond(Queries.Of("web", edns: new Edns(1232), flags: (DnsFlags)0x2000), out answer));
        Assert.Equal((DnsResponseCode.NotImplemented, DnsOpcode.Notify), (answer!.Header.ResponseCode, answer.Header.Opcode));
        Assert.Single(answer.Additional);
    }

    [Fact]
    public void A_response_is_dropped_whatever_else_it_is()
    {
        Assert.Equal(ResponderOutcome.Dropped, Respond(Queries.Of("web", flags: DnsFlags.Response), out _));
        Assert.Equal(ResponderOutcome.Dropped, Respond([0x12, 0x34, 0x80], out _));
        Assert.Equal(ResponderOutcome.Dropped, Respond(Samples.Message("ff", flags: 0xffff), out _));
    }

    [Fact]
    public void A_query_cut_at_any_length_is_a_format_error_while_there_is_an_id()
    {
        byte[] whole = Samples.DigQuery;
        for (int length = 0; length < whole.Length; length++)
        {
            ResponderOutcome outcome = Respond(whole.AsSpan(0, length).ToArray(), out DnsMessage? answer);
            Assert.Equal(length < 2 ? ResponderOutcome.Dropped : ResponderOutcome.Rejected, outcome);
            Assert.Equal(length < 2 ? null : DnsResponseCode.FormatError, answer?.Header.ResponseCode);
            Assert.Equal(length < 2 ? null : 0x35fd, answer?.Header.Id);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_query_with_another_number_of_questions_than_one_is_a_format_error(int questions)
    {
        string body = string.Concat(Enumerable.Repeat("0161000001" + "0001", questions));
        Assert.Equal(ResponderOutcome.Rejected, Respond(Samples.Message(body, (ushort)questions), out DnsMessage? answer));
        Assert.Equal(DnsResponseCode.FormatError, answer!.Header.ResponseCode);
    }

    public void Dispose() => _random.Dispose();

    private static IEnumerable<string> Addresses(DnsMessage message) =>
        message.Answers.Select(static record => ((AddressData)record.Data).Address.ToString());

    private DnsMessage Answered(byte[] query) => Answered(query, DnsTransport.Udp, out _);

    private DnsMessage Answered(byte[] query, DnsTransport transport, out int length)
    {
        Assert.Equal(ResponderOutcome.OwnName, Respond(query, out DnsMessage? answer, transport));
        length = answer!.Write(new byte[65535]);
        return answer;
    }

    private ResponderOutcome Respond(
        byte[] query, out DnsMessage? answer, DnsTransport transport = DnsTransport.Udp, UpstreamPolicy? upstreams = null)
    {
        var responder = new Responder(new DnsServerOptions(), _random);
        byte[] buffer = new byte[transport == DnsTransport.Udp ? responder.UdpBufferSize : ushort.MaxValue];
        UpstreamPolicy policy = upstreams ?? ScriptedUpstream.Policy(new IPEndPoint(IPAddress.Loopback, 9));
        ResponderOutcome outcome = responder.Respond(query, transport, Names.Table, policy, buffer, out _, out int length);
        answer = length == 0 ? null : DnsMessage.Parse(buffer.AsMemory(0, length));
        return outcome;
    }

    private sealed class Nowhere : INameSource
    {
        public NameLookup Lookup(DnsName name, AddressFamily family, List<IPAddress> addresses) => NameLookup.Missing;

        public bool TryLookupPointer(DnsName reverseName, List<DnsName> names) => false;
    }
}
