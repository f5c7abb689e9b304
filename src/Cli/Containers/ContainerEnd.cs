using System.CommandLine;
using Net.Api.Clients;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary>The verbs that end the commands of containers, <c>stop</c> and <c>restart</c>. They print each name that was given.</summary>
internal abstract class ContainerEnd : Verb
{
    private readonly Argument<string[]> _containers = Positional.Some("CONTAINER", "Names or ids of containers");
    private readonly StopFlags _flags = new();

    /// <summary>Makes the verb.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    protected ContainerEnd(string name, string description)
        : base(name, description)
    {
        _flags.AddTo(this);
        Add(_containers);
    }

    /// <summary>Does it to one container.</summary>
    /// <param name="api">The client.</param>
    /// <param name="container">The container.</param>
    /// <param name="seconds">How long to wait between the signal and SIGKILL; null when not given.</param>
    /// <param name="signal">The signal; null when not given.</param>
    protected abstract Task EndAsync(
        IApiClient api, string container, int? seconds, string? signal, CancellationToken cancellationToken);

    public override bool Removes(ParseResult parsed) => true;

    public override Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        int? seconds = _flags.SecondsOf(parsed);
        return context.ForEachAsync(parsed.GetValue(_containers)!, async name =>
        {
            await EndAsync(context.Api, name, seconds, _flags.SignalOf(parsed), cancellationToken);
            context.Output.WriteLine(name);
        });
    }
}
