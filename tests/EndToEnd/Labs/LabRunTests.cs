using System.Text.RegularExpressions;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Labs;

/// <summary>Every lab of the repository goes by itself, leaves nothing, and has a page and a drawing of what comes up.</summary>
public sealed partial class LabRunTests
{
    public static TheoryData<string> Labs =>
    [
        .. Directory.EnumerateDirectories(Path.Combine(TestHost.RepositoryRoot(), "netlab", "labs"))
            .Select(folder => Path.GetFileName(folder)),
    ];

    [KernelTheory]
    [MemberData(nameof(Labs))]
    public void It_goes_by_itself_and_its_page_is_current(string name)
    {
        using LabMachine machine = LabMachine.Create();
        string folder = machine.Copy(name);
        string[] files = [Path.Combine(folder, "README.md"), Path.Combine(folder, "drawing.svg")];
        string[] before = [.. files.Select(File.ReadAllText)];
        Array.ForEach(files, File.Delete);

        string said = machine.LabOk("run", "--write", folder);
        Assert.Matches(Done(), said);
        machine.IsAsBefore();
        Assert.True(before[0] == File.ReadAllText(files[0]), $"{name}/README.md is not current: netctl lab run --write {name}");
        Assert.True(before[1] == File.ReadAllText(files[1]), $"{name}/drawing.svg is not current: netctl lab run --write {name}");
    }

    [GeneratedRegex(@"^ok      \S+: \d+ steps, ready in [\d.]+ s, [\d.]+ s in all; nothing is left$", RegexOptions.Multiline)]
    private static partial Regex Done();
}
