using Net.Dns.Resolver;
using Net.Dns.Wire;
using Net.Tests.Unit.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Rfc7873;

/// <summary>Between a container and its own resolver nobody spoofs: cookies are the upstream servers' matter.</summary>
public sealed class Section5_2_ServerThatHasNone
{
    private static readonly byte[] ClientCookie = Convert.FromHexString("000a0008f41965b1fc680e90");
    private static readonly byte[] BothCookies = Convert.FromHexString("000a0010f41965b1fc680e900102030405060708");

    [Theory]
    [InlineData("000a0008f41965b1fc680e90")] // client cookie
    [InlineData("000a0010f41965b1fc680e900102030405060708")] // with a server's
    [InlineData("000a0003010203")] // of a length that is no cookie's
    public async Task Our_own_answers_ignore_a_cookie_and_send_none(string option)
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden);
        byte[] query = Queries.Of("web", edns: new Edns(1232, Options: Convert.FromHexString(option)));
        var answer = DnsMessage.Parse(await server.AskAsync(query));
        Assert.Equal((DnsResponseCode.NoError, 2), (answer.Header.ResponseCode, answer.Answers.Count));
        Assert.Empty(((RawData)Assert.Single(answer.Additional).Data).Bytes.ToArray());
    }

    [Fact]
    public async Task A_cookie_goes_to_the_upstream_server_and_its_own_comes_back()
    {
        using var upstream = ScriptedUpstream.Answering(static query => [AnswerWithCookies(query)]);
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint));
        var reply = DnsMessage.Parse(await server.AskAsync(Queries.Of("example.org", edns: new Edns(1232, Options: ClientCookie))));

        DnsQuery.TryParse(Assert.Single(upstream.Received).Query, out DnsQuery sent);
        Assert.Equal(ClientCookie, sent.Edns!.Value.Options.ToArray());
        Assert.Equal(BothCookies, ((RawData)Assert.Single(reply.Additional).Data).Bytes.ToArray());
    }

    [Fact]
    public async Task Who_knows_the_servers_cookie_hears_it_again_and_gets_nothing_of_the_cache_which_has_none()
    {
        using var upstream = ScriptedUpstream.Answering(static query => [AnswerWithCookies(query)]);
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint));
        foreach (byte[] cookies in (byte[][])[ClientCookie, BothCookies, BothCookies])
        {
            var reply = DnsMessage.Parse(await server.AskAsync(Queries.Of("example.org", edns: new Edns(1232, Options: cookies))));
            Assert.Equal(BothCookies, ((RawData)Assert.Single(reply.Additional).Data).Bytes.ToArray());
        }

        Assert.Equal(3, upstream.Received.Count);
    }

    private static byte[] AnswerWithCookies(byte[] query)
    {
        byte[] room = new byte[512];
        var answer = DnsMessage.Parse(Queries.Answer(query));
        var writer = new DnsMessageWriter(room);
        writer.TryAddQuestion(answer.Questions[0]);
        writer.TryAddRecord(DnsSection.Answer, answer.Answers[0]);
        writer.TryAddEdns(new Edns(1232, Options: BothCookies));
        return room[..writer.Finish(answer.Header.Id, answer.Header.Flags)];
    }
}
