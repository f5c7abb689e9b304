using System.CommandLine;
using Net.Cli.CommandLines;
using Net.Cli.Terminals;
using Net.Labs.Lessons;
using Net.Labs.Lessons.Models;
using Net.Labs.Worlds;

namespace Net.Cli.Labs;

/// <summary><c>netctl lab solve</c>: shows a way to solve the first task that is not solved, and goes it.</summary>
internal sealed class LabSolve : Verb
{
    private readonly LabChoice _choice = new();
    private readonly Option<bool> _all = Flags.Switch("--all", null, "Solve all tasks that are not solved");
    private readonly Option<bool> _show = Flags.Switch("--show", null, "Print the commands without running them");

    public LabSolve()
        : base("solve", "Show a way to solve the first task that is not solved, and go it")
    {
        _choice.AddTo(this);
        Add(_all);
        Add(_show);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses =>
    [
        ExitStatus.Success,
        ExitStatus.OneFor("The way does not lead to the solution"),
        ExitStatus.Interrupted,
    ];

    public override string Example =>
        "netctl lab solve\n"
        + "netctl lab solve --show";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        World world = _choice.Read(parsed);
        var tutor = new LabTutor(world);
        using var interruption = new Interruption(cancellationToken);
        await tutor.LookAsync(interruption.Token);
        if (tutor.NextTask is null)
        {
            context.Output.WriteLine("all tasks are solved");
            return 0;
        }

        bool goesOn = true;
        while (goesOn && tutor.NextTask is { } task)
        {
            if (parsed.GetValue(_show))
            {
                Show(task, context.Output);
                return 0;
            }

            var printer = new LabPrinter(context.Output, context.Error);
            printer.Begin(task, world.Lab.Steps.TakeWhile(step => step != task).Count() + 1);
            if (await new LabRun(world, printer).RunAsync(task, interruption.Token) is { } fault)
            {
                context.Error.WriteLine(
                    $"the way does not lead there from the state that the lab is in ({fault.Difference}): "
                        + $"begin anew with \"netctl lab stop {world.State.Name}\"");
                return 1;
            }

            tutor.Solved(task);
            goesOn = parsed.GetValue(_all);
        }

        return 0;
    }

    private static void Show(LabStep task, TextWriter output)
    {
        output.WriteLine(task.Title);
        foreach (LabCommand command in task.Commands)
        {
            output.WriteLine(LabReadme.Typed(command));
        }
    }
}
