using Net.Api.Clients;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary><c>netctl stop</c>: stops commands and all that they left running.</summary>
internal sealed class ContainerStop() : ContainerEnd("stop", "End the command of containers, and all that it left running")
{
    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example => "netctl stop -t 30 web app";

    protected override Task EndAsync(
        IApiClient api, string container, int? seconds, string? signal, CancellationToken cancellationToken) =>
        api.StopContainerAsync(container, seconds, signal, cancellationToken);
}
