using System.Text.RegularExpressions;
using Net.Tests.Unit.Architecture;

namespace Net.Tests.Unit.Documents;

/// <summary>The page of the benchmarks names those that there are, each as it is called. They take long, and are not run for
/// this.</summary>
public sealed partial class BenchmarkPageTests
{
    private const string Folder = "tests/Benchmarks";

    [Fact]
    public void It_has_every_benchmark_of_the_program_as_that_reads_it()
    {
        string program = Text("Program.cs");
        string usage = string.Concat(Quoted().Matches(program[program.IndexOf("Usage: ", StringComparison.Ordinal)..]
            .Split("return 2;")[0].Insert(0, "\"")).Select(text => text.Groups[1].Value));
        string[] meant = [.. usage.Replace("\\n", "", StringComparison.Ordinal).Split("Net.Tests.Benchmarks ")[1]
            .Split('|', StringSplitOptions.TrimEntries)];

        Assert.Equal(meant.Order(StringComparer.Ordinal), Called().Matches(Text("README.md"))
            .Select(call => call.Groups[1].Value.Trim()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Its_scripts_can_be_started()
    {
        string[] scripts = [.. Script().Matches(Text("README.md")).Select(call => call.Groups[1].Value).Distinct()];
        Assert.NotEmpty(scripts);
        Assert.All(scripts, script => Assert.True(
            File.GetUnixFileMode(Path.Combine(Repository.Root, script)).HasFlag(UnixFileMode.UserExecute), script));
    }

    private static string Text(string name) => File.ReadAllText(Path.Combine(Repository.Root, Folder, name));

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^    .* -- ([a-z].*)$", RegexOptions.Multiline)]
    private static partial Regex Called();

    [GeneratedRegex(@"^    (tests/Benchmarks/\S+\.sh)", RegexOptions.Multiline)]
    private static partial Regex Script();
}
