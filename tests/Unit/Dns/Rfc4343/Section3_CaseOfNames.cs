using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns.Rfc4343;

/// <summary>RFC 4343, Domain Name System Case Insensitivity Clarification.</summary>
public sealed class Section3_CaseOfNames
{
    [Fact]
    public void Section_3_names_that_differ_in_ascii_case_are_equal_and_hash_alike()
    {
        var upper = DnsName.Parse("WEB.Example.ORG");
        var lower = DnsName.Parse("web.example.org");
        Assert.Equal(upper, lower);
        Assert.Equal(upper.GetHashCode(), lower.GetHashCode());
    }

    [Theory]
    [InlineData("a@b", "a`b")]
    [InlineData("a[", "a{")]
    [InlineData("\\193", "\\225")]
    public void Section_3_bytes_that_are_not_ascii_letters_have_no_case(string one, string other) =>
        Assert.NotEqual(DnsName.Parse(one), DnsName.Parse(other));

    [Fact]
    public void Section_4_1_the_case_of_a_name_is_kept() => Assert.Equal("WeB", DnsName.Parse("WeB").ToString());

    [Fact]
    public void Section_4_1_compression_does_not_change_the_case_of_a_name()
    {
        byte[] buffer = new byte[128];
        var writer = new DnsMessageWriter(buffer);
        writer.TryAddQuestion(new DnsQuestion(DnsName.Parse("a.example.org"), DnsRecordType.Pointer));
        writer.TryAddName(
            DnsSection.Answer,
            DnsName.Parse("a.example.org"),
            DnsRecordType.Pointer,
            DnsRecordClass.Internet,
            5,
            DnsName.Parse("b.EXAMPLE.org"));
        var message = DnsMessage.Parse(buffer.AsMemory(0, writer.Finish(1, DnsFlags.Response)));
        Assert.Equal("b.EXAMPLE.org", ((NameData)message.Answers[0].Data).Name.ToString());
    }
}
