using System.Xml.Linq;

namespace Net.Tests.Unit.Architecture;

/// <summary>The repository's own files, as the tests of its shape read them.</summary>
internal static class Repository
{
    /// <summary>The folder of <c>Net.sln</c>.</summary>
    /// <exception cref="InvalidOperationException">The tests do not run from inside the repository.</exception>
    public static string Root { get; } = FindRoot();

    /// <summary>Every C# file below a folder of the repository, generated code in <c>obj</c> and <c>bin</c> left out.</summary>
    /// <param name="folder">The folder, relative to the root.</param>
    public static IEnumerable<string> SourceFiles(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(static file => !Path.GetRelativePath(Root, file).Split('/').Any(static part => part is "obj" or "bin"));

    /// <summary>The project file of each room of <c>src</c>, by the room's name.</summary>
    public static IReadOnlyDictionary<string, XDocument> Projects() =>
        Directory.EnumerateDirectories(Path.Combine(Root, "src"))
            .SelectMany(static folder => Directory.EnumerateFiles(folder, "*.csproj"))
            .ToDictionary(static file => new DirectoryInfo(Path.GetDirectoryName(file)!).Name, XDocument.Load, StringComparer.Ordinal);

    /// <summary>The rooms that a project references, whichever way the slashes of its paths lean.</summary>
    public static IEnumerable<string> ReferencesOf(XDocument project) =>
        project.Descendants()
            .Where(static element => element.Name.LocalName == "ProjectReference"
                && element.Attribute("ReferenceOutputAssembly")?.Value != "false") // a program that is published beside this one
            .Select(static element => element.Attribute("Include")?.Value ?? "")
            .Select(static path => path.Replace('\\', '/').Split('/') is [.., var folder, _] ? folder : path);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Net.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no Net.sln above {AppContext.BaseDirectory}: the tests must run from the repository");
    }
}
