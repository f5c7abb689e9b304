using System.Net;
using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns;

public sealed class DnsMessageTests
{
    [Fact]
    public void A_query_of_dig_is_read_to_the_last_bit()
    {
        Assert.Equal(DnsFormatError.None, DnsQuery.TryParse(Samples.DigQuery, out DnsQuery query));

        Assert.Equal(0x35fd, query.Header.Id);
        Assert.Equal(DnsFlags.RecursionDesired | DnsFlags.AuthenticData, query.Header.Flags);
        Assert.Equal("WeB.example.org", query.Question.Name.ToString());
        Assert.Equal(DnsRecordType.Aaaa, query.Question.Type);
        Assert.Equal(DnsRecordClass.Internet, query.Question.Class);
        Assert.Equal(1232, query.Edns!.Value.UdpPayloadSize);
        Assert.False(query.Edns.Value.DnssecOk);
        Assert.Equal("000A0008F41965B1FC680E90", Convert.ToHexString(query.Edns.Value.Options.Span));
    }

    [Fact]
    public void A_query_of_dig_is_written_back_byte_for_byte() => AssertWrittenBack(Samples.DigQuery);

    [Fact]
    public void Every_record_of_an_answer_is_read()
    {
        var message = DnsMessage.Parse(Samples.Answer);

        var apex = DnsName.Parse("example.org");
        Assert.Equal(new AddressData(IPAddress.Parse("192.0.2.7")), message.Answers[0].Data);
        Assert.Equal(apex, message.Answers[1].Name);
        Assert.Equal("000A046D61696C076578616D706C65036F726700", Convert.ToHexString(((RawData)message.Answers[1].Data).Bytes.Span));
        Assert.Equal(new NameData(apex), message.Answers[2].Data);
        Assert.Equal(DnsRecordType.StartOfAuthority, message.Authorities[0].Type);
        Assert.Equal(17 + 18 + 20, ((RawData)message.Authorities[0].Data).Bytes.Length);
        Assert.Equal(0x8000u, message.Additional[0].Ttl);
    }

    [Fact]
    public void What_was_read_is_the_same_after_writing_and_reading_again()
    {
        var message = DnsMessage.Parse(Samples.Answer);
        byte[] buffer = new byte[512];
        var again = DnsMessage.Parse(buffer.AsMemory(0, message.Write(buffer)));

        Assert.Equal(message.Header, again.Header);
        Assert.Equal(message.Questions, again.Questions);
        Assert.Equal(message.Answers, again.Answers);
        Assert.Equal(message.Authorities, again.Authorities);
        Assert.Equal(message.Additional, again.Additional);
    }

    [Fact]
    public void A_message_cut_at_any_length_is_not_a_message()
    {
        foreach (byte[]? whole in new[] { Samples.DigQuery, Samples.Answer })
        {
            for (int length = 0; length < whole.Length; length++)
            {
                // A copy of that length: reading behind the end would throw.
                Assert.Equal(DnsFormatError.Truncated, DnsMessage.TryParse(whole.AsSpan(0, length).ToArray(), out _));
                Assert.Equal(DnsFormatError.Truncated, DnsQuery.TryParse(whole.AsSpan(0, length).ToArray(), out _));
            }
        }
    }

    [Fact]
    public void Bytes_behind_the_last_record_are_malformed()
    {
        Assert.Equal(DnsFormatError.Malformed, DnsMessage.TryParse((byte[])[.. Samples.Answer, 0], out _));
        Assert.Equal(DnsFormatError.Malformed, DnsQuery.TryParse((byte[])[.. Samples.DigQuery, 0], out _));
    }

    [Fact]
    public void Parse_says_why_it_failed()
    {
        DnsFormatException error = Assert.Throws<DnsFormatException>(static () => DnsMessage.Parse(new byte[11]));
        Assert.Equal(DnsFormatError.Truncated, error.Reason);
    }

    [Fact]
    public void A_record_count_that_lies_does_not_make_room_for_records()
    {
        byte[] message = Samples.Message("00" + "00010001", answers: ushort.MaxValue);
        long before = GC.GetAllocatedBytesForCurrentThread();
        DnsFormatError error = DnsMessage.TryParse(message, out _);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(DnsFormatError.Truncated, error);
        Assert.InRange(allocated, 0, 10_000);
    }

    private static void AssertWrittenBack(byte[] bytes)
    {
        byte[] buffer = new byte[bytes.Length];
        Assert.Equal(bytes.Length, DnsMessage.Parse(bytes).Write(buffer));
        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(buffer));
    }
}
