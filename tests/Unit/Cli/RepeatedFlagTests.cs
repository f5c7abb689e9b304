using System.CommandLine;
using Net.Cli.CommandLines;

namespace Net.Tests.Unit.Cli;

/// <summary>Flags that are given several times: as in Docker the last value of a single one counts.</summary>
public sealed class RepeatedFlagTests
{
    private static readonly CommandTree Tree = new();

    public static TheoryData<string> SingleValued =>
        [.. All(Tree.Root, "").SelectMany(c => c.Command.Options
            .Where(o => o.Arity.MaximumNumberOfValues <= 1 && o.Name != CommandTree.HostName)
            .Select(o => $"{c.Path} {o.Name}".Trim()))];

    [Theory]
    [MemberData(nameof(SingleValued))]
    public void The_last_value_of_a_single_valued_flag_or_switch_counts(string pathAndFlag)
    {
        string[] words = pathAndFlag.Split(' ');
        string flag = words[^1];
        string[] path = words[..^1];
        Command command = path.Aggregate(Tree.Root, (c, name) => c.Subcommands.Single(s => s.Name == name));
        bool isSwitch = command.Options.Single(o => o.Name == flag).ValueType != typeof(string);
        (string first, string last) = isSwitch ? ("true", "false") : ("first", "last");
        string[] arguments = [.. command.Arguments.Where(a => a.Arity.MinimumNumberOfValues > 0).Select(_ => "word")];

        CommandLine line = CommandLineSplitter.Split(Tree.Root, [.. path, $"{flag}={first}", $"{flag}={last}", .. arguments]);

        Assert.Equal([.. path, $"{flag}={last}", "--", .. arguments], line.Words);
        if (command is Verb)
        {
            Assert.Empty(Tree.Root.Parse(line.Words).Errors);
        }
    }

    [Theory]
    [InlineData("ps -a -a", "ps --all=true --")]
    [InlineData("ps -aa -q", "ps --all=true --quiet=true --")]
    [InlineData("run --name a --rm -h x --name= --rm=false true", "run --hostname=x --name  --rm=false -- true")]
    [InlineData("network ls -f name=a --filter name=b", "network ls --filter=name=a --filter=name=b --")]
    public void Repeatable_flags_keep_all_their_values_and_others_the_last(string line, string words) =>
        Assert.Equal(words, string.Join(' ', CommandLineSplitter.Split(Tree.Root, line.Split(' ')).Words));

    [Theory]
    [InlineData("-H unix:///a -H unix:///b ps")]
    [InlineData("--host=unix:///a -Hunix:///b ps")]
    [InlineData("daemon -H unix:///a -H unix:///b")]
    public void Two_daemons_cannot_be_meant(string line)
    {
        UsageException error = Assert.Throws<UsageException>(() => CommandLineSplitter.Split(Tree.Root, line.Split(' ')));

        Assert.Equal("specify only one -H", error.Message);
    }

    private static IEnumerable<(string Path, Command Command)> All(Command command, string path) =>
        command.Subcommands.SelectMany(c => All(c, $"{path} {c.Name}".Trim())).Prepend((path, command));
}
