using Net.Dns.Wire;
using Net.Tests.Unit.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Rfc6761;

public sealed class Section6_4_Invalid
{
    [Theory]
    [InlineData("invalid", DnsRecordType.A)]
    [InlineData("INVALID", DnsRecordType.Aaaa)]
    [InlineData("a.b.invalid", DnsRecordType.NameServer)]
    [InlineData("a.invalid", DnsRecordType.Any)]
    public async Task There_is_no_such_name_and_no_server_is_asked(string name, DnsRecordType type)
    {
        using var upstream = ScriptedUpstream.Silent();
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint));
        DnsMessage answer = await server.AskAsync(name, type);
        Assert.Equal((DnsResponseCode.NameError, 0), (answer.Header.ResponseCode, answer.Answers.Count));
        Assert.Equal(name, Assert.Single(answer.Questions).Name.ToString());
        Assert.Empty(upstream.Received);
    }

    [Fact]
    public async Task What_only_begins_so_is_asked_for()
    {
        using var upstream = ScriptedUpstream.Answering(static query => [Queries.Answer(query)]);
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint));
        Assert.Equal(DnsResponseCode.NoError, (await server.AskAsync("invalid.example.org")).Header.ResponseCode);
        Assert.Equal(DnsResponseCode.NoError, (await server.AskAsync("xinvalid")).Header.ResponseCode);
        Assert.Equal(2, upstream.Received.Count);
    }
}
