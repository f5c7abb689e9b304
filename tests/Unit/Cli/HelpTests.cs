using System.CommandLine;
using System.Text.RegularExpressions;
using Net.Api.Texts;
using Net.Cli.CommandLines;

namespace Net.Tests.Unit.Cli;

public sealed partial class HelpTests
{
    private static readonly Command Root = new CommandTree().Root;

    public static TheoryData<string> Paths => [.. All(Root, "netctl").Select(c => c.Path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_command_has_a_summary_of_one_style(string path)
    {
        string summary = Find(path).Description!.Split('\n')[0];

        Assert.Matches("^[A-Z][a-z]+ .*[a-z)]$", summary);
        Assert.False(summary.Split(' ')[0].EndsWith('s'), $"\"{summary}\" should begin with a verb, as in \"List networks\"");
        Assert.InRange(summary.Length, 10, 78);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_verb_shows_examples_that_can_be_read_and_are_its_own(string path)
    {
        if (Find(path) is not Verb verb)
        {
            return;
        }

        string[] examples = verb.Example.Split('\n');
        Assert.All(examples, example =>
        {
            Assert.StartsWith("netctl ", example, StringComparison.Ordinal);
            Assert.InRange(example.Length, 1, 78);
            CommandLine line = CommandLineSplitter.Split(Root, [.. Word().Matches(example).Select(w => w.Value.Trim('\'')).Skip(1)]);
            Assert.Equal(path, verb.Name == "help" ? "netctl help" : line.Path);
            Assert.Empty(Root.Parse(line.Words).Errors);
        });
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Help_is_wrapped_at_the_width(string path)
    {
        Command command = Find(path);
        foreach (int width in (int[])[60, 80, 132])
        {
            string[] lines = HelpText.Of(command, path, width).Split('\n');

            // Names of options and examples are not broken.
            Assert.All(
                lines,
                line => Assert.True(
                    line.Length <= width || line.StartsWith("  netctl ", StringComparison.Ordinal) || !line.TrimStart().Contains(' ')
                    || line.TrimStart().StartsWith('-'),
                    $"{line.Length} > {width}: {line}"));
        }
    }

    [Fact]
    public void A_wide_terminal_shows_each_option_on_one_line_and_a_narrow_one_below_its_name()
    {
        string wide = HelpText.Of(Find("netctl ps"), "netctl ps", 200);
        string narrow = HelpText.Of(Find("netctl run"), "netctl run", 80);

        Assert.Contains("  -a, --all             Also those whose command does not run\n", wide, StringComparison.Ordinal);
        Assert.Contains("  -h, --help            Show this help\n", wide, StringComparison.Ordinal);
        Assert.Contains("  -p, --publish [IP:][HOST:]PORT[/PROTOCOL]\n      ", narrow, StringComparison.Ordinal);
        Assert.Contains("      --help", narrow, StringComparison.Ordinal);
        Assert.Contains("Examples:\n  netctl run -d --name web", narrow, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 10, "")]
    [InlineData("one two three", 7, "one two|three")]
    [InlineData("one  two", 3, "one|two")]
    [InlineData("incomprehensibilities are long", 8, "incomprehensibilities|are long")]
    public void Paragraphs_are_broken_at_spaces(string paragraph, int width, string lines) =>
        Assert.Equal(lines.Split('|'), WordWrap.Lines(paragraph, width));

    [Theory]
    [InlineData("netwrok", "network")]
    [InlineData("inspct", "inspect")]
    [InlineData("Run", "run")]
    [InlineData("publsh", "publish")]
    [InlineData("net", "network")]
    [InlineData("rn", "rm\" or \"run")]
    [InlineData("frob", null)]
    [InlineData("x", null)]
    public void A_mistyped_verb_gets_the_nearest_word(string typed, string? meant) => Assert.Equal(
        meant is null ? "" : $"; did you mean \"{meant}\"?",
        Suggestion.Of(typed, Root.Subcommands.SelectMany(command => command.Aliases.Append(command.Name))));

    [Theory]
    [InlineData("run --naem web true", "--name")]
    [InlineData("run --pubish 80 true", "--publish")]
    [InlineData("run -name web true", "--name")]
    [InlineData("run --dns-searhc x true", "--dns-search")]
    [InlineData("network create --subnets 10.0.0.0/24 n", "--subnet")]
    [InlineData("network create --nonsense n", null)]
    public void A_mistyped_flag_gets_the_nearest_one(string line, string? meant)
    {
        UsageException error = Assert.Throws<UsageException>(() => CommandLineSplitter.Split(Root, line.Split(' ')));

        Assert.Equal(meant is not null, error.Message.Contains("did you mean", StringComparison.Ordinal));
        Assert.EndsWith(meant is null ? "" : $"; did you mean \"{meant}\"?", error.Message, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"'[^']*'|\S+")]
    private static partial Regex Word();

    private static Command Find(string path) => All(Root, "netctl").Single(c => c.Path == path).Command;

    private static IEnumerable<(string Path, Command Command)> All(Command command, string path) =>
        command.Subcommands.SelectMany(c => All(c, $"{path} {c.Name}")).Prepend((path, command));
}
