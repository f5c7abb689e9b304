using System.CommandLine;
using Net.Cli.CommandLines;
using Net.Cli.Terminals;
using Net.Labs.Worlds;

namespace Net.Cli.Labs;

/// <summary><c>netctl lab hint</c>: gives the next hint for the first task that is not solved.</summary>
internal sealed class LabHint : Verb
{
    private readonly LabChoice _choice = new();

    public LabHint()
        : base("hint",
            "Give the next hint for the first task that is not solved\n"
            + "Hints become plainer; none is the answer. That is shown by \"netctl lab solve\".") => _choice.AddTo(this);

    public override IReadOnlyList<ExitStatus> ExitStatuses => [ExitStatus.Success, ExitStatus.Failure, ExitStatus.Interrupted];

    public override string Example => "netctl lab hint";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        World world = _choice.Read(parsed);
        using var interruption = new Interruption(cancellationToken);
        var tutor = new LabTutor(world);
        await tutor.LookAsync(interruption.Token);
        if (tutor.NextTask is not { } task)
        {
            context.Output.WriteLine("all tasks are solved");
            return 0;
        }

        (string? hint, int left) = tutor.TakeHint(task);
        context.Output.WriteLine(task.Title);
        context.Output.WriteLine(hint ?? "There is no further hint: \"netctl lab solve\" shows a way.");
        if (hint is not null && left > 0)
        {
            context.Output.WriteLine(left == 1 ? "(one more hint)" : $"({left} more hints)");
        }

        return 0;
    }
}
