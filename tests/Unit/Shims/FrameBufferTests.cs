using Net.Shims.Wire;

namespace Net.Tests.Unit.Shims;

public sealed class FrameBufferTests
{
    [Fact]
    public void A_frame_is_a_kind_three_zero_bytes_a_big_endian_length_and_the_payload()
    {
        var queue = new ByteQueue();
        queue.AppendFrame(2, "ab"u8);
        Assert.Equal([2, 0, 0, 0, 0, 0, 0, 2, (byte)'a', (byte)'b'], queue.Span.ToArray());
    }

    [Fact]
    public void Frames_come_out_whole_whatever_the_pieces_they_arrive_in()
    {
        var queue = new ByteQueue();
        var random = new Random(7);
        var sent = Enumerable.Range(0, 200).Select(index => (Kind: (byte)(index % 35), Payload: new byte[random.Next(0, 3000)])).ToList();
        foreach ((byte kind, byte[] payload) in sent)
        {
            random.NextBytes(payload);
            queue.AppendFrame(kind, payload);
        }

        var buffer = new FrameBuffer();
        var received = new List<(byte, byte[])>();
        while (queue.Length > 0)
        {
            int count = Math.Min(queue.Length, random.Next(1, 700));
            buffer.Append(queue.Span[..count]);
            queue.Drop(count);
            while (buffer.TryTake(out Frame frame))
            {
                received.Add((frame.Kind, frame.Bytes.ToArray()));
            }
        }

        Assert.Equal(
            sent.Select(frame => (frame.Kind, Convert.ToHexString(frame.Payload))),
            received.Select(frame => (frame.Item1, Convert.ToHexString(frame.Item2))));
    }

    [Theory]
    [InlineData(new byte[] { 1, 0, 0, 0, 0, 16, 0, 1 })]
    [InlineData(new byte[] { 1, 0, 0, 0, 255, 255, 255, 255 })]
    [InlineData(new byte[] { 1, 0, 9, 0, 0, 0, 0, 1 })]
    public void Too_long_a_frame_and_bytes_that_are_no_frame_are_refused(byte[] header)
    {
        var buffer = new FrameBuffer();
        buffer.Append(header);
        Assert.Throws<FrameFormatException>(() => buffer.TryTake(out _));
    }

    [Fact]
    public void The_longest_frame_is_taken()
    {
        var queue = new ByteQueue();
        queue.AppendFrame(1, new byte[Frame.MaximumPayload]);
        var buffer = new FrameBuffer();
        buffer.Append(queue.Span);
        Assert.True(buffer.TryTake(out Frame frame));
        Assert.Equal(Frame.MaximumPayload, frame.Bytes.Length);
    }
}
