using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns;

public sealed class DnsNameTests
{
    [Theory]
    [InlineData("web", "0377656200")]
    [InlineData("web.", "0377656200")]
    [InlineData("a_b.c-d", "03615F6203632D6400")]
    [InlineData(".", "00")]
    [InlineData("a\\.b.c", "03612E62016300")]
    [InlineData("\\007\\\\", "02075C00")]
    public void Text_becomes_labels(string text, string wire) =>
        Assert.Equal(wire, Convert.ToHexString(DnsName.Parse(text).Wire));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("..")]
    [InlineData(".a")]
    [InlineData("a..b")]
    [InlineData("a\\")]
    [InlineData("a\\25")]
    [InlineData("a\\256")]
    [InlineData("bücher")]
    public void What_is_no_name_is_refused(string? text) => Assert.False(DnsName.TryParse(text, out _));

    [Theory]
    [InlineData("a\\.b.c")]
    [InlineData("\\000\\255x\\\\")]
    [InlineData(".")]
    public void Text_reads_back_as_it_was_written(string text) => Assert.Equal(text, DnsName.Parse(text).ToString());

    [Fact]
    public void The_default_value_is_the_root()
    {
        Assert.Equal(DnsName.Root, DnsName.Parse("."));
        Assert.Equal(DnsName.Root.GetHashCode(), DnsName.Parse(".").GetHashCode());
        Assert.Equal(0, DnsName.Root.LabelCount);
    }

    [Fact]
    public void An_owned_name_outlives_the_message_it_was_read_from()
    {
        byte[] bytes = Samples.DigQuery;
        DnsQuery.TryParse(bytes, out DnsQuery query);
        DnsName owned = query.Question.Name.ToOwned();
        Array.Clear(bytes);
        Assert.Equal("WeB.example.org", owned.ToString());
    }
}
