using Net.Labs.Lessons;
using Net.Labs.Lessons.Models;
using Net.Tests.Unit.Architecture;

namespace Net.Tests.Unit.Labs.Lessons;

/// <summary>The page of a lab is what its file says.</summary>
public sealed class LabReadmeTests
{
    private static readonly string Root = Path.Combine(Repository.Root, "netlab", "labs");

    public static TheoryData<string> Labs => [.. Directory.EnumerateDirectories(Root).Select(folder => Path.GetFileName(folder))];

    [Fact]
    public void There_are_sixteen_labs() =>
        Assert.Equal(Enumerable.Range(1, 16).Select(n => $"{n:00}"), Labs.Select(row => row.Data[..2]).Order(StringComparer.Ordinal));

    // Whether the drawing in it is what comes up is looked at end to end.
    [Theory]
    [MemberData(nameof(Labs))]
    public void Each_page_is_current(string name)
    {
        Lab lab = LabReader.Read(Path.Combine(Root, name), _ => null);
        string page = File.ReadAllText(Path.Combine(Root, name, LabReadme.FileName));
        string drawing = page.Split("```text\n")[1].Split("\n```")[0];

        Assert.True(LabReadme.Of(lab, drawing) == page, $"{name}: write it anew with \"netctl lab run --write {name}\"");
    }

    [Fact]
    public void Hints_and_ways_are_folded_away()
    {
        string page = LabReadme.Of(LabText.Read(LabText.Small), "host one");

        Assert.Contains("# Who is there?\n", page, StringComparison.Ordinal);
        Assert.Contains("```text\nhost one\n```\n", page, StringComparison.Ordinal);
        Assert.Contains("<details><summary>A hint</summary>\n\nLook\n\n</details>\n", page, StringComparison.Ordinal);
        Assert.Contains(
            "<details><summary>A way</summary>\n\n```console\none# touch /run/done\n```\n\n</details>\n", page, StringComparison.Ordinal);
    }
}
