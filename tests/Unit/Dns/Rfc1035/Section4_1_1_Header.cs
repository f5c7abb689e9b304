using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns.Rfc1035;

public sealed class Section4_1_1_Header
{
    [Fact]
    public void The_fields_stand_where_the_diagram_says()
    {
        byte[] bytes = [0x12, 0x34, 0b1_0101_1_0_1, 0b1_0_1_1_0011, 0, 1, 0, 2, 0, 3, 0, 4];
        Assert.True(DnsHeader.TryRead(bytes, out DnsHeader header));

        Assert.Equal(0x1234, header.Id);
        Assert.True(header.IsResponse);
        Assert.Equal(DnsOpcode.Update, header.Opcode);
        Assert.False(header.IsTruncated);
        Assert.Equal(DnsResponseCode.NameError, header.ResponseCode);
        Assert.Equal(
            DnsFlags.Authoritative | DnsFlags.RecursionDesired | DnsFlags.RecursionAvailable | DnsFlags.AuthenticData
                | DnsFlags.CheckingDisabled,
            header.Flags & ~(DnsFlags.Response | DnsFlags.OpcodeMask | DnsFlags.ResponseCodeMask));
        Assert.Equal((1, 2, 3, 4), (header.QuestionCount, header.AnswerCount, header.AuthorityCount, header.AdditionalCount));

        byte[] back = new byte[12];
        header.Write(back);
        Assert.Equal(bytes, back);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public void Fewer_than_12_bytes_are_no_header(int length) => Assert.False(DnsHeader.TryRead(new byte[length], out _));
}
