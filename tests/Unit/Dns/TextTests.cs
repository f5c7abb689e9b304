using System.Net;
using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns;

/// <summary>Types, codes and data as people write and read them.</summary>
public sealed class TextTests
{
    [Theory]
    [InlineData("A", 1)]
    [InlineData("aaaa", 28)]
    [InlineData("Ptr", 12)]
    [InlineData("HTTPS", 65)]
    [InlineData("TYPE65", 65)]
    [InlineData("type65535", 65535)]
    public void A_type_is_read_by_name_or_number(string text, int type)
    {
        Assert.True(RecordTypeText.TryParse(text, out DnsRecordType read));
        Assert.Equal(type, (int)read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("TYPE")]
    [InlineData("TYPE65536")]
    [InlineData("TYPE-1")]
    [InlineData("1")]
    [InlineData("FOO")]
    public void What_is_no_type_is_none(string text) => Assert.False(RecordTypeText.TryParse(text, out _));

    [Theory]
    [InlineData(DnsRecordType.CanonicalName, "CNAME")]
    [InlineData((DnsRecordType)65280, "TYPE65280")]
    public void A_type_is_written_so_that_it_can_be_read_again(DnsRecordType type, string text)
    {
        Assert.Equal(text, RecordTypeText.Of(type));
        Assert.True(RecordTypeText.TryParse(text, out DnsRecordType read));
        Assert.Equal(type, read);
    }

    [Fact]
    public void Codes_have_the_names_that_tools_print()
    {
        Assert.Equal("NXDOMAIN", ResponseCodeText.Of(DnsResponseCode.NameError));
        Assert.Equal("RCODE11", ResponseCodeText.Of((DnsResponseCode)11));
    }

    // Each as dig prints it, the last dots aside.
    [Theory]
    [InlineData(DnsRecordType.MailExchange, "000a 046d61696c076578616d706c65036f726700", "10 mail.example.org")]
    [InlineData(DnsRecordType.Service, "0001 0002 1f90 0377777700", "1 2 8080 www")]
    [InlineData(
        DnsRecordType.StartOfAuthority,
        "026e7300 0161036f726700 00000001 00000e10 00000258 00015180 0000003c",
        "ns a.org 1 3600 600 86400 60")]
    [InlineData(DnsRecordType.Text, "0568656c6c6f 03 225c07", "\"hello\" \"\\\"\\\\\\007\"")]
    [InlineData(DnsRecordType.Text, "0568656c", "\\# 4 0568656c")]
    [InlineData((DnsRecordType)65, "0001 00", "\\# 3 000100")]
    [InlineData((DnsRecordType)65280, "", "\\# 0")]
    public void Data_is_written_in_one_line_that_no_terminal_obeys(DnsRecordType type, string hex, string text)
    {
        byte[] bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(text, RecordDataText.Of(new DnsRecord(DnsName.Root, type, DnsRecordClass.Internet, 0, new RawData(bytes))));
    }

    [Fact]
    public void Addresses_and_names_are_written_as_such()
    {
        Assert.Equal("2001:db8::7", RecordDataText.Of(Of(new AddressData(IPAddress.Parse("2001:db8::7")))));
        Assert.Equal("web.net1", RecordDataText.Of(Of(new NameData(DnsName.Parse("web.net1")))));

        static DnsRecord Of(DnsRecordData data) => new(DnsName.Root, DnsRecordType.Pointer, DnsRecordClass.Internet, 0, data);
    }
}
