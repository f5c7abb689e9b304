using Net.Dns.Wire;
using Net.Tests.Unit.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Rfc9619;

public sealed class Section4_QuestionCount
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1000)]
    public void A_query_with_more_than_one_question_is_a_format_error_and_not_answered_in_part(int count)
    {
        string question = "0377656200" + "00010001";
        DnsMessage answer = ResponderUnderTest.Respond(Samples.Message(string.Concat(Enumerable.Repeat(question, count)), (ushort)count))!;
        Assert.Equal((DnsResponseCode.FormatError, 0), (answer.Header.ResponseCode, answer.Answers.Count));
    }

    [Fact]
    public void A_query_without_a_question_is_a_format_error() =>
        Assert.Equal(DnsResponseCode.FormatError, ResponderUnderTest.Respond(Samples.Message("", questions: 0))!.Header.ResponseCode);
}
