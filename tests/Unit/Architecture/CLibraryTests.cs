using System.Text.RegularExpressions;

namespace Net.Tests.Unit.Architecture;

/// <summary>The C library is called in one room, and there through Tmds.LibC wherever that package has the function.</summary>
public sealed partial class CLibraryTests
{
    private static readonly string Source = Path.Combine(Repository.Root, "src");

    [Fact]
    public void Only_the_room_Linux_names_the_package() =>
        Assert.All(
            Files().Where(file => file.Text.Contains("Tmds.", StringComparison.Ordinal)),
            file => Assert.StartsWith("Linux/", file.Path, StringComparison.Ordinal));

    [Fact]
    public void Imports_of_our_own_stand_in_one_class() =>
        Assert.All(
            Files().Where(file => file.Text.Contains("[LibraryImport(", StringComparison.Ordinal)
                || file.Text.Contains("[DllImport(", StringComparison.Ordinal)),
            file => Assert.StartsWith("Linux/Interop/Glibc", file.Path, StringComparison.Ordinal));

    [Fact]
    public void No_function_is_imported_that_the_package_has()
    {
        HashSet<string> package = [.. PackageFunctions()];
        IEnumerable<string> ours = Files().Where(file => file.Path.StartsWith("Linux/Interop/Glibc", StringComparison.Ordinal))
            .SelectMany(file => Import().Matches(file.Text)).Select(match => match.Groups["name"].Value);

        // The package's poll does not keep the error number.
        Assert.Equal(["poll"], ours.Where(package.Contains));
    }

    private static IEnumerable<string> PackageFunctions() => typeof(Tmds.Linux.LibC)
        .GetMethods(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public)
        .Where(method => !method.IsSpecialName)
        .Select(method => method.Name);

    private static IEnumerable<(string Path, string Text)> Files() => Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
        .Select(file => (Path: Path.GetRelativePath(Source, file), Text: File.ReadAllText(file)))
        .Where(file => !file.Path.Contains("/obj/", StringComparison.Ordinal));

    [GeneratedRegex(@"static partial [\w*]+ (?<name>\w+)\(")]
    private static partial Regex Import();
}
