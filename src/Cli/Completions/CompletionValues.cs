using System.CommandLine;
using Net.Api.Clients;
using Net.Cli.Networks;
using Net.Labs.Pictures;

namespace Net.Cli.Completions;

/// <summary>The values that an option or argument may have, by the name of its value in the help: <c>CONTAINER</c>, <c>NETWORK</c>. The
/// daemon is asked for names only when one is to be completed.</summary>
/// <param name="api">The client of the daemon.</param>
/// <param name="cancellationToken">Ends the request.</param>
internal sealed class CompletionValues(IApiClient api, CancellationToken cancellationToken)
{
    private const string OfContainer = "container:";

    /// <summary>The values; <see cref="CompletionAnswer.Files"/> alone for the names of files; empty when nothing is known of
    /// them.</summary>
    /// <param name="symbol">The option or argument.</param>
    /// <param name="command">The command that it belongs to.</param>
    /// <param name="typed">The beginning of the value.</param>
    public async Task<IReadOnlyList<string>> OfAsync(Symbol symbol, Command command, string typed) =>
        (symbol is Option option ? option.HelpName : symbol.Name) switch
        {
            "NETWORK" when symbol is Argument && command is NetworkCreate => [], // the name of a new one
            "NETWORK" when typed.StartsWith(OfContainer, StringComparison.Ordinal) =>
                [.. (await ContainersAsync()).Select(name => OfContainer + name)],
            "NETWORK" => await NetworksAsync(),
            "CONTAINER" or "CONTAINER[:ALIAS]" => await ContainersAsync(),
            "NAME|ID" => [.. await ContainersAsync(), .. await NetworksAsync()],
            "DRIVER" => ["bridge", "ipvlan", "macvlan"],
            "TYPE" => ["container", "network"],
            "PICTURE" => PictureFormats.Names,
            "FILE" or "DIR" or "PATH" or "COMMAND [ARG...]" => [CompletionAnswer.Files],
            _ => [],
        };

    private async Task<IReadOnlyList<string>> ContainersAsync() =>
        [.. (await api.ListContainersAsync(all: true, cancellationToken)).Select(container => container.Names[0].TrimStart('/'))];

    private async Task<IReadOnlyList<string>> NetworksAsync()
    {
        var all = new Dictionary<string, IReadOnlyList<string>>();
        return [.. (await api.ListNetworksAsync(all, cancellationToken)).Select(network => network.Name)];
    }
}
