using Net.Kernel.Files;

namespace Net.Tests.Unit.Kernel;

public sealed class MarkedBlockTests
{
    private const string Ours = "127.0.0.1\tlocalhost\n10.0.0.2\tweb\n";
    private const string Next = "127.0.0.1\tlocalhost\n10.0.0.3\tweb\n";

    [Theory]
    [InlineData("", "")]
    [InlineData("", "192.0.2.1 mine\n")]
    [InlineData("# first\n\n", "192.0.2.1 mine\n\n# last, without a line feed")]
    public void What_stands_around_our_lines_stays(string before, string after)
    {
        string block = MarkedBlock.Put(null, Ours);
        string changed = MarkedBlock.Put(before + block + after, Next);
        Assert.Equal(before + MarkedBlock.Put(null, Next) + after, changed);
        Assert.True(MarkedBlock.IsIn(changed, Next));
        Assert.False(MarkedBlock.IsIn(changed, Ours));
        Assert.Equal(changed, MarkedBlock.Put(changed, Next));
    }

    [Theory]
    [InlineData(Ours + "192.0.2.1 mine\n")]
    [InlineData("192.0.2.1 mine\n")]
    [InlineData("127.0.0.1\tlocalhost\n192.0.2.1 mine\n10.0.0.2\tweb\n")]
    public void A_file_without_marks_gets_our_lines_first_and_none_of_them_twice(string text)
    {
        Assert.False(MarkedBlock.IsIn(text, Ours));
        Assert.Equal(MarkedBlock.Put(null, Ours) + "192.0.2.1 mine\n", MarkedBlock.Put(text, Ours));
    }

    [Fact]
    public void Half_a_block_is_made_whole()
    {
        string block = MarkedBlock.Put(null, Ours);
        string half = block[..block.LastIndexOf('#')] + "192.0.2.1 mine\n";
        Assert.Equal(block + "192.0.2.1 mine\n", MarkedBlock.Put(half, Ours));
    }

    [Fact]
    public void Lines_changed_within_the_block_are_not_right()
    {
        string block = MarkedBlock.Put(null, Ours);
        string changed = block.Replace("10.0.0.2", "192.0.2.2", StringComparison.Ordinal);
        Assert.False(MarkedBlock.IsIn(changed, Ours));
        Assert.Equal(block, MarkedBlock.Put(changed, Ours));
    }
}
