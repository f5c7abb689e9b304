using Net.Cli.CommandLines;
using Net.Labs.Lessons;
using Net.Labs.Lessons.Models;
using Net.Labs.Worlds;
using Net.Linux.Terminals;

namespace Net.Cli.Labs;

/// <summary>Prints what happens in a lab: the steps, what their commands print, and what was expected.</summary>
/// <param name="output">Takes the steps.</param>
/// <param name="error">Takes warnings.</param>
internal sealed class LabPrinter(TextWriter output, TextWriter error) : ILabReport
{
    private const int LinesOfFault = 30; // all are above already

    private readonly Lock _turn = new();
    private LabCommand? _last;

    /// <summary>Prints what a lab is about.</summary>
    public void Open(Lab lab)
    {
        output.WriteLine($"{lab.Name}: {lab.Question}");
        foreach (string warning in lab.Warnings)
        {
            Warn(warning);
        }
    }

    /// <summary>Prints the fault that has ended a lab, and how to go in and look.</summary>
    public void Print(LabFault fault, Lab lab, bool isKept)
    {
        output.WriteLine("");
        output.WriteLine($"FAILED at the step \"{fault.Step.Title}\" ({fault.Step.Place})");
        output.WriteLine($"  expected   {fault.Command.Place}: {LabReadme.Typed(fault.Command)}");
        output.WriteLine($"  different  {fault.Difference}");
        string[] lines = fault.Seen.Output.Split('\n');
        string seen = fault.Seen.Output.Length == 0 ? "nothing" : string.Join('\n', lines.TakeLast(LinesOfFault));
        output.WriteLine("  seen       " + seen.ReplaceLineEndings("\n             "));
        string again = isKept ? "" : $"netctl lab run --keep {TerminalText.Word(lab.Folder)}; ";
        output.WriteLine($"  to look    {again}netctl lab shell --lab {lab.Name} {fault.Command.Host}; netctl lab stop {lab.Name}");
    }

    public void Stage(string what)
    {
    }

    public void Begin(LabStep step, int number)
    {
        output.WriteLine("");
        output.WriteLine($"{number}. {step.Title}");
    }

    public void Ran(LabCommand command, Seen seen)
    {
        _last = command;
        output.WriteLine(LabReadme.Typed(command));
        if (seen.Output.Length > 0)
        {
            output.WriteLine(seen.Output);
        }
    }

    public void Checked(LabCommand command, Seen seen, string? difference)
    {
        // What a step prints is expected where it is printed; a check is a command of its own.
        string what = ReferenceEquals(command, _last) ? command.Expectation : $"{LabReadme.Typed(command)}   {command.Expectation}";
        output.WriteLine(difference is null ? $"  ok    {what}" : $"  NOT   {what}: {difference}");
    }

    public void Tell(string thing, string state)
    {
    }

    public void Warn(string sentence)
    {
        lock (_turn)
        {
            error.WriteLine(ErrorText.Warning(sentence));
        }
    }
}
