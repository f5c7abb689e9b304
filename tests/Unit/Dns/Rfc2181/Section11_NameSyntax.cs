using System.Net;
using Net.Dns.Resolver;
using Net.Dns.Wire;
using Net.Tests.Unit.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Rfc2181;

public sealed class Section11_NameSyntax
{
    [Theory]
    [InlineData("a_b")]
    [InlineData("-a-")]
    [InlineData("\\000")]
    [InlineData("\\255\\254.x")]
    [InlineData("b\\195\\188cher")]
    [InlineData("a\\.b")]
    public void Any_bytes_make_a_label_that_is_found_and_comes_back_as_it_was(string text)
    {
        var name = DnsName.Parse(text);
        byte[] query = Queries.Of(text);
        byte[] response = ResponderUnderTest.Bytes(query, names: new NameTable([(name, IPAddress.Parse("192.0.2.1"))], []));
        DnsRecord record = Assert.Single(DnsMessage.Parse(response).Answers);
        Assert.Equal(name.Wire, record.Name.Wire);
        Assert.Equal(name.Wire, response.AsSpan(DnsHeader.Size, name.Wire.Length));
    }

    [Fact]
    public void Every_byte_value_is_read_and_written_back()
    {
        for (int value = 0; value < 256; value++)
        {
            byte[] query = Samples.Message($"02{value:x2}{value:x2}00" + "00010001");
            Assert.Equal(DnsFormatError.None, DnsQuery.TryParse(query, out DnsQuery read));
            Assert.Equal(read.Question.Name, DnsName.Parse(read.Question.Name.ToString()));
            Assert.Equal(query.AsSpan(12), ResponderUnderTest.Bytes(query).AsSpan(12));
        }
    }
}
