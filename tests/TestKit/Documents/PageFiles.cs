namespace Net.Tests.TestKit.Documents;

/// <summary>Which files are pages that people read, with commands that are run.</summary>
public static class PageFiles
{
    // The pages of docs/firewall are written by a test from what the kernel has, those of docs/reference from the command tree, and
    // docs/adr is for those who change the code.
    private static readonly string[] Others = ["docs/adr/", "docs/firewall/", "docs/reference/"];

    private static readonly string[] Single = ["README.md", "CONTRIBUTING.md", "packaging/README.md"];

    /// <summary>The pages, by their paths from the root.</summary>
    /// <param name="root">The folder of the repository.</param>
    public static IReadOnlyList<string> Under(string root) =>
    [
        .. Single.Concat(In(root, "docs")).Concat(In(root, "netlab"))
            .Where(path => !Others.Any(folder => path.StartsWith(folder, StringComparison.Ordinal)))
            .Where(path => !IsOfLab(root, path))
            .Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> In(string root, string folder) =>
        Directory.EnumerateFiles(Path.Combine(root, folder), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file));

    // A lab's page is written from its lab.yml, whose commands "netctl lab run" runs.
    private static bool IsOfLab(string root, string path) =>
        File.Exists(Path.Combine(root, Path.GetDirectoryName(path)!, "lab.yml"));
}
