using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns.Rfc3597;

/// <summary>RFC 3597, Handling of Unknown DNS Resource Record (RR) Types.</summary>
public sealed class Section3_UnknownRdata
{
    [Fact]
    public void Section_3_rdata_of_an_unknown_type_is_carried_as_it_is()
    {
        // TYPE65280 with bytes that would be a pointer loop if they were taken for a name.
        byte[] bytes = Samples.Message("00" + "ff000001" + "00" + "ff00" + "0001" + "00000000" + "0002" + "c011", answers: 1);
        var message = DnsMessage.Parse(bytes);
        Assert.Equal("C011", Convert.ToHexString(((RawData)message.Answers[0].Data).Bytes.Span));

        byte[] buffer = new byte[bytes.Length];
        Assert.Equal(bytes.Length, message.Write(buffer));
        Assert.Equal(bytes, buffer);
    }

    [Fact]
    public void Section_3_an_address_record_of_another_class_is_raw()
    {
        byte[] bytes = Samples.Message("00" + "00010003" + "00" + "0001" + "0003" + "00000000" + "0003" + "010203", answers: 1);
        Assert.Equal(3, ((RawData)DnsMessage.Parse(bytes).Answers[0].Data).Bytes.Length);
    }

    [Fact]
    public void Section_4_a_compressed_name_in_the_rdata_of_srv_is_expanded()
    {
        byte[] bytes = Samples.Message(
            "016100" + "00210001" + "c00c" + "0021" + "0001" + "00000000" + "0008" + "000100020050" + "c00c", answers: 1);
        var data = (RawData)DnsMessage.Parse(bytes).Answers[0].Data;
        Assert.Equal("000100020050016100", Convert.ToHexString(data.Bytes.Span));
    }
}
