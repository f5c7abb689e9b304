using System.CommandLine;
using Net.Cli.CommandLines;
using Net.Cli.Terminals;
using Net.Labs.Lessons.Models;
using Net.Labs.Worlds;
using Spectre.Console;

namespace Net.Cli.Labs;

/// <summary><c>netctl lab check</c>: says which tasks of a lab are solved.</summary>
internal sealed class LabCheck : Verb
{
    private readonly LabChoice _choice = new();

    public LabCheck()
        : base("check",
            "Say which tasks of the lab are solved\n"
            + "A task counts once it was seen to be solved. The exit code is 0 when all are.") => _choice.AddTo(this);

    public override IReadOnlyList<ExitStatus> ExitStatuses =>
    [
        new("0", "All tasks are solved."),
        ExitStatus.OneFor("A task is not solved yet"),
        ExitStatus.Interrupted,
    ];

    public override string Example => "netctl lab check";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        World world = _choice.Read(parsed);
        using var interruption = new Interruption(cancellationToken);
        bool isAllSolved = await new LabTutor(world).LookAsync(interruption.Token);
        if (Screen.OfOutput() is { } screen)
        {
            Draw(world, screen);
        }
        else
        {
            foreach (LabStep task in world.Lab.Tasks)
            {
                context.Output.WriteLine($"{(IsSolved(world, task) ? "solved " : "open   ")} {task.Title}");
            }
        }

        return isAllSolved ? 0 : 1;
    }

    private static bool IsSolved(World world, LabStep task) => world.State.Solved.Contains(task.Title);

    // What has been solved is told by words too, for those who see no colours.
    private static void Draw(World world, IAnsiConsole screen)
    {
        var tree = new Tree(Screen.Plain($"{world.State.Name}: {world.Lab.Question}"));
        foreach (LabStep task in world.Lab.Tasks)
        {
            string state = IsSolved(world, task) ? "[green]solved[/]" : "[yellow]open[/]  ";
            tree.AddNode($"{state}  {Screen.Plain(task.Title)}");
        }

        screen.Write(tree);
    }
}
