using Net.Dns.Resolver;
using Net.Dns.Wire;
using Net.Tests.Unit.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Rfc5452;

/// <summary>RFC 5452 9.1: name, class, type, id, port and address must match. Each forgery has the right id and comes from the asked
/// server, before the answer.</summary>
public sealed class Section9_1_QueryMatching
{
    private const string Name = "a.example.org";

    private static readonly DnsServerOptions Slow = new() { UpstreamTimeout = TimeSpan.FromMinutes(2) };

    [Theory]
    [InlineData(2, 0xa0)] // another opcode
    [InlineData(2, 0x01)] // not a response
    [InlineData(5, 0x02)] // two questions
    [InlineData(13, 0x62)] // another name
    [InlineData(-3, 0x61)] // TYPE97 for TYPE65: one ASCII case apart
    [InlineData(-2, 0x61)] // another class
    [InlineData(-1, 0x03)] // class CH
    public async Task What_differs_in_one_byte_is_not_the_answer(int place, byte value)
    {
        byte[] query = Queries.Of(Name, (DnsRecordType)0x41);
        Assert.Equal(12 + 15 + 4, query.Length);
        using var upstream = ScriptedUpstream.Answering(asked =>
        {
            byte[] forged = Queries.Answer(asked, DnsFlags.Authoritative);
            forged[place >= 0 ? place : asked.Length + place] = value;
            return [forged, Queries.Answer(asked)];
        });
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint), Slow);
        Assert.Equal(Queries.Answer(query), await server.AskAsync(query));
        Assert.Equal(1, server.Statistics.UpstreamMismatches);
    }

    [Fact]
    public async Task The_case_of_the_name_in_the_answer_may_differ()
    {
        // RFC 4343 4.1: a server may answer in a case of its own.
        byte[] query = Queries.Of(Name);
        using var upstream = ScriptedUpstream.Answering(asked =>
        {
            byte[] answer = Queries.Answer(asked);
            answer[13] = (byte)'A';
            return [answer];
        });
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint), Slow);
        byte[] got = await server.AskAsync(query);
        Assert.Equal((byte)'A', got[13]);
        Assert.Equal(0, server.Statistics.UpstreamMismatches);
    }

    [Fact]
    public async Task A_question_that_is_cut_off_is_not_the_question()
    {
        using var upstream = ScriptedUpstream.Answering(static asked =>
        [
            .. Enumerable.Range(0, asked.Length).Select(length => Queries.Answer(asked)[..length]),
            Queries.Answer(asked),
        ]);
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint), Slow);
        byte[] query = Queries.Of(Name);
        Assert.Equal(Queries.Answer(query), await server.AskAsync(query));
        Assert.Equal(query.Length, server.Statistics.UpstreamMismatches);
    }
}
