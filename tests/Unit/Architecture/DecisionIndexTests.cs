using System.Globalization;
using System.Text.RegularExpressions;

namespace Net.Tests.Unit.Architecture;

/// <summary>The table of docs/adr/README.md lists every decision there is, under the title that its page has.</summary>
public sealed partial class DecisionIndexTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "adr");

    [Fact]
    public void The_index_has_every_decision_with_the_title_of_its_page() => Assert.Equal(
        Pages().Select(static file => $"| [{file[..4]}]({file}) | {TitleOf(file)} |"),
        File.ReadLines(Path.Combine(Folder, "README.md")).Where(static line => Row().IsMatch(line)));

    [Fact]
    public void The_numbers_of_decisions_have_no_gap_and_no_twin() => Assert.Equal(
        Enumerable.Range(1, Pages().Count),
        Pages().Select(static file => int.Parse(file.AsSpan(0, 4), CultureInfo.InvariantCulture)));

    private static IReadOnlyList<string> Pages() =>
    [
        .. Directory.EnumerateFiles(Folder)
            .Select(static file => Path.GetFileName(file))
            .Where(static name => Page().IsMatch(name))
            .Order(StringComparer.Ordinal),
    ];

    private static string TitleOf(string file) => Title().Match(File.ReadLines(Path.Combine(Folder, file)).First()).Groups["title"].Value;

    [GeneratedRegex(@"^\d{4}-.*\.md$")]
    private static partial Regex Page();

    [GeneratedRegex(@"^\| \[")]
    private static partial Regex Row();

    [GeneratedRegex(@"^# (ADR )?\d+[.:]? (?<title>.+)$")]
    private static partial Regex Title();
}
