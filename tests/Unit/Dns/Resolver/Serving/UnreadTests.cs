using Net.Dns.Resolver.Serving;

namespace Net.Tests.Unit.Dns.Resolver.Serving;

/// <summary>RFC 1035 4.2.2 and RFC 7766 8: messages in a stream that is cut anywhere.</summary>
public sealed class UnreadTests
{
    [Fact]
    public void A_message_cut_at_every_byte_is_put_together()
    {
        byte[] frame = ServerUnderTest.Framed(Queries.Of("web.example.org"));
        for (int cut = 1; cut < frame.Length; cut++)
        {
            var unread = new Unread();
            unread.Keep(frame.AsMemory(0, cut).ToArray());
            Assert.False(unread.HasMessage);
            for (int at = cut; at < frame.Length;)
            {
                Span<byte> room = unread.Room();
                int piece = Math.Min(room.Length, frame.Length - at);
                frame.AsSpan(at, piece).CopyTo(room);
                unread.Add(piece);
                at += piece;
            }

            Assert.Equal(frame[2..], Assert.Single(CutAll(unread)));
            Assert.True(unread.IsEmpty);
        }
    }

    [Fact]
    public void Room_ends_where_the_message_does()
    {
        var unread = new Unread();
        unread.Keep((byte[])[0]);
        Assert.Equal(1, unread.Room().Length);
        unread.Room()[0] = 3;
        unread.Add(1);
        Assert.Equal(3, unread.Room().Length);
        unread.Add(1);
        Assert.Equal(2, unread.Room().Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65535)]
    public void Messages_of_any_length_are_cut_off_one_by_one(int length)
    {
        byte[] frame = ServerUnderTest.Framed(new byte[length]);
        var unread = new Unread();
        unread.Keep((byte[])[.. frame, .. frame, 0]);
        Assert.Equal([length, length], CutAll(unread).Select(static message => message.Length));
        Assert.Equal(1, unread.Bytes.Length);
    }

    [Fact]
    public void A_message_that_is_only_announced_takes_next_to_no_memory()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var unread = new Unread();
        unread.Keep((byte[])[0xff, 0xff]);
        _ = unread.Room();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    [Fact]
    public void The_longest_message_byte_by_byte_is_copied_but_a_few_times()
    {
        var unread = new Unread();
        unread.Keep((byte[])[0xff, 0xff]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        while (!unread.HasMessage)
        {
            unread.Room()[0] = 1;
            unread.Add(1);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 65537, 3 * 65537);
    }

    [Fact]
    public void What_waits_for_its_turn_is_not_copied_again()
    {
        var unread = new Unread();
        unread.Keep(new byte[60_000]); // 30,000 messages of no length
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(30_000, Count(unread));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    private static List<byte[]> CutAll(Unread unread)
    {
        var messages = new List<byte[]>();
        ReadOnlyMemory<byte> bytes = unread.Bytes;
        while (Unread.TryCut(ref bytes, out ReadOnlyMemory<byte> message))
        {
            messages.Add(message.ToArray());
        }

        unread.Keep(bytes);
        return messages;
    }

    private static int Count(Unread unread)
    {
        int count = 0;
        while (unread.HasMessage)
        {
            ReadOnlyMemory<byte> bytes = unread.Bytes;
            Unread.TryCut(ref bytes, out _);
            unread.Keep(bytes);
            count++;
        }

        return count;
    }
}
