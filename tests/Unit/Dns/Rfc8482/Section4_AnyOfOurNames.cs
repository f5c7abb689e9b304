using Net.Dns.Resolver;
using Net.Dns.Wire;
using Net.Tests.Unit.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Rfc8482;

public sealed class Section4_AnyOfOurNames
{
    [Theory]
    [InlineData(DnsTransport.Udp)]
    [InlineData(DnsTransport.Tcp)]
    public void Any_is_answered_short_whatever_the_name_has(DnsTransport transport)
    {
        byte[] query = Queries.Of("many", DnsRecordType.Any);
        byte[] answer = ResponderUnderTest.Bytes(query, transport);
        Assert.Equal(query.Length, answer.Length); // nothing to amplify with
        Assert.Equal(DnsResponseCode.NoError, DnsMessage.Parse(answer).Header.ResponseCode);
    }
}
