using Net.Api.Clients;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary><c>netctl restart</c>: stops containers and starts them again.</summary>
internal sealed class ContainerRestart()
    : ContainerEnd("restart", "Stop containers and start them again\nThose that do not run are only started.")
{
    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example => "netctl restart -t 30 web";

    protected override Task EndAsync(
        IApiClient api, string container, int? seconds, string? signal, CancellationToken cancellationToken) =>
        api.RestartContainerAsync(container, seconds, signal, cancellationToken);
}
