using System.CommandLine;
using System.Text.RegularExpressions;
using Net.Cli.CommandLines;
using Net.Cli.Manuals;
using Net.Tests.Unit.Architecture;

namespace Net.Tests.Unit.Cli.Manuals;

/// <summary>The manual page of a verb has every exit status with which the verb ends.</summary>
public sealed partial class ExitStatusTests
{
    private const string OfCommand = "other";

    private static readonly Dictionary<string, IReadOnlyList<(string Code, string Meaning)>> Statuses = Manual.Of(new CommandTree().Root)
        .SelectMany(page => page.Sections, (page, section) => (page.Name, section))
        .Where(one => one.section.Title == "Exit status" && one.Name != "netctl")
        .ToDictionary(one => one.Name, one => one.section.Blocks.OfType<ManualBlock.Terms>().Single().Entries);

    [Theory]
    [InlineData("netctl-run", "0 125 126 127 other")]
    [InlineData("netctl-exec", "0 1 126 127 other")]
    [InlineData("netctl-start", "0 1 126 127 other")]
    [InlineData("netctl-attach", "0 1 other")]
    [InlineData("netctl-create", "0 1 125")]
    [InlineData("netctl-lab-shell", "0 1 125 126 127 other")]
    [InlineData("netctl-lab-check", "0 1 130")]
    [InlineData("netctl-compose-up", "0 1 130")]
    [InlineData("netctl-doctor", "0 1 2")]
    [InlineData("netctl-ps", "0 1")]
    public void A_page_has_the_codes_of_its_verb(string page, string codes) =>
        Assert.Equal(codes.Split(' '), Statuses[page].Select(status => status.Code));

    [Theory]
    [InlineData("netctl-lab-check", "A task is not solved yet;")]
    [InlineData("netctl-lab-run", "Something was not as expected;")]
    [InlineData("netctl-lab-solve", "The way does not lead to the solution;")]
    [InlineData("netctl-dns-query", "There is no record;")]
    [InlineData("netctl-attach", "It was left by the keys;")]
    public void What_a_verb_says_by_1_comes_before_the_failures(string page, string meaning) =>
        Assert.StartsWith(meaning, Statuses[page].Single(status => status.Code == "1").Meaning, StringComparison.Ordinal);

    // Every page of a verb has the section, and says of no code twice what it means.
    [Fact]
    public void Every_verb_says_when_it_succeeds_and_when_it_fails()
    {
        Assert.Superset(
            Manual.Of(new CommandTree().Root)
                .Where(page => page.Number != LabFilePage.Number && page.Sections.Any(section => section.Title == "Examples"))
                .Select(page => page.Name).ToHashSet(),
            Statuses.Keys.ToHashSet());
        Assert.All(Statuses, page =>
        {
            Assert.Equal("0", page.Value[0].Code);
            Assert.True(page.Value.Count > 1);
            Assert.Distinct(page.Value.Select(status => status.Code));
        });
    }

    [Fact]
    public void The_codes_of_failures_are_among_them() => Assert.All(Verbs(new CommandTree().Root), verb => Assert.Superset(
        new HashSet<string> { $"{verb.FailureExitCode}", $"{verb.RefusalExitCode}" },
        verb.ExitStatuses.Select(status => status.Code).ToHashSet()));

    // The exit status of a verb that gives on what it was told by a process is that of the process.
    [Fact]
    public void Who_gives_on_the_status_of_a_command_says_so()
    {
        string[] giving =
        [
            .. Repository.SourceFiles(Path.Combine("src", "Cli")).Where(file => GivesOn().IsMatch(File.ReadAllText(file)))
                .Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal),
        ];
        Assert.Equal(["ContainerAttach", "ContainerExec", "ContainerRun", "ContainerStart", "LabPlay", "LabShell"], giving);
        Assert.Equal(
            ["netctl-attach", "netctl-exec", "netctl-lab-run", "netctl-lab-shell", "netctl-run", "netctl-start"],
            Statuses.Where(page => page.Value.Any(status => status.Code == OfCommand))
                .Select(page => page.Key).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<Verb> Verbs(Command command) =>
        command.Subcommands.SelectMany(Verbs).Concat(command is Verb verb ? [verb] : []);

    [GeneratedRegex(@"await session\.RunAsync\(|return shell\.ExitCode;|await machine\.PlayAsync\(")]
    private static partial Regex GivesOn();
}
