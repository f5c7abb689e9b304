using Net.Dns.Wire;
using Net.Tests.Unit.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Rfc3597;

public sealed class Section3_UnknownTypesOfOurNames
{
    [Fact]
    public void Every_type_that_we_have_no_record_of_is_answered_empty()
    {
        for (int type = 0; type <= ushort.MaxValue; type += type < 300 ? 1 : 251)
        {
            DnsMessage answer = ResponderUnderTest.Respond(Queries.Of("web", (DnsRecordType)type))!;
            int expected = type switch { 1 => 2, 28 => 1, _ => 0 };
            Assert.True((DnsResponseCode.NoError, expected) == (answer.Header.ResponseCode, answer.Answers.Count), $"TYPE{type}: {answer}");
        }
    }

    [Fact]
    public void Every_class_but_in_is_refused_and_copied()
    {
        foreach (ushort number in (ushort[])[0, 2, 3, 4, 5, 253, 254, 255, 256, 65280, 65535])
        {
            DnsMessage answer = ResponderUnderTest.Respond(Queries.Of("web", @class: (DnsRecordClass)number))!;
            Assert.Equal((DnsResponseCode.Refused, 0), (answer.Header.ResponseCode, answer.Answers.Count));
            Assert.Equal(number, (ushort)answer.Questions[0].Class);
        }
    }
}
