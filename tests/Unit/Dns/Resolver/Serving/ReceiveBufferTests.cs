using Net.Dns.Resolver.Serving;

namespace Net.Tests.Unit.Dns.Resolver.Serving;

/// <summary>RFC 1035 4.2.2 and RFC 7766 8: messages in a stream that may be split anywhere.</summary>
public sealed class ReceiveBufferTests
{
    [Fact]
    public void A_message_split_at_any_byte_is_put_together()
    {
        byte[] frame = ServerUnderTest.Framed(Queries.Of("web.example.org"));
        for (int cut = 1; cut < frame.Length; cut++)
        {
            var buffer = new ReceiveBuffer();
            buffer.Keep(frame.AsMemory(0, cut).ToArray());
            Assert.False(buffer.HasMessage);
            for (int at = cut; at < frame.Length;)
            {
                Span<byte> space = buffer.GetSpace();
                int piece = Math.Min(space.Length, frame.Length - at);
                frame.AsSpan(at, piece).CopyTo(space);
                buffer.Advance(piece);
                at += piece;
            }

            Assert.Equal(frame[2..], Assert.Single(ReadAll(buffer)));
            Assert.True(buffer.IsEmpty);
        }
    }

    [Fact]
    public void The_space_ends_where_the_message_does()
    {
        var buffer = new ReceiveBuffer();
        buffer.Keep((byte[])[0]);
        Assert.Equal(1, buffer.GetSpace().Length);
        buffer.GetSpace()[0] = 3;
        buffer.Advance(1);
        Assert.Equal(3, buffer.GetSpace().Length);
        buffer.Advance(1);
        Assert.Equal(2, buffer.GetSpace().Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65535)]
    public void Messages_of_any_length_are_read_one_by_one(int length)
    {
        byte[] frame = ServerUnderTest.Framed(new byte[length]);
        var buffer = new ReceiveBuffer();
        buffer.Keep((byte[])[.. frame, .. frame, 0]);
        Assert.Equal([length, length], ReadAll(buffer).Select(static message => message.Length));
        Assert.Equal(1, buffer.Bytes.Length);
    }

    [Fact]
    public void A_message_that_is_only_announced_takes_almost_no_memory()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var buffer = new ReceiveBuffer();
        buffer.Keep((byte[])[0xff, 0xff]);
        _ = buffer.GetSpace();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(allocated, 0, 1000);
    }

    [Fact]
    public void The_longest_message_byte_by_byte_is_copied_a_few_times_only()
    {
        var buffer = new ReceiveBuffer();
        buffer.Keep((byte[])[0xff, 0xff]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        while (!buffer.HasMessage)
        {
            buffer.GetSpace()[0] = 1;
            buffer.Advance(1);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(allocated, 65537, 3 * 65537);
    }

    [Fact]
    public void Messages_that_wait_are_not_copied_again()
    {
        var buffer = new ReceiveBuffer();
        buffer.Keep(new byte[60_000]); // 30,000 messages of no length
        long before = GC.GetAllocatedBytesForCurrentThread();
        int count = Count(buffer);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(30_000, count);
        Assert.InRange(allocated, 0, 1000);
    }

    private static List<byte[]> ReadAll(ReceiveBuffer buffer)
    {
        var messages = new List<byte[]>();
        ReadOnlyMemory<byte> bytes = buffer.Bytes;
        while (ReceiveBuffer.TryReadMessage(ref bytes, out ReadOnlyMemory<byte> message))
        {
            messages.Add(message.ToArray());
        }

        buffer.Keep(bytes);
        return messages;
    }

    private static int Count(ReceiveBuffer buffer)
    {
        int count = 0;
        while (buffer.HasMessage)
        {
            ReadOnlyMemory<byte> bytes = buffer.Bytes;
            ReceiveBuffer.TryReadMessage(ref bytes, out _);
            buffer.Keep(bytes);
            count++;
        }

        return count;
    }
}
