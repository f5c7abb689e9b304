using System.Text.RegularExpressions;

namespace Net.Tests.Unit.Architecture;

/// <summary>A dry run exists once on its way: operations are explained by one method of each room, not by a twin of each
/// operation.</summary>
public sealed partial class DryRunShapeTests
{
    [Theory]
    [InlineData("src/Controller")]
    [InlineData("src/Api")]
    [InlineData("src/Daemon")]
    [InlineData("src/Cli")]
    public void No_operation_has_a_method_of_its_own_that_explains_it(string room) => Assert.All(
        Repository.SourceFiles(room), file => Assert.DoesNotMatch(TwinMethod(), File.ReadAllText(file)));

    [Fact]
    public void The_routes_decide_in_one_place_whether_a_request_is_a_dry_run() => Assert.Equal(
        ["OperationAnswers.cs"],
        Repository.SourceFiles("src/Daemon")
            .Where(file => File.ReadAllText(file).Contains("DryRunQuery", StringComparison.Ordinal))
            .Select(Path.GetFileName));

    [Fact]
    public void Go_templates_live_in_the_room_that_prints_with_them() => Assert.All(
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src"), "Templates", SearchOption.AllDirectories),
        folder => Assert.EndsWith("src/Cli/Templates", folder, StringComparison.Ordinal));

    [GeneratedRegex(@"\bExplain(?!Async\b)\w+Async\b")]
    private static partial Regex TwinMethod();
}
