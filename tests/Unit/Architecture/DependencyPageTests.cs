using System.Xml.Linq;

namespace Net.Tests.Unit.Architecture;

/// <summary>The page of dependencies justifies each package that is referenced, and no other.</summary>
public sealed class DependencyPageTests
{
    private const string BuildOrTestOnly = "Build and test only";

    // A package that comes with another one, or stands for it under its own name, is justified there.
    private static readonly Dictionary<string, string> JustifiedAs = new(StringComparer.Ordinal)
    {
        ["xunit.v3.mtp-off"] = "xunit.v3",
        ["xunit.v3.extensibility.core"] = "xunit.v3",
    };

    // Of the SDK, and so without a version of its own.
    private static readonly string[] OfSdk = ["ASP.NET Core"];

    [Fact]
    public void Each_package_has_its_reason() => Assert.Equal(
        Packages().Select(package => JustifiedAs.GetValueOrDefault(package.Name, package.Name)).Distinct().Order(StringComparer.Ordinal),
        Rows().SelectMany(row => row.Packages).Except(OfSdk).Order(StringComparer.Ordinal));

    [Fact]
    public void What_is_not_shipped_is_marked_so()
    {
        string[] shipped = [.. Packages().Where(package => package.IsShipped).Select(package => package.Name)];
        Assert.All(
            Rows().Where(row => !row.Packages.Any(OfSdk.Contains)),
            row => Assert.Equal(
                row.Packages.All(shipped.Contains),
                !row.Reason.StartsWith("tests only:", StringComparison.Ordinal)
                    && !row.Reason.StartsWith("build only:", StringComparison.Ordinal)));
    }

    private static IEnumerable<(string Name, bool IsShipped)> Packages() =>
        from element in XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion")
        select (element.Attribute("Include")!.Value, element.Parent!.Attribute("Label")?.Value != BuildOrTestOnly);

    // | PACKAGE, PACKAGE (NOTE) | REASON |, below a heading and a line of dashes
    private static IEnumerable<(string[] Packages, string Reason)> Rows() =>
        File.ReadLines(Path.Combine(Repository.Root, "docs", "contributing", "dependencies.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Skip(1)
            .Select(line => line.Split('|'))
            .Select(cells => (
                cells[1].Split(',').Select(package => package.Split('(')[0].Trim()).ToArray(),
                cells[2].Trim()));
}
