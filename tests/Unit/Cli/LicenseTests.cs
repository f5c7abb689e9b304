using System.Text.Json;
using System.Text.RegularExpressions;
using Net.Cli.Daemons;
using Net.Tests.Unit.Architecture;

namespace Net.Tests.Unit.Cli;

/// <summary>The program itself has the licenses of all that is compiled into it.</summary>
public sealed partial class LicenseTests
{
    [Fact]
    public void Every_package_that_is_compiled_into_netctl_is_named()
    {
        using var assets = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Repository.Root, "src", "Cli", "obj", "project.assets.json")));
        string[] packages =
        [
            .. assets.RootElement.GetProperty("libraries").EnumerateObject()
                .Where(library => library.Value.GetProperty("type").GetString() == "package")
                .Select(library => library.Name.Split('/')[0]),
        ];

        HashSet<string> named = [.. PackageName().Matches(Licenses.Text()).Select(match => match.Value.TrimEnd('.'))];
        Assert.NotEmpty(packages);
        Assert.All(packages, package => Assert.Contains(package, named));
    }

    [Fact]
    public void The_texts_of_the_licenses_are_there()
    {
        string text = Licenses.Text();

        Assert.Contains("Permission is hereby granted, free of charge", text, StringComparison.Ordinal);
        Assert.Contains("TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION", text, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"[\w.-]+")]
    private static partial Regex PackageName();
}
