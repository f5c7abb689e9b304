using Net.Dns.Wire;
using Net.Tests.Unit.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Rfc6891;

public sealed class Section6_1_3_Version
{
    [Fact]
    public void A_version_that_is_not_ours_is_badvers_with_ours_and_nothing_else()
    {
        for (int version = 1; version < 256; version++)
        {
            DnsMessage answer = ResponderUnderTest.Respond(Queries.Of("web", edns: new Edns(1232, Version: (byte)version)))!;
            DnsRecord opt = Assert.Single(answer.Additional);

            // BADVERS is 16: 1 above the header's four bits. The version in the answer is the highest that we know.
            Assert.Equal((0x01000000u, 0), (opt.Ttl, (int)answer.Header.ResponseCode));
            Assert.Empty(answer.Answers);
        }
    }

    [Fact]
    public void Options_that_are_not_known_are_ignored()
    {
        byte[] options = Convert.FromHexString("ffff0003010203" + "00030000");
        DnsMessage answer = ResponderUnderTest.Respond(Queries.Of("web", edns: new Edns(1232, Options: options)))!;
        Assert.Equal((DnsResponseCode.NoError, 2), (answer.Header.ResponseCode, answer.Answers.Count));
        Assert.Empty(((RawData)Assert.Single(answer.Additional).Data).Bytes.ToArray());
    }

    [Fact]
    public void Do_is_copied_and_the_other_flags_are_zero()
    {
        // The Z bits of OPT are set beside DO.
        byte[] query = Samples.Message("0377656200" + "00010001" + "00" + "0029" + "0200" + "0000ffff" + "0000", additional: 1);
        Assert.Equal(0x8000u, Assert.Single(ResponderUnderTest.Respond(query)!.Additional).Ttl);
    }
}
