using System.Text;

namespace Net.Tests.EndToEnd.FirewallPages;

/// <summary>Writes pages of rules, one sentence a rule, and compares them with what stands in docs/firewall.</summary>
internal static class Page
{
    private static readonly string Folder = Path.Combine(TestHost.RepositoryRoot(), "docs", "firewall");

    /// <summary>A list: each rule, and below it its sentence.</summary>
    public static string List(IEnumerable<(string Rule, string Why)> rules)
    {
        var text = new StringBuilder();
        foreach ((string rule, string why) in rules)
        {
            text.Append("- `").Append(Anonymiser.Clean(rule)).Append("`  \n  ").Append(why).Append('\n');
        }

        return text.Length == 0 ? "None.\n" : text.ToString();
    }

    /// <summary>Demands that a page is as written; with <c>UPDATE_GOLDEN=1</c> it is written instead.</summary>
    public static void Compare(string name, string text)
    {
        string path = Path.Combine(Folder, $"{name}.md");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(path, text);
            return;
        }

        Assert.True(File.Exists(path), $"{path} is missing; UPDATE_GOLDEN=1 writes it");
        Assert.Equal(File.ReadAllText(path), text);
    }
}
