using System.CommandLine;
using Net.Api.Containers;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary><c>netctl create</c>: creates a container without a command and prints its id.</summary>
internal sealed class ContainerCreate : Verb
{
    private readonly ContainerFlags _flags = new();

    public ContainerCreate()
        : base("create", "Make a container without a command\nIt is a sandbox that waits, to be entered with exec.") => _flags.AddTo(this);

    public override bool TakesDryRun => true;

    public override int FailureExitCode => 125;

    public override string Example => "netctl create --name lab --network front";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        if (await context.RunAsync(context.Api.CreateContainer(_flags.RequestOf(parsed)), cancellationToken) is { } created)
        {
            PrintWarnings(created, context);
            context.Output.WriteLine(created.Id);
        }

        return 0;
    }

    /// <summary>Prints what the daemon warns of to standard error.</summary>
    public static void PrintWarnings(ContainerCreateResponse created, VerbContext context)
    {
        foreach (string warning in created.Warnings ?? [])
        {
            context.Error.WriteLine(ErrorText.Warning(warning));
        }
    }
}
