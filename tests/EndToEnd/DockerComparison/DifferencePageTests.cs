using System.Reflection;
using System.Text.RegularExpressions;

namespace Net.Tests.EndToEnd.DockerComparison;

/// <summary>docs/coming-from-docker.md has a row with a reason for every difference that the comparison allows.</summary>
public sealed partial class DifferencePageTests
{
    [Fact]
    public void Every_difference_that_is_allowed_is_a_row_of_the_page_with_a_reason_and_every_marked_row_is_compared()
    {
        string page = File.ReadAllText(Path.Combine(TestHost.RepositoryRoot(), "docs", "coming-from-docker.md"));
        string[] rows = [.. Row().Matches(page).Select(row => row.Groups[1].Value).Order(StringComparer.Ordinal)];
        string[] allowed =
        [
            .. Scenarios().SelectMany(scenario => scenario.Steps).SelectMany(step => step.Declared).Select(lines => lines.Difference.Anchor)
                .Concat(StandingDifferences.All.Select(standing => standing.Difference.Anchor))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(allowed, rows);
    }

    [Fact]
    public void Every_standing_difference_is_shown_by_some_scenario() =>
        Assert.Empty(StandingDifferences.All.Except(Scenarios().SelectMany(scenario => scenario.Proves)));

    private static IEnumerable<Scenario> Scenarios() => typeof(Scenario).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(Scenario).Namespace)
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public))
        .Where(field => field.FieldType == typeof(Scenario))
        .Select(field => (Scenario)field.GetValue(null)!);

    [GeneratedRegex("""^\| <a id="([^"]+)"></a>[^|]+\| [^|]+ \|$""", RegexOptions.Multiline)]
    private static partial Regex Row();
}
