using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Labs;

/// <summary>Every lab of the repository can be solved by a learner who looks at nothing: its tasks are open at first, and the ways lead
/// from one to the next.</summary>
public sealed class LabSolveTests
{
    [KernelTheory]
    [MemberData(nameof(LabRunTests.Labs), MemberType = typeof(LabRunTests))]
    public void Its_tasks_are_open_at_first_and_can_be_solved_in_their_order(string name)
    {
        using LabMachine machine = LabMachine.Create();
        machine.LabOk("start", machine.Copy(name));
        CommandResult open = machine.Lab("check");
        Assert.Equal(1, open.ExitCode);
        Assert.All(open.Output.TrimEnd('\n').Split('\n'), line => Assert.StartsWith("open ", line, StringComparison.Ordinal));
        machine.LabOk("solve", "--all");
        string solved = machine.LabOk("check");
        Assert.All(solved.TrimEnd('\n').Split('\n'), line => Assert.StartsWith("solved ", line, StringComparison.Ordinal));
        machine.LabOk("stop");
        machine.IsAsBefore();
    }
}
