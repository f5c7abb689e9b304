using Net.Cli.CommandLines;

namespace Net.Tests.Unit.Cli;

public sealed class KeyValueFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    [Fact]
    public void Comments_and_blank_lines_are_left_out_and_everything_behind_the_equals_sign_is_kept()
    {
        File.WriteAllText(_path, "\uFEFFA=1\n# B=2\n\n   \n  C= \"x\" # y \nD=\r\nE\nGONE\nF=a=b");

        Assert.Equal(
            ["A=1", "C= \"x\" # y ", "D=", "E=here", "F=a=b"],
            KeyValueFile.Read(_path, "env", key => key == "E" ? "here" : null));
        Assert.Equal(["A=1", "C= \"x\" # y ", "D=", "E", "GONE", "F=a=b"], KeyValueFile.Read(_path, "label", null));
    }

    [Theory]
    [InlineData("A=1\n=2\n", "line 2: no variable name on line \"=2\"")]
    [InlineData("A=1\n\nB C=2\n", "line 3: variable \"B C\" contains whitespaces")]
    [InlineData("A =1\n", "line 1: variable \"A \" contains whitespaces")]
    public void A_line_without_a_key_is_refused_with_file_and_line(string text, string words)
    {
        File.WriteAllText(_path, text);

        FormatException error = Assert.Throws<FormatException>(() => KeyValueFile.Read(_path, "env", null));
        Assert.Contains(_path, error.Message, StringComparison.Ordinal);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_and_a_file_that_is_not_there_are_refused()
    {
        File.WriteAllBytes(_path, [(byte)'A', (byte)'=', 0xff]);
        Assert.Contains("invalid utf8", Assert.Throws<FormatException>(() => KeyValueFile.Read(_path, "env", null)).Message,
            StringComparison.Ordinal);
        Assert.Equal(
            "invalid env file (\"\"): no such file or directory; give its path",
            Assert.Throws<FormatException>(() => KeyValueFile.Read("", "env", null)).Message);
        File.Delete(_path);
        Assert.StartsWith("invalid env file", Assert.Throws<FormatException>(() => KeyValueFile.Read(_path, "env", null)).Message,
            StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_path);
}
