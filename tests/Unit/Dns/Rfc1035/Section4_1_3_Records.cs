using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns.Rfc1035;

public sealed class Section4_1_3_Records
{
    [Theory]
    [InlineData("0001", "0003", "010203")] // A of 3 bytes
    [InlineData("0001", "0005", "0102030405")] // A of 5 bytes
    [InlineData("001c", "0004", "01020304")] // AAAA of 4 bytes
    [InlineData("000c", "0004", "01610000")] // PTR with a byte behind the name
    [InlineData("000c", "0002", "0161")] // PTR with a name that runs over the RDATA
    [InlineData("000c", "0000", "")] // PTR without a name
    [InlineData("000f", "0001", "00")] // MX without a name
    [InlineData("0006", "0003", "000000")] // SOA without its numbers
    public void Rdata_whose_length_does_not_fit_its_type_is_malformed(string type, string length, string data)
    {
        // A second record follows, so that reading over the RDATA's end would find bytes.
        string other = "00" + "0010" + "0001" + "00000000" + "0003" + "026162";
        byte[] message = Samples.Message("00" + "00ff0001" + "00" + type + "0001" + "00000000" + length + data + other, answers: 2);
        Assert.Equal(DnsFormatError.Malformed, DnsMessage.TryParse(message, out _));
    }

    [Fact]
    public void An_rdata_length_beyond_the_message_is_truncated()
    {
        byte[] message = Samples.Message("00" + "00ff0001" + "00" + "0010" + "0001" + "00000000" + "ffff" + "00", answers: 1);
        Assert.Equal(DnsFormatError.Truncated, DnsMessage.TryParse(message, out _));
    }
}
