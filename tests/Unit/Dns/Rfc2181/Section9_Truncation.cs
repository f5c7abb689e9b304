using System.Net;
using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns.Rfc2181;

/// <summary>RFC 2181 9, The TC (truncated) header bit, and the writer's limit.</summary>
public sealed class Section9_Truncation
{
    private static readonly DnsName Owner = DnsName.Parse("a.example.org");

    [Fact]
    public void Every_limit_gives_a_whole_message_that_fits_and_says_when_something_is_left_out()
    {
        DnsMessage full = Write(new byte[512], 8);
        Assert.False(full.Header.IsTruncated);
        Assert.Equal(8, full.Answers.Count);

        for (int limit = DnsHeader.Size; limit < 400; limit++)
        {
            DnsMessage cut = Write(new byte[limit], 8);
            Assert.Equal(cut.Questions.Count == 0 || cut.Answers.Count < 8, cut.Header.IsTruncated);
            Assert.All(cut.Answers, static record => Assert.Equal(Owner, record.Name));
        }
    }

    [Fact]
    public void Room_that_is_kept_for_opt_is_not_taken_by_answers()
    {
        byte[] buffer = new byte[DnsHeader.Size + 16 + 3 + Edns.MinimumSize + 2];
        var writer = new DnsMessageWriter(buffer);
        writer.Reserve(Edns.MinimumSize);
        writer.TryAddQuestion(new DnsQuestion(Owner, DnsRecordType.A));
        Assert.False(writer.TryAddAddress(DnsSection.Answer, Owner, 5, IPAddress.Loopback));
        writer.Release();
        Assert.True(writer.TryAddEdns(new Edns(1232)));
        var message = DnsMessage.Parse(buffer.AsMemory(0, writer.Finish(1, DnsFlags.Response)));
        Assert.True(message.Header.IsTruncated);
        Assert.Single(message.Additional);
    }

    [Fact]
    public void What_was_left_out_is_not_pointed_to()
    {
        var owner = DnsName.Parse("late.example.net");
        byte[] buffer = new byte[100];
        var writer = new DnsMessageWriter(buffer);
        writer.TryAddQuestion(new DnsQuestion(Owner, DnsRecordType.Text));
        Assert.False(writer.TryAddRaw(DnsSection.Answer, owner, DnsRecordType.Text, DnsRecordClass.Internet, 5, new byte[80]));
        Assert.True(writer.TryAddRaw(DnsSection.Answer, owner, DnsRecordType.Text, DnsRecordClass.Internet, 5, "\u0001a"u8));
        string bytes = Convert.ToHexString(buffer.AsSpan(0, writer.Finish(1, DnsFlags.Response)));
        Assert.EndsWith(
            "046C617465076578616D706C65036E657400" + "00100001" + "00000005" + "0002" + "0161", bytes, StringComparison.Ordinal);
    }

    [Fact]
    public void Sections_are_written_in_their_order()
    {
        Assert.Throws<InvalidOperationException>(static () =>
        {
            var writer = new DnsMessageWriter(new byte[512]);
            writer.TryAddEdns(new Edns(1232));
            writer.TryAddAddress(DnsSection.Answer, Owner, 5, IPAddress.Loopback);
        });
    }

    private static DnsMessage Write(byte[] buffer, int answers)
    {
        var writer = new DnsMessageWriter(buffer);
        writer.TryAddQuestion(new DnsQuestion(Owner, DnsRecordType.Pointer));
        for (int i = 0; i < answers; i++)
        {
            writer.TryAddName(
                DnsSection.Answer, Owner, DnsRecordType.Pointer, DnsRecordClass.Internet, 5, DnsName.Parse($"n{i}.b{i}.example.org"));
        }

        return DnsMessage.Parse(buffer.AsMemory(0, writer.Finish(1, DnsFlags.Response)));
    }
}
