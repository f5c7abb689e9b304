using Net.Tests.EndToEnd.Labs;
using Net.Tests.TestKit;
using Net.Tests.TestKit.Documents;

namespace Net.Tests.EndToEnd.Documents;

/// <summary>Every command of every page is run on hosts of a lab, in the order of the page, and prints what the page shows.</summary>
public sealed class PageRunTests
{
    private static string Root { get; } = TestHost.RepositoryRoot();

    public static TheoryData<string> Pages =>
        [.. PageFiles.Under(Root).Where(path => PageLab.HasSteps(PageReader.Read(path, File.ReadAllText(Path.Combine(Root, path)))))];

    [KernelTheory]
    [MemberData(nameof(Pages))]
    public void Its_commands_do_what_the_page_says(string path)
    {
        using LabMachine machine = LabMachine.Create();
        Page page = PageReader.Read(path, File.ReadAllText(Path.Combine(Root, path)));
        string name = Path.ChangeExtension(path, null).Replace('/', '-').ToLowerInvariant();
        string folder = machine.Write(name, PageLab.TextOf(page));
        File.CreateSymbolicLink(Path.Combine(folder, PageLab.CloneName), Root);

        CommandResult result = machine.Lab("run", folder);
        Assert.True(result.ExitCode == 0, FaultOf(result));
        machine.IsAsBefore();
    }

    // What came before it is in the lab's output too, and long.
    private static string FaultOf(CommandResult result)
    {
        int at = result.Output.IndexOf("FAILED at the step", StringComparison.Ordinal);
        return at < 0 ? $"{result.Output}\n{result.Error}" : result.Output[at..];
    }
}
