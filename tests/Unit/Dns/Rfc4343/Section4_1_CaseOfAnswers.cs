using Net.Dns.Wire;
using Net.Tests.Unit.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Rfc4343;

public sealed class Section4_1_CaseOfAnswers
{
    [Fact]
    public void Every_spelling_of_a_name_is_found_and_comes_back_in_the_asked_one()
    {
        // What clients against spoofing do: they compare the case of the answer with what they sent.
        for (int spelling = 0; spelling < 8; spelling++)
        {
            string name = string.Concat("web".Select((letter, i) => (spelling & (1 << i)) == 0 ? letter : char.ToUpperInvariant(letter)));
            DnsMessage answer = ResponderUnderTest.Respond(Queries.Of(name))!;
            Assert.Equal(name, answer.Questions[0].Name.ToString());
            Assert.Equal([name, name], answer.Answers.Select(static record => record.Name.ToString()));
        }
    }

    [Fact]
    public void A_reverse_name_is_found_in_any_case() =>
        Assert.Single(ResponderUnderTest.Respond(Queries.Of("7.2.0.192.IN-ADDR.Arpa", DnsRecordType.Pointer))!.Answers);
}
