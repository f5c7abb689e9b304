using Net.Api.Streams;

namespace Net.Tests.Unit.Api;

public sealed class FrameTests
{
    [Fact]
    public async Task Frames_are_on_the_wire_as_Dockers_multiplexed_streams()
    {
        Assert.Equal("0100000000000002" + "6869", await WireOf(new Frame(FrameKind.StandardOutput, "hi"u8.ToArray())));
        Assert.Equal("0000000000000000", await WireOf(Frame.EndOfInput));
        Assert.Equal("0300000000000004" + "0021004D", await WireOf(Frame.Resize(33, 77)));
        Assert.Equal("0400000000000001" + "0F", await WireOf(Frame.Signal(15)));
        Assert.Equal("0500000000000001" + "2A", await WireOf(Frame.Exit(42)));
        Assert.Equal("0600000000000000", await WireOf(Frame.Detach));
    }

    [Fact]
    public async Task Frames_come_back_one_by_one_until_the_stream_ends()
    {
        using var stream = new MemoryStream();
        await FrameCodec.WriteAsync(stream, new Frame(FrameKind.StandardError, "err"u8.ToArray()), default);
        await FrameCodec.WriteAsync(stream, Frame.Exit(7), default);
        stream.Position = 0;

        Frame first = (await FrameCodec.ReadAsync(stream, default)).GetValueOrDefault();
        Frame second = (await FrameCodec.ReadAsync(stream, default)).GetValueOrDefault();

        Assert.Equal((FrameKind.StandardError, "657272"), (first.Kind, Convert.ToHexString(first.Bytes.Span)));
        Assert.Equal((FrameKind.Exit, "07"), (second.Kind, Convert.ToHexString(second.Bytes.Span)));
        Assert.Null(await FrameCodec.ReadAsync(stream, default));
    }

    [Fact]
    public async Task A_frame_cut_at_any_byte_is_an_error_and_not_an_end()
    {
        byte[] wire = Convert.FromHexString("0100000000000003616263");
        for (int length = 1; length < wire.Length; length++)
        {
            using var stream = new MemoryStream(wire, 0, length);
            await Assert.ThrowsAsync<InvalidDataException>(async () => await FrameCodec.ReadAsync(stream, default));
        }
    }

    [Theory]
    [InlineData("0700000000000000")]
    [InlineData("0100010000000000")]
    [InlineData("0100000000100001")]
    [InlineData("01000000FFFFFFFF")]
    [InlineData("485454502F312E31")]
    public async Task Bytes_that_are_no_frame_are_refused_before_anything_is_allocated(string header)
    {
        using var stream = new MemoryStream(Convert.FromHexString(header));

        await Assert.ThrowsAsync<InvalidDataException>(async () => await FrameCodec.ReadAsync(stream, default));
    }

    private static async Task<string> WireOf(Frame frame)
    {
        using var stream = new MemoryStream();
        await FrameCodec.WriteAsync(stream, frame, default);
        return Convert.ToHexString(stream.ToArray());
    }
}
