using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;

namespace Net.Tests.Unit.Cnm;

public sealed class SubnetParserTests
{
    [Theory]
    [InlineData("10.60.0.0/24")]
    [InlineData("10.60.0.1/32")]
    [InlineData("0.0.0.0/0")]
    [InlineData("2001:db8::/64")]
    public void A_subnet_without_host_bits_is_read(string text) => Assert.Equal(IPNetwork.Parse(text), SubnetParser.Parse(text));

    [Theory]
    [InlineData("10.60.0.1/24", "invalid subnet 10.60.0.1/24: it should be 10.60.0.0/24")]
    [InlineData("2001:db8::1/64", "invalid subnet 2001:db8::1/64: it should be 2001:db8::/64")]
    public void Host_bits_are_refused_with_the_subnet_that_was_meant(string text, string message)
    {
        CnmException error = Assert.Throws<CnmException>(() => SubnetParser.Parse(text));
        Assert.Equal(message, error.Message);
        Assert.Equal(CnmErrorKind.InvalidParameter, error.Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.60.0.0")]
    [InlineData("10.60.0.0/")]
    [InlineData("10.60.0.0/33")]
    [InlineData("10.60.0.0/-1")]
    [InlineData("10.60.0.0/+8")]
    [InlineData("10.60/16")]
    [InlineData("010.60.0.0/16")]
    [InlineData("2001:db8::/129")]
    [InlineData("fe80::%1/64")]
    [InlineData("::ffff:10.0.0.0/104")]
    [InlineData("web/24")]
    public void Anything_else_is_refused(string text) =>
        Assert.StartsWith(
            $"invalid subnet {text}: ", Assert.Throws<CnmException>(() => SubnetParser.Parse(text)).Message, StringComparison.Ordinal);
}
