using System.Net;
using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns.Rfc1035;

public sealed class Section4_1_4_Compression
{
    [Theory]
    [InlineData("c00c", "to itself")]
    [InlineData("0161c00c", "to the start of its own labels")]
    [InlineData("0161c00e", "to itself behind a label")]
    [InlineData("c010", "forward")]
    [InlineData("ffff", "beyond the message")]
    [InlineData("c000", "into the header")]
    [InlineData("c00b", "into the header's last byte")]
    public void A_pointer_that_does_not_lead_backwards_to_a_name_is_malformed(string name, string why)
    {
        byte[] message = Samples.Message(name + "00010001" + "0000000000");
        Assert.True(DnsFormatError.Malformed == DnsQuery.TryParse(message, out _), why);
    }

    [Fact]
    public void Pointers_that_lead_to_one_another_are_malformed()
    {
        // 12: a name whose end points to 20, 20: one that points to 12.
        byte[] message = Samples.Message("0161c014" + "00010001" + "c00c" + "00010001", questions: 2);
        Assert.Equal(DnsFormatError.Malformed, DnsMessage.TryParse(message, out _));
    }

    [Theory]
    [InlineData("40")]
    [InlineData("80")]
    [InlineData("7f")]
    [InlineData("bf")]
    public void Label_types_01_and_10_are_malformed(string type) =>
        Assert.Equal(DnsFormatError.Malformed, DnsQuery.TryParse(Samples.Message(type + new string('0', 254)), out _));

    [Fact]
    public void A_pointer_may_lead_into_the_middle_of_a_name_and_to_a_pointer()
    {
        // 12: a.b, 20: x -> b (at 14), 28: y -> 20
        byte[] message = Samples.Message("01610162" + "00" + "00010001" + "0178c00e" + "00010001" + "0179c015" + "00010001", questions: 3);
        Assert.Equal(["a.b", "x.b", "y.x.b"], DnsMessage.Parse(message).Questions.Select(static question => question.Name.ToString()));
    }

    [Fact]
    public void A_name_that_was_written_before_is_written_as_a_pointer()
    {
        var owner = DnsName.Parse("www.example.org");
        byte[] buffer = new byte[128];
        var writer = new DnsMessageWriter(buffer);
        writer.TryAddQuestion(new DnsQuestion(owner, DnsRecordType.A));
        writer.TryAddAddress(DnsSection.Answer, owner, 5, IPAddress.Parse("192.0.2.7"));
        writer.TryAddName(
            DnsSection.Answer, owner, DnsRecordType.CanonicalName, DnsRecordClass.Internet, 5, DnsName.Parse("w.example.org"));

        int length = writer.Finish(1, DnsFlags.Response);
        Assert.Equal(
            "000180000001000200000000" + "03777777076578616D706C65036F726700" + "00010001"
            + "C00C" + "0001" + "0001" + "00000005" + "0004" + "C0000207"
            + "C00C" + "0005" + "0001" + "00000005" + "0004" + "0177C010",
            Convert.ToHexString(buffer.AsSpan(0, length)));
    }

    [Fact]
    public void A_name_behind_the_reach_of_pointers_is_not_pointed_to()
    {
        var name = DnsName.Parse("late.example.org");
        byte[] buffer = new byte[40_000];
        var writer = new DnsMessageWriter(buffer);
        writer.TryAddRaw(DnsSection.Answer, DnsName.Root, DnsRecordType.Text, DnsRecordClass.Internet, 0, new byte[0x4000]);
        writer.TryAddAddress(DnsSection.Answer, name, 0, IPAddress.Loopback);
        writer.TryAddAddress(DnsSection.Answer, name, 0, IPAddress.Loopback);
        var message = DnsMessage.Parse(buffer.AsMemory(0, writer.Finish(1, DnsFlags.Response)));
        Assert.Equal(name, message.Answers[2].Name);
    }
}
