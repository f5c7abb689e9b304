using Net.Cli.Terminals;
using Net.Labs.Lessons.Models;
using Net.Labs.Worlds;
using Spectre.Console;

namespace Net.Cli.Labs;

/// <summary>Shows how far a lab is, in a bar of a terminal.</summary>
/// <param name="task">The bar.</param>
/// <param name="lab">The lab.</param>
/// <param name="inner">Is told the same.</param>
internal sealed class LabProgress(ProgressTask task, Lab lab, ILabReport inner) : ILabReport
{
    // Coming up is as long as a step.
    public static double LengthOf(Lab lab) => lab.Steps.Count + 1;

    public void Stage(string what)
    {
        task.Description = Screen.Plain($"{lab.Name}: {what}");
        inner.Stage(what);
    }

    public void Begin(LabStep step, int number)
    {
        task.Description = Screen.Plain($"{lab.Name}: {step.Title}");
        task.Value = number;
        inner.Begin(step, number);
    }

    public void Ran(LabCommand command, Seen seen) => inner.Ran(command, seen);

    public void Checked(LabCommand command, Seen seen, string? difference) => inner.Checked(command, seen, difference);

    public void Tell(string thing, string state) => inner.Tell(thing, state);

    public void Warn(string sentence) => inner.Warn(sentence);
}
