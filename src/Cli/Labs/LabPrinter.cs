using Net.Cli.CommandLines;
using Net.Labs.Lessons;
using Net.Labs.Lessons.Models;
using Net.Labs.Worlds;
using Net.Linux.Terminals;

namespace Net.Cli.Labs;

/// <summary>Prints what happens in a lab: the steps, what their commands print, and what was expected.</summary>
/// <param name="output">Takes the steps.</param>
/// <param name="error">Takes warnings.</param>
internal sealed class LabPrinter(TextWriter output, TextWriter error) : SilentReport
{
    private const int LinesOfFault = 30; // more are above already
    private const int MostLines = 400;

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
        string name = lab.NameWhenUp;
        output.WriteLine($"  to look    {again}netctl lab shell --lab {name} {fault.Command.Host}; netctl lab stop {name}");
    }

    public override void Begin(LabStep step, int number)
    {
        output.WriteLine("");
        output.WriteLine($"{number}. {step.Title}");
    }

    public override void Ran(LabCommand command, Seen seen)
    {
        _last = command;
        output.WriteLine(LabReadme.Typed(command));
        string[] lines = seen.Output.Split('\n');
        if (lines.Length > MostLines)
        {
            lines = [.. lines[..(MostLines / 2)], $"... {lines.Length - MostLines} lines are left out ...", .. lines[^(MostLines / 2)..]];
        }

        if (seen.Output.Length > 0)
        {
            output.WriteLine(string.Join('\n', lines));
        }
    }

    public override void Checked(LabCommand command, Seen seen, string? difference)
    {
        // What a step prints is expected where it is printed; a check is a command of its own.
        string what = ReferenceEquals(command, _last) ? command.Expectation : $"{LabReadme.Typed(command)}   {command.Expectation}";
        output.WriteLine(difference is null ? $"  ok    {what}" : $"  NOT   {what}: {difference}");
    }

    public override void Warn(string sentence)
    {
        lock (_turn)
        {
            error.WriteLine(ErrorText.Warning(sentence));
        }
    }
}
