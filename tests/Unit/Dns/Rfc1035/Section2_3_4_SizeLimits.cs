using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns.Rfc1035;

public sealed class Section2_3_4_SizeLimits
{
    [Fact]
    public void A_label_of_63_bytes_is_a_label_and_one_of_64_is_not()
    {
        Assert.Equal(65, DnsName.Parse(new string('a', 63)).Wire.Length);
        Assert.False(DnsName.TryParse(new string('a', 64), out _));
    }

    [Fact]
    public void A_name_of_255_bytes_is_a_name_and_one_of_256_is_not()
    {
        string longest = Labels(63, 63, 63, 61);
        Assert.Equal(255, DnsName.Parse(longest).Wire.Length);
        Assert.False(DnsName.TryParse(Labels(63, 63, 63, 62), out _));
        Assert.False(DnsName.TryParse(longest + ".a", out _));
    }

    [Fact]
    public void A_name_in_a_message_obeys_the_same_limits()
    {
        string wire = Convert.ToHexString(DnsName.Parse(Labels(63, 63, 63, 61)).Wire);
        Assert.Equal(DnsFormatError.None, DnsQuery.TryParse(Samples.Message(wire + "00010001"), out _));

        string over = wire[..^2] + "0161" + "00";
        Assert.Equal(DnsFormatError.Malformed, DnsQuery.TryParse(Samples.Message(over + "00010001"), out _));
    }

    [Fact]
    public void A_name_that_grows_too_long_by_compression_is_malformed()
    {
        // A name of 255 bytes at 12, then a label before a pointer to it.
        string wire = Convert.ToHexString(DnsName.Parse(Labels(63, 63, 63, 61)).Wire);
        byte[] message = Samples.Message(wire + "00010001" + "0161c00c" + "00010001", questions: 2);
        Assert.Equal(DnsFormatError.Malformed, DnsMessage.TryParse(message, out _));
    }

    private static string Labels(params int[] lengths) => string.Join('.', lengths.Select(static length => new string('a', length)));
}
