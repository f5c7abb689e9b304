using System.Globalization;
using System.Text.RegularExpressions;
using Net.Tests.Unit.Architecture;

namespace Net.Tests.Unit.Documents;

/// <summary>The figures of the first page are those of the places that they are from.</summary>
public sealed partial class ReadmeFigureTests
{
    private static readonly string[] Numbers =
    [
        "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    ];

    private static string Readme { get; } = Text("README.md");

    // A killed operation is in code; the shim's and the daemon's own starts, which are no operations, are not.
    [Fact]
    public void As_many_operations_as_it_says_are_killed_by_the_tests()
    {
        int killed = Section("docs/reliability.md", "## Killed in the middle")
            .Count(line => line.StartsWith("| `", StringComparison.Ordinal) && !line.StartsWith("| `NETCTL", StringComparison.Ordinal));
        Assert.Contains($"SIGKILL amid each of {killed} operations: none half", Readme, StringComparison.Ordinal);
    }

    [Fact]
    public void It_counts_the_labs_and_the_hosts_of_the_last_one()
    {
        string[] labs = [.. Directory.GetDirectories(Path.Combine(Repository.Root, "netlab", "labs")).Order(StringComparer.Ordinal)];
        Assert.Contains($"{Numbers[labs.Length - 10]} labs on throw-away hosts", Readme, StringComparison.Ordinal);

        int broken = BrokenHost().Count(File.ReadAllText(Path.Combine(labs[^1], "lab.yml")));
        string number = Numbers[broken - 10];
        Assert.Contains($"{number} hosts, {number} remedies | `netctl lab run {labs.Length}`", Readme, StringComparison.Ordinal);
    }

    // Rows of the table that engine.sh's figures are in: the Engine's own driver, netctl.
    [Theory]
    [InlineData("what 100 ports add to a run", @"100 ports of `docker run` \| (?<own>\d+) ms; Docker's bridge (?<other>\d+) ")]
    [InlineData("rm, 100 ports", @"removing them again \| (?<own>\d+) ms; Docker's bridge (?<other>\d+) ")]
    [InlineData("connect", @"`docker network connect`, (?<own>\d+) ms instead of (?<other>\d+)\.")]
    public void Its_times_are_those_of_the_benchmarks(string row, string words)
    {
        string[] cells = Section("tests/Benchmarks/README.md", "**engine.sh**")
            .First(line => line.StartsWith($"| {row} |", StringComparison.Ordinal)).Split('|', StringSplitOptions.TrimEntries);
        Match told = Regex.Match(Readme.ReplaceLineEndings(" "), words);
        Assert.True(told.Success, $"README.md does not say: {words}");
        AssertRounded(cells[2], told.Groups["other"].Value);
        AssertRounded(cells[3], told.Groups["own"].Value);
    }

    private static void AssertRounded(string measured, string told) => Assert.InRange(
        double.Parse(told, CultureInfo.InvariantCulture) - double.Parse(measured, CultureInfo.InvariantCulture), -0.5, 0.5);

    private static IEnumerable<string> Section(string page, string begin) => Text(page).Split('\n')
        .SkipWhile(line => !line.StartsWith(begin, StringComparison.Ordinal)).Skip(1)
        .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal));

    private static string Text(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    [GeneratedRegex(@"^    h\d+:", RegexOptions.Multiline)]
    private static partial Regex BrokenHost();
}
