using System.CommandLine;
using Net.Cli.CommandLines;
using Net.Labs.Lessons.Models;
using Net.Labs.Worlds;

namespace Net.Cli.Labs;

/// <summary><c>netctl lab check</c>: says which tasks of a lab are solved.</summary>
internal sealed class LabCheck : Verb
{
    private readonly LabChoice _choice = new();

    public LabCheck()
        : base("check",
            "Say which tasks of the lab are solved\n"
            + "A task counts once it was seen to be solved. The exit code is 0 when all are.") => _choice.AddTo(this);

    public override string Example => "netctl lab check";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        World world = _choice.Read(parsed);
        bool isAllSolved = await new LabTutor(world).LookAsync(cancellationToken);
        foreach (LabStep task in world.Lab.Tasks)
        {
            context.Output.WriteLine($"{(world.State.Solved.Contains(task.Title) ? "solved " : "open   ")} {task.Title}");
        }

        return isAllSolved ? 0 : 1;
    }
}
