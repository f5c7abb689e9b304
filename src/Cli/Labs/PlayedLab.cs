using System.Globalization;
using Net.Cli.CommandLines;
using Net.Labs.Lessons.Models;
using Net.Labs.Worlds;

namespace Net.Cli.Labs;

/// <summary>How a lab went.</summary>
/// <param name="Lab">The lab.</param>
internal sealed record PlayedLab(Lab Lab)
{
    /// <summary>What was not as expected; null when all was.</summary>
    public LabFault? Fault { get; init; }

    /// <summary>Whether it was left up, to look at the fault.</summary>
    public bool IsKept { get; init; }

    /// <summary>What kept it from coming up; null when nothing did.</summary>
    public Exception? Error { get; init; }

    /// <summary>How long it took to come up.</summary>
    public TimeSpan Ready { get; init; }

    /// <summary>How long it took in all.</summary>
    public TimeSpan Whole { get; init; }

    public int ExitCode => Fault is null && Error is null ? 0 : 1;

    /// <summary>One line about it.</summary>
    public string Line => ExitCode == 0
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"ok      {Lab.Name}: {Lab.Steps.Count} steps, ready in {Ready.TotalSeconds:0.0} s, {Whole.TotalSeconds:0.0} s in all; "
                + $"nothing is left")
        : $"FAILED  {Lab.Name}";

    /// <summary>Prints what was wrong; nothing when nothing was.</summary>
    /// <param name="printer">Takes a fault of a step.</param>
    /// <param name="error">Takes what kept the lab from coming up.</param>
    public void PrintFault(LabPrinter printer, TextWriter error)
    {
        if (Fault is not null)
        {
            printer.Print(Fault, Lab, IsKept);
        }
        else if (Error is not null)
        {
            error.WriteLine(ErrorText.OfClient(Error));
        }
    }
}
