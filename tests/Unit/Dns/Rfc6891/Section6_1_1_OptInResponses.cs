using Net.Dns.Wire;
using Net.Tests.Unit.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Rfc6891;

public sealed class Section6_1_1_OptInResponses
{
    private static readonly string[] Questions = ["web", "db", "many", "no.example.org"];

    [Fact]
    public void Every_response_to_a_query_with_opt_has_one_opt()
    {
        foreach (string name in Questions)
        {
            Assert.Single(ResponderUnderTest.Respond(Queries.Of(name, edns: new Edns(512)))!.Additional);
            Assert.Single(ResponderUnderTest.Respond(Queries.Of(name, edns: new Edns(512, Version: 3)))!.Additional);
            Assert.Single(ResponderUnderTest.Respond(Queries.Of(name, @class: DnsRecordClass.Chaos, edns: new Edns(512)))!.Additional);
            Assert.Single(ResponderUnderTest.Respond(Queries.Of(name, flags: (DnsFlags)0x2000, edns: new Edns(512)))!.Additional);
        }
    }

    [Fact]
    public void Section_7_no_response_to_a_query_without_opt_has_one()
    {
        foreach (string name in Questions)
        {
            Assert.Empty(ResponderUnderTest.Respond(Queries.Of(name))!.Additional);
            Assert.Empty(ResponderUnderTest.Respond(Queries.Of(name, @class: DnsRecordClass.Chaos))!.Additional);
            Assert.Empty(ResponderUnderTest.Respond(Queries.Of(name, flags: (DnsFlags)0x2000))!.Additional);
        }
    }

    [Fact]
    public void A_query_with_two_opt_is_a_format_error()
    {
        const string opt = "00" + "0029" + "0200" + "00000000" + "0000";
        DnsMessage answer = ResponderUnderTest.Respond(Samples.Message("0377656200" + "00010001" + opt + opt, additional: 2))!;
        Assert.Equal(DnsResponseCode.FormatError, answer.Header.ResponseCode);
    }

    [Fact]
    public void Opt_may_stand_anywhere_in_the_additional_section()
    {
        const string other = "0161c00c" + "0001" + "0001" + "00000000" + "0004" + "01020304";
        const string opt = "00" + "0029" + "0200" + "00000000" + "0000";
        DnsMessage answer = ResponderUnderTest.Respond(Samples.Message("0377656200" + "00010001" + other + opt + other, additional: 3))!;
        Assert.Equal((DnsResponseCode.NoError, 2, 1), (answer.Header.ResponseCode, answer.Answers.Count, answer.Additional.Count));
    }
}
