using Net.Tests.EndToEnd.Labs;
using Net.Tests.TestKit;
using Net.Tests.TestKit.Documents;

namespace Net.Tests.EndToEnd.Documents;

/// <summary>Every command of every page is run on hosts of a lab, in the order of the page, and prints what the page shows.</summary>
public sealed class PageRunTests
{
    private static string Root { get; } = TestHost.RepositoryRoot();

    public static TheoryData<string> Pages => [.. PageFiles.Under(Root).Where(path => Read(path).Blocks.Any(block => block.IsRun))];

    [KernelTheory]
    [MemberData(nameof(Pages))]
    public void Its_commands_do_what_the_page_says(string path)
    {
        using LabMachine machine = LabMachine.Create();
        string name = Path.ChangeExtension(path, null).Replace('/', '-').ToLowerInvariant();
        string folder = machine.Write(name, PageLab.TextOf(Read(path), type => KernelHas(machine, type)));
        File.CreateSymbolicLink(Path.Combine(folder, PageLab.CloneName), Root);

        CommandResult result = machine.Lab("run", folder);
        Assert.True(result.ExitCode == 0, FaultOf(result));
        machine.IsAsBefore();
    }

    private static Page Read(string path) => PageReader.Read(path, File.ReadAllText(Path.Combine(Root, path)));

    // Such a link on lo is refused, whether or not there is the type; the reason tells.
    private static bool KernelHas(LabMachine machine, string type)
    {
        CommandResult tried = machine.Run("ip", "link", "add", "link", "lo", "name", "try0", "type", type);
        return !tried.Error.Contains("Unknown device type", StringComparison.Ordinal);
    }

    // What came before it is in the lab's output too, and long.
    private static string FaultOf(CommandResult result)
    {
        int at = result.Output.IndexOf("FAILED at the step", StringComparison.Ordinal);
        return at < 0 ? $"{result.Output}\n{result.Error}" : result.Output[at..];
    }
}
