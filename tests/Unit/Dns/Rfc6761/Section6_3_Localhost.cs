using System.Net;
using Net.Dns.Resolver;
using Net.Dns.Wire;
using Net.Tests.Unit.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Rfc6761;

public sealed class Section6_3_Localhost
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("LocalHost")]
    [InlineData("a.b.localhost")]
    public async Task It_is_the_loopback_address_and_no_server_is_asked(string name)
    {
        using var upstream = ScriptedUpstream.Silent();
        foreach (UpstreamPolicy policy in (UpstreamPolicy[])[UpstreamPolicy.Forbidden, ScriptedUpstream.Policy(upstream.EndPoint)])
        {
            await using var server = new ServerUnderTest(policy);

            // By hand: the header; a pointer to the question's name, TYPE, IN, TTL 5 and RDATA.
            byte[] a = await server.AskAsync(Queries.Of(name));
            Assert.StartsWith("1234" + "8180" + "0001" + "0001" + "0000" + "0000", Convert.ToHexString(a), StringComparison.Ordinal);
            Assert.EndsWith("C00C" + "00010001" + "00000005" + "0004" + "7F000001", Convert.ToHexString(a), StringComparison.Ordinal);
            byte[] aaaa = await server.AskAsync(Queries.Of(name, DnsRecordType.Aaaa));
            Assert.EndsWith(
                "C00C" + "001C0001" + "00000005" + "0010" + "00000000000000000000000000000001",
                Convert.ToHexString(aaaa),
                StringComparison.Ordinal);
            foreach (DnsRecordType type
                in (DnsRecordType[])[DnsRecordType.NameServer, DnsRecordType.StartOfAuthority, DnsRecordType.Text, DnsRecordType.Any])
            {
                DnsMessage other = await server.AskAsync(name, type);
                Assert.Equal((DnsResponseCode.NoError, 0), (other.Header.ResponseCode, other.Answers.Count));
            }
        }

        Assert.Empty(upstream.Received);
    }

    [Theory]
    [InlineData("xlocalhost")]
    [InlineData("localhost.example.org")]
    [InlineData("a\\009localhost")] // a label of these bytes
    public void Other_names_are_not_it(string name) =>
        Assert.Equal(DnsResponseCode.NameError, ResponderUnderTest.Respond(Queries.Of(name))!.Header.ResponseCode);

    [Fact]
    public void A_container_that_has_the_name_is_found()
    {
        var names = new NameTable([(DnsName.Parse("localhost"), IPAddress.Parse("192.0.2.1"))], []);
        DnsMessage answer = ResponderUnderTest.Respond(Queries.Of("localhost"), names: names)!;
        Assert.Equal(new AddressData(IPAddress.Parse("192.0.2.1")), Assert.Single(answer.Answers).Data);
    }
}
