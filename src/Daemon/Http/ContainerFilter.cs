using System.Globalization;
using Net.Cnm.Errors;
using Net.Cnm.HealthChecks;
using Net.Cnm.Ports;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Daemon.Http.Views;

namespace Net.Daemon.Http;

/// <summary>The <c>filters</c> query of the container list, as Docker has it.</summary>
internal sealed class ContainerFilter
{
    private const string StatusKey = "status";
    private const string ExitedKey = "exited";
    private const string PublishKey = "publish";
    private const string ExposeKey = "expose";

    private const string HealthKey = "health";
    private const string TaskKey = "is-task";
    private const string NoHealth = "none";
    private const string NoTask = "false";

    private static readonly string[] Keys =
    [
        "before", ExitedKey, ExposeKey, HealthKey, "id", TaskKey, "label", "name", "network", PublishKey, "since", StatusKey, "volume",
    ];

    private static readonly string[] States = ["created", "restarting", "running", "removing", "paused", "exited", "dead"];

    // Docker's words. A container here is no task of a service, and has no volumes.
    private static readonly string[] Healths = ["starting", "healthy", "unhealthy", NoHealth];
    private static readonly string[] Truths = ["true", NoTask];

    private readonly IReadOnlyList<(string Key, IReadOnlyList<string> Values)> _filters;

    private ContainerFilter(IReadOnlyList<(string Key, IReadOnlyList<string> Values)> filters) => _filters = filters;

    /// <summary>Whether the filter names states. Then containers that do not run are listed too, without <c>all</c>.</summary>
    public bool AsksForState => _filters.Any(f => f.Key == StatusKey);

    /// <summary>Parses the query's JSON; null or empty for no filter.</summary>
    /// <exception cref="CnmException">InvalidParameter: not a filter object, an unknown key, or a value that its key does not
    /// take.</exception>
    public static ContainerFilter Parse(string? json)
    {
        IReadOnlyList<(string Key, IReadOnlyList<string> Values)> filters = FilterJson.Read(json, [.. Keys, "ancestor"]);
        if (filters.Any(f => f.Key == "ancestor"))
        {
            throw new CnmException(
                CnmErrorKind.InvalidParameter, "invalid filter 'ancestor': containers here are not made of images; use label or name");
        }

        FilterJson.RequireValues(filters, StatusKey, States);
        FilterJson.RequireValues(filters, HealthKey, Healths);
        FilterJson.RequireValues(filters, TaskKey, Truths);
        foreach (string value in ValuesOf(filters, ExitedKey))
        {
            _ = ExitCodeOf(value);
        }

        foreach (string key in (string[])[PublishKey, ExposeKey])
        {
            foreach (string value in ValuesOf(filters, key))
            {
                _ = PortsOf(key, value);
            }
        }

        return new ContainerFilter(filters);
    }

    /// <summary>Whether a container has all that is asked for.</summary>
    /// <param name="sandbox">The container.</param>
    /// <param name="model">The model that it is in.</param>
    /// <param name="health">What its probes found; null when it has none.</param>
    /// <exception cref="CnmException">NotFound: the container of <c>before</c> or <c>since</c> does not exist.</exception>
    public bool Matches(Sandbox sandbox, ModelSnapshot model, SandboxHealth? health) => _filters.All(f => f.Key == "label"
        ? f.Values.All(value => FilterJson.MatchesLabel(sandbox.Labels, value))
        : f.Values.Any(value => Matches(sandbox, model, health, f.Key, value)));

    private static bool Matches(Sandbox sandbox, ModelSnapshot model, SandboxHealth? health, string key, string value) => key switch
    {
        "id" => FilterJson.MatchesText(sandbox.Id.Value, value),
        "name" => FilterJson.MatchesText(sandbox.Name, value) || FilterJson.MatchesText("/" + sandbox.Name, value),
        ExitedKey => sandbox.State == SandboxState.Exited && sandbox.ExitCode == ExitCodeOf(value),
        "network" => IsOn(sandbox, model, value),
        PublishKey => IsPublishedOn(sandbox, PortsOf(key, value)),
        ExposeKey => PortsView.KeysOf(PortsOf(key, value)).Any(port => PortsView.Exposed(sandbox)?.ContainsKey(port) == true),
        HealthKey => value == (health is null ? NoHealth : HealthWord.Of(health.Status)),
        TaskKey => value == NoTask,
        "volume" => false,
        "before" => sandbox.Created < model.FindSandbox(value).Created,
        "since" => sandbox.Created > model.FindSandbox(value).Created,
        _ => string.Equals(ContainerView.StateWord(sandbox), value, StringComparison.OrdinalIgnoreCase),
    };

    private static bool IsOn(Sandbox sandbox, ModelSnapshot model, string network) =>
        (sandbox.Mode == NetworkMode.Host && network == "host")
        || (sandbox.Mode == NetworkMode.None && network == "none")
        || model.EndpointsOf(sandbox.Id).Select(endpoint => model[endpoint.Network]).Any(
            n => n.Name == network || (network.Length > 0 && n.Id.Value.StartsWith(network, StringComparison.Ordinal)));

    private static IEnumerable<string> ValuesOf(IEnumerable<(string Key, IReadOnlyList<string> Values)> filters, string key) =>
        filters.Where(f => f.Key == key).SelectMany(f => f.Values);

    private static int ExitCodeOf(string value) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int code)
            ? code
            : throw new CnmException(CnmErrorKind.InvalidParameter, $"invalid filter 'exited={value}': it takes an exit code, such as 0");

    // As Docker's: by the port of the host, of which a container that does not run has none.
    private static bool IsPublishedOn(Sandbox sandbox, ExposedPort ports) => sandbox.Ports.Any(mapping =>
        mapping.Protocol == ports.Protocol
        && mapping.HostPort < ports.Port + ports.Count && ports.Port < mapping.HostPort + mapping.Count);

    private static ExposedPort PortsOf(string key, string value)
    {
        try
        {
            return PortSpecParser.ParseExposed(value);
        }
        catch (CnmException error)
        {
            throw new CnmException(
                CnmErrorKind.InvalidParameter,
                $"invalid filter '{key}={value}': it takes a port of the {(key == PublishKey ? "host" : "container")}, such as 80, 53/udp "
                    + "or 8000-8010/tcp",
                error);
        }
    }
}
