using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;

namespace Net.Tests.Unit.Cnm;

public sealed class AddressParserTests
{
    [Theory]
    [InlineData("10.60.0.5")]
    [InlineData("2001:db8::5")]
    [InlineData("2001:DB8:0:0::5")]
    public void An_address_as_people_write_it_is_read(string text) =>
        Assert.Equal(IPAddress.Parse(text), AddressParser.Parse(text, "IP address"));

    [Theory]
    [InlineData("")]
    [InlineData("10.1")]
    [InlineData("010.0.0.1")]
    [InlineData("0x0a000001")]
    [InlineData("10.0.0.1 ")]
    [InlineData("10.0.0.0/24")]
    [InlineData("[2001:db8::5]")]
    [InlineData("fe80::1%lo")]
    [InlineData("::ffff:10.0.0.1")]
    public void What_would_be_read_as_another_address_is_refused_by_its_text(string text)
    {
        CnmException error = Assert.Throws<CnmException>(() => AddressParser.Parse(text, "gateway"));
        Assert.Equal(CnmErrorKind.InvalidParameter, error.Kind);
        Assert.StartsWith($"invalid gateway \"{text}\": ", error.Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => InterfaceAddress.Parse($"{text}/24"));
    }
}
