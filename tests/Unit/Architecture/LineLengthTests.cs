using System.Globalization;
using System.Text.RegularExpressions;

namespace Net.Tests.Unit.Architecture;

/// <summary>Lines keep to the width that <c>.editorconfig</c> names; <c>dotnet format</c> does not look at it.</summary>
public sealed partial class LineLengthTests
{
    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    public void No_line_of_code_is_longer_than_the_editor_settings_allow(string folder)
    {
        string settings = File.ReadAllText(Path.Combine(Repository.Root, ".editorconfig"));
        int longest = int.Parse(MaximumLineLength().Match(settings).Groups["length"].Value, CultureInfo.InvariantCulture);

        Assert.Empty(
            from file in Repository.SourceFiles(folder)
            from line in File.ReadLines(file).Index()
            where line.Item.Length > longest
            select $"{Path.GetRelativePath(Repository.Root, file)}:{line.Index + 1}: {line.Item.Length} characters");
    }

    [GeneratedRegex(@"^max_line_length = (?<length>\d+)$", RegexOptions.Multiline)]
    private static partial Regex MaximumLineLength();
}
