using System.Text;
using Net.Linux.Terminals;

namespace Net.Tests.Unit.Linux;

public sealed class TerminalTextTests
{
    // By the rules in the documentation of Go's strconv.Quote and unicode.IsPrint.
    [Theory]
    [InlineData("plain é ☺", "\"plain é ☺\"")]
    [InlineData("say \"hi\" \\ bye", "\"say \\\"hi\\\" \\\\ bye\"")]
    [InlineData("\u001b[2J\u001b]0;x\a", "\"\\x1b[2J\\x1b]0;x\\a\"")]
    [InlineData("\0\b\f\n\r\t\v\u007f", "\"\\x00\\b\\f\\n\\r\\t\\v\\x7f\"")]
    [InlineData("\u0085\u009b31m", "\"\\u0085\\u009b31m\"")]
    [InlineData("\u202e\u200b\u2028\u00a0\ufeff\u00ad", "\"\\u202e\\u200b\\u2028\\u00a0\\ufeff\\u00ad\"")]
    [InlineData("\ue000\U000e0041\U0010ffff", "\"\\ue000\\U000e0041\\U0010ffff\"")]
    [InlineData("\U0001f600e\u0301", "\"\U0001f600e\u0301\"")]
    [InlineData("", "\"\"")]
    public void A_quoted_text_is_what_Go_writes(string text, string expected) => Assert.Equal(expected, TerminalText.Quote(text));

    [Fact]
    public void Half_a_surrogate_pair_is_written_as_the_replacement_that_it_will_become() =>
        Assert.Equal(@"a\ufffdb", TerminalText.Escape("a" + '\ud800' + "b"));

    [Fact]
    public void Without_quotes_only_what_cannot_be_printed_is_escaped()
    {
        Assert.Equal(@"a ""b"" c\d \x1b[2J \n\t", TerminalText.Escape("a \"b\" c\\d \u001b[2J \n\t"));
        Assert.Equal("one\ttwo\nthree \\x1b\\r", TerminalText.EscapeLines("one\ttwo\nthree \u001b\r"));
    }

    [Theory]
    [InlineData("nc", "nc")]
    [InlineData("kworker/0:1", "kworker/0:1")]
    [InlineData("nc (pid 1)", "\"nc (pid 1)\"")]
    [InlineData("\u001b[2J", "\"\\x1b[2J\"")]
    [InlineData("", "\"\"")]
    public void A_name_that_is_no_plain_word_stands_in_quotes(string name, string expected) =>
        Assert.Equal(expected, TerminalText.Word(name));

    [Fact]
    public void No_code_point_leaves_a_control_character_behind()
    {
        for (int code = 0; code <= 0x10ffff; code++)
        {
            if (!Rune.IsValid(code))
            {
                continue;
            }

            string escaped = TerminalText.Escape(new Rune(code).ToString());
            Assert.DoesNotContain(escaped, c => char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e'));
        }
    }
}
