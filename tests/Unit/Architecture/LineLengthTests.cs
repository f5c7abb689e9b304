using System.Globalization;
using System.Text.RegularExpressions;

namespace Net.Tests.Unit.Architecture;

/// <summary>Lines keep to the width that <c>.editorconfig</c> names; <c>dotnet format</c> does not look at it.</summary>
public sealed partial class LineLengthTests
{
    private const int TerminalWidth = 80;

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    public void No_line_of_code_is_longer_than_the_editor_settings_allow(string folder)
    {
        Assert.Empty(LongLines(Repository.SourceFiles(folder)));
    }

    // A row of a table cannot be broken, and what a program printed is shown as it was.
    [Fact]
    public void No_line_of_a_document_or_script_is_longer_either()
    {
        IEnumerable<string> breakable = LongLines(Documents())
            .Where(line => !line.Contains(": |", StringComparison.Ordinal) && !line.Contains("qdisc", StringComparison.Ordinal));
        Assert.Empty(breakable);
    }

    // It is read in terminals, and its table with it.
    [Fact]
    public void No_line_of_the_first_page_is_longer_than_a_terminal_is_wide() => Assert.DoesNotContain(
        File.ReadLines(Path.Combine(Repository.Root, "README.md")), line => line.Length > TerminalWidth);

    private static IEnumerable<string> Documents() => ((string[])["*.md", "*.sh", "*.csproj", "*.props"])
        .SelectMany(pattern => Directory.EnumerateFiles(Repository.Root, pattern, SearchOption.AllDirectories))
        .Where(file => !Path.GetRelativePath(Repository.Root, file).Split('/').Any(part => part is "obj" or "bin" or "artifacts" or ".git"))
        .Where(file => !file.Contains("/docs/firewall/", StringComparison.Ordinal));

    private static IEnumerable<string> LongLines(IEnumerable<string> files)
    {
        string settings = File.ReadAllText(Path.Combine(Repository.Root, ".editorconfig"));
        int longest = int.Parse(MaximumLineLength().Match(settings).Groups["length"].Value, CultureInfo.InvariantCulture);
        return
            from file in files
            from line in File.ReadLines(file).Index()
            where line.Item.Length > longest
            select $"{Path.GetRelativePath(Repository.Root, file)}:{line.Index + 1}: {line.Item}";
    }

    [GeneratedRegex(@"^max_line_length = (?<length>\d+)$", RegexOptions.Multiline)]
    private static partial Regex MaximumLineLength();
}
