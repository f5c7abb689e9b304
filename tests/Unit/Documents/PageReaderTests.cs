using System.Text.RegularExpressions;
using Net.Tests.TestKit.Documents;

namespace Net.Tests.Unit.Documents;

/// <summary>How a page is read: its hosts, its commands, and what they have to print.</summary>
public sealed class PageReaderTests
{
    private const string Sample =
        """
        # A page
        <!-- x-netlab
        hosts:
          host: {}
          client: {daemon: false}
        -->

        ```sh
        a
        b
        ```

        - In a list:

          ```console on=client within=5s
          $ one \
              two
          shown
          host$ three
          $ four
          ...
          ```

        ```yaml
        netctl: no command
        ```
        """;

    [Fact]
    public void Commands_have_a_host_a_line_and_what_is_shown()
    {
        Page page = PageReader.Read("page.md", Sample);
        PageCommand[] commands = [.. page.Blocks.Where(block => block.HasCommands).SelectMany(block => BlockCommands.Of(page, block))];

        Assert.Equal(["host", "client"], page.Hosts);
        Assert.Equal("5s", page.Blocks[1].Words["within"]);
        Assert.Equal(
            [
                (8, "host", "set -e\na\nb", ""),
                (16, "client", "one \\\n    two", "shown"),
                (19, "host", "three", ""),
                (20, "client", "four", "..."),
            ],
            commands.Select(command => (command.Line, command.Host, command.Text, string.Join('\n', command.Shown))));
    }

    [Theory]
    [InlineData("text\n\n    netctl ps\n", "page.md:3: an indented block")]
    [InlineData("```\nnetctl ps\n```\n", "page.md:1: the block has no language")]
    [InlineData("```bash\nnetctl ps\n```\n", "page.md:1: the block has no language")]
    [InlineData("```sh one=host\nnetctl ps\n```\n", "page.md:1: \"one\" is no word")]
    [InlineData("```sh\nnetctl ps\n", "page.md:1: the block has no end")]
    [InlineData("```console\nshown\n```\n", "page.md:2: a session begins with a command")]
    [InlineData("```sh on=other\nnetctl ps\n```\n", "page.md:1: there is no host \"other\"")]
    public void What_would_hide_a_command_is_refused(string text, string message)
    {
        FormatException error = Assert.Throws<FormatException>(() =>
        {
            Page page = PageReader.Read("page.md", text);
            foreach (PageBlock block in page.Blocks)
            {
                BlockCommands.Of(page, block);
            }
        });
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.b", "a.b", true)]
    [InlineData("a.b", "axb", false)]
    [InlineData("a.b", "a.b\nmore", false)]
    [InlineData("br-...  UP", "br-0123   UP ", true)]
    [InlineData("a b", "a  b", false)]
    [InlineData("a  b", "a b", true)]
    [InlineData("first\n...\nlast", "first\nlast", true)]
    [InlineData("first\n...\nlast", "first\n1\n2\nlast", true)]
    [InlineData("first\n...\nlast", "first\n1\n2\nlasting", false)]
    [InlineData("...\nlast", "1\nlast", true)]
    [InlineData("...\nlast", "1\nat last", false)]
    [InlineData("first\n...", "first\n1\n2", true)]
    [InlineData("first\n\nlast", "first\n\nlast", true)]
    public void What_is_shown_is_a_pattern(string shown, string output, bool matches) =>
        Assert.Equal(matches, Regex.IsMatch(output, ShownOutput.PatternOf(shown.Split('\n')), RegexOptions.Multiline));

    [Fact]
    public void Links_that_are_code_have_their_target_also_from_elsewhere_in_the_page() => Assert.Equal(
        [(1, "a.sh", "b/a.sh"), (3, "c.md", "d.md#e")],
        PageProse.CodeLinks("See [`a.sh`][x], [text](y.md)\n\nand [`c.md`](d.md#e).\n\n[x]: b/a.sh"));

    [Fact]
    public void Code_and_links_are_told_from_what_stands_in_blocks()
    {
        const string Text =
            "# A `code` heading\n\nSee `netctl\nps` and [there](other.md#part).\n\n```sh\n`x` [no](no.md)\n```\n\nLast `b`.";

        Assert.Equal([(1, "code"), (3, "netctl ps"), (10, "b")], PageProse.Spans(Text));
        Assert.Equal([(3, "other.md#part")], PageProse.Links(Text));
        Assert.Equal(["a-code-heading"], PageProse.Anchors(Text));
    }
}
