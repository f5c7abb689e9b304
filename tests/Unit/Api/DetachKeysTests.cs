using System.Buffers;
using System.Text;
using Net.Api.Streams;

namespace Net.Tests.Unit.Api;

/// <summary>The keys by which a user leaves a command.</summary>
public sealed class DetachKeysTests
{
    [Theory]
    [InlineData(null, new byte[] { 16, 17 })]
    [InlineData("", new byte[] { 16, 17 })]
    [InlineData("ctrl-@,ctrl-a,ctrl-z,ctrl-[,ctrl-\\,ctrl-],ctrl-^,ctrl-_", new byte[] { 0, 1, 26, 27, 28, 29, 30, 31 })]
    [InlineData("a,DEL,ctrl-x", new byte[] { 97, 127, 24 })]
    public void Keys_are_in_Dockers_syntax(string? text, byte[] bytes) => Assert.Equal(bytes, DetachKeys.Parse(text).Bytes);

    [Theory]
    [InlineData("ctrl-")]
    [InlineData("ctrl-A")]
    [InlineData("ctrl-1")]
    [InlineData("ab")]
    [InlineData("a,,b")]
    [InlineData("ctrl-p,")]
    [InlineData("€")]
    public void Others_are_refused_in_Dockers_words(string text) => Assert.StartsWith(
        $"Invalid detach keys ({text}) provided",
        Assert.Throws<FormatException>(() => DetachKeys.Parse(text)).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("ctrl-p,ctrl-q", "ab\u0010\u0011c", "ab", true)]
    [InlineData("ctrl-p,ctrl-q", "a\u0010|b\u0010\u0010|\u0011", "a\u0010b\u0010", true)]
    [InlineData("ctrl-p,ctrl-q", "a\u0010", "a", false)]
    [InlineData("ctrl-p,ctrl-q", "\u0011\u0010a", "\u0011\u0010a", false)]
    [InlineData("a,a,b", "aaab", "a", true)]
    [InlineData("a,b,a,c", "ababac", "ab", true)]
    [InlineData("a,b,a,c", "abx|ac", "abxac", false)]
    [InlineData("x", "ax", "a", true)]
    public void What_is_no_such_key_is_passed_on_whole(string keys, string typed, string passed, bool leaves)
    {
        var filter = new DetachFilter(DetachKeys.Parse(keys));
        var output = new ArrayBufferWriter<byte>();
        bool left = false;
        foreach (string piece in typed.Split('|'))
        {
            left = filter.Take(Encoding.Latin1.GetBytes(piece), output);
        }

        Assert.Equal(leaves, left);
        Assert.Equal(passed, Encoding.Latin1.GetString(output.WrittenSpan));
    }
}
