using System.Text.RegularExpressions;
using Net.Tests.TestKit.Documents;
using Net.Tests.Unit.Architecture;

namespace Net.Tests.Unit.Documents;

/// <summary>Every link of every page leads to a file that is there, and into a page to a heading of it.</summary>
public sealed partial class LinkTests
{
    private static readonly string[] NotOurs = ["obj", "bin", "artifacts", ".git"];

    public static TheoryData<string> Pages =>
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .Where(path => !path.Split('/').Any(NotOurs.Contains))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Its_links_lead_somewhere(string path)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, path));
        Faults.AssertNone(PageProse.Links(text)
            .Where(link => !link.Target.Contains(':', StringComparison.Ordinal) && !IsThere(path, text, link.Target))
            .Select(link => $"{path}:{link.Line}: nothing is at {link.Target}"));
    }

    // "Bridge" may lead to the page of the folder Bridge, and "--flag" to a part of a page.
    [Theory]
    [MemberData(nameof(Pages))]
    public void A_link_that_is_named_as_a_file_leads_to_that_file(string path) => Faults.AssertNone(
        from link in PageProse.CodeLinks(File.ReadAllText(Path.Combine(Repository.Root, path)))
        where FileName().IsMatch(link.Code) && Path.GetFileName(link.Target.Split('#')[0]) != Path.GetFileName(link.Code)
        select $"{path}:{link.Line}: `{link.Code}` leads to {link.Target}");

    private static bool IsThere(string path, string text, string target)
    {
        string[] parts = target.Split('#');
        if (parts[0].Length > 0)
        {
            string file = Path.Combine(Repository.Root, Path.GetDirectoryName(path)!, parts[0]);
            if (!File.Exists(file))
            {
                return Directory.Exists(file);
            }

            text = parts.Length > 1 ? File.ReadAllText(file) : "";
        }

        return parts.Length == 1 || PageProse.Anchors(text).Contains(parts[1]);
    }

    [GeneratedRegex(@"^[\w./-]+\.(cs|sh|md|json|ya?ml|py|c|h|deb)$")]
    private static partial Regex FileName();
}
