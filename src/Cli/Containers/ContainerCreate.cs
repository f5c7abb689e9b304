using System.CommandLine;
using Net.Api.Containers;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary><c>netctl create</c>: makes a container without a command, a sandbox that waits, and prints its id.</summary>
internal sealed class ContainerCreate : Verb
{
    private readonly ContainerFlags _flags = new();

    public ContainerCreate()
        : base("create", "Make a container without a command: a sandbox that waits, to be entered with exec") => _flags.AddTo(this);

    public override bool TakesDryRun => true;

    public override int FailureExitCode => 125;

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        ContainerCreateRequest request = _flags.RequestOf(parsed);
        if (context.DryRun)
        {
            await context.PrintAsync(context.Api.ExplainCreateContainerAsync(request, cancellationToken));
            return 0;
        }

        context.Output.WriteLine(await CreateAsync(request, context, cancellationToken));
        return 0;
    }

    /// <summary>Makes the container and tells what the daemon warns of.</summary>
    public static async Task<string> CreateAsync(ContainerCreateRequest request, VerbContext context, CancellationToken cancellationToken)
    {
        ContainerCreateResponse created = await context.Api.CreateContainerAsync(request, cancellationToken);
        foreach (string warning in created.Warnings ?? [])
        {
            context.Error.WriteLine($"WARNING: {warning}");
        }

        return created.Id;
    }
}
