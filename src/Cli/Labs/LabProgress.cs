using Net.Cli.Terminals;
using Net.Labs.Lessons.Models;
using Net.Labs.Worlds;
using Spectre.Console;

namespace Net.Cli.Labs;

/// <summary>Shows how far a lab is, in a bar of a terminal.</summary>
/// <param name="task">The bar.</param>
/// <param name="lab">The lab.</param>
internal sealed class LabProgress(ProgressTask task, Lab lab) : SilentReport
{
    // Coming up is as long as a step.
    public static double LengthOf(Lab lab) => lab.Steps.Count + 1;

    public override void Stage(string what) => task.Description = Screen.Plain($"{lab.Name}: {what}");

    public override void Begin(LabStep step, int number)
    {
        task.Description = Screen.Plain($"{lab.Name}: {step.Title}");
        task.Value = number;
    }
}
