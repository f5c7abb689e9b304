using Net.Dns.Wire;
using Net.Tests.Unit.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Rfc1035;

public sealed class Section4_1_1_ResponseHeader
{
    [Theory]
    [InlineData(0x0000)]
    [InlineData(0x0001)]
    [InlineData(0xffff)]
    public void Id_is_copied_into_the_reply(ushort id)
    {
        Assert.Equal(id, ResponderUnderTest.Respond(Queries.Of("web", id: id))!.Header.Id);
        Assert.Equal(id, ResponderUnderTest.Respond(Queries.Of("no.example.org", id: id))!.Header.Id);
        Assert.Equal(id, ResponderUnderTest.Respond(Queries.Of("web", id: id, @class: DnsRecordClass.Chaos))!.Header.Id);
    }

    [Fact]
    public void Of_all_16_flag_bits_only_opcode_rd_and_cd_come_back_and_z_never()
    {
        for (int bits = 0; bits < 0x8000; bits += 0x10)
        {
            DnsFlags flags = ResponderUnderTest.Respond(Queries.Of("db", flags: (DnsFlags)bits))!.Header.Flags;
            const DnsFlags copied = DnsFlags.OpcodeMask | DnsFlags.RecursionDesired | DnsFlags.CheckingDisabled;
            Assert.Equal(((DnsFlags)bits & copied) | DnsFlags.Response | DnsFlags.RecursionAvailable, flags & ~DnsFlags.ResponseCodeMask);
        }
    }

    [Fact]
    public void Only_a_standard_query_is_answered_and_every_other_opcode_is_not_implemented()
    {
        for (int opcode = 0; opcode < 16; opcode++)
        {
            DnsHeader header = ResponderUnderTest.Respond(Queries.Of("db", flags: (DnsFlags)(opcode << 11)))!.Header;
            Assert.Equal((DnsOpcode)opcode, header.Opcode);
            Assert.Equal(opcode == 0 ? DnsResponseCode.NoError : DnsResponseCode.NotImplemented, header.ResponseCode);
        }
    }

    [Fact]
    public void A_response_code_in_a_query_is_not_taken_for_ours()
    {
        Assert.Equal(DnsResponseCode.NoError, ResponderUnderTest.Respond(Queries.Of("db", flags: (DnsFlags)0x000f))!.Header.ResponseCode);
        Assert.Equal(
            DnsResponseCode.NameError,
            ResponderUnderTest.Respond(Queries.Of("x.example.org", flags: (DnsFlags)0x000f))!.Header.ResponseCode);
    }

    [Fact]
    public void Counts_are_those_of_what_follows()
    {
        DnsHeader header = ResponderUnderTest.Respond(Queries.Of("web", edns: new Edns(1232)))!.Header;
        Assert.Equal((1, 2, 0, 1), (header.QuestionCount, header.AnswerCount, header.AuthorityCount, header.AdditionalCount));
    }
}
