using System.Globalization;
using System.Text.Json.Nodes;
using Net.Api.Containers;
using Net.Api.Networks;
using Net.Labs.Compose.Models;

namespace Net.Labs.Compose.Writing;

/// <summary>A project as a document with the keys of the Compose specification: what <c>compose config</c> prints.</summary>
public static class ProjectDocument
{
    /// <summary>The document of a project.</summary>
    /// <remarks>A dollar sign in a value is doubled, since what is printed may be read again.</remarks>
    public static JsonObject Of(ComposeProject project) => (JsonObject)Doubled(new JsonObject
    {
        ["name"] = project.Name,
        ["services"] = new JsonObject(
            project.Services.OrderBy(s => s.Name, StringComparer.Ordinal).Select(s => KeyValuePair.Create(s.Name, (JsonNode?)Of(s)))),
        ["networks"] = new JsonObject(
            project.Networks.OrderBy(n => n.Key, StringComparer.Ordinal).Select(n => KeyValuePair.Create(n.Key, (JsonNode?)Of(n)))),
    })!;

    private static JsonNode? Doubled(JsonNode? node) => node switch
    {
        JsonObject fields => new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, Doubled(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Doubled)]),
        JsonValue value when value.TryGetValue(out string? text) => JsonValue.Create(text.Replace("$", "$$", StringComparison.Ordinal)),
        _ => node?.DeepClone(),
    };

    private static JsonObject Of(ComposeNetwork network)
    {
        NetworkCreateRequest request = network.Request;
        return network.IsExternal
            ? new JsonObject { ["name"] = network.Name, ["external"] = true }
            : Without(new JsonObject
            {
                ["name"] = network.Name,
                ["driver"] = request.Driver,
                ["driver_opts"] = Map(request.Options),
                ["ipam"] = Of(request.IPAM),
                ["internal"] = request.Internal ? true : null,
                ["attachable"] = request.Attachable ? true : null,
                ["enable_ipv4"] = request.EnableIPv4,
                ["enable_ipv6"] = request.EnableIPv6,
                ["labels"] = Map(request.Labels),
            });
    }

    private static JsonObject? Of(NetworkIpam? ipam) => ipam is null ? null : Without(new JsonObject
    {
        ["driver"] = ipam.Driver,
        ["options"] = Map(ipam.Options),
        ["config"] = ipam.Config is { Count: > 0 } pools
            ? new JsonArray([.. pools.Select(pool => Without(new JsonObject
            {
                ["subnet"] = pool.Subnet,
                ["ip_range"] = pool.IPRange,
                ["gateway"] = pool.Gateway,
                ["aux_addresses"] = Map(pool.AuxiliaryAddresses),
            }))])
            : null,
    });

    private static JsonObject Of(ComposeService service)
    {
        ContainerCreateRequest request = service.Request;
        return Without(new JsonObject
        {
            ["command"] = List(request.Cmd),
            ["container_name"] = service.ContainerName,
            ["depends_on"] = service.Dependencies.Count > 0
                ? new JsonObject(service.Dependencies.Select(d => KeyValuePair.Create(d.Service, (JsonNode?)Of(d))))
                : null,
            ["dns"] = List(request.Dns),
            ["dns_opt"] = List(request.DnsOptions),
            ["dns_search"] = List(request.DnsSearch),
            ["environment"] = Environment(request.Env),
            ["expose"] = List(request.Expose),
            ["external_links"] = List(service.ExternalLinks),
            ["extra_hosts"] = List(request.ExtraHosts),
            ["healthcheck"] = Of(request.Healthcheck),
            ["hostname"] = request.Hostname,
            ["labels"] = Map(request.Labels),
            ["logging"] = Map(request.LogConfig?.Config) is { } options ? new JsonObject { ["options"] = options } : null,
            ["links"] = List([.. service.Links.Select(link => $"{link.Service}:{link.Alias}")]),
            ["network_mode"] = service.Mode is { } mode ? mode.Text ?? $"service:{mode.Service}" : null,
            ["networks"] = service.Networks.Count > 0
                ? new JsonObject(service.Networks.Select(network => KeyValuePair.Create(network.Key, (JsonNode?)Of(network))))
                : null,
            ["ports"] = List(request.Ports),
            ["profiles"] = List(service.Profiles),
            ["restart"] = RestartOf(request.RestartPolicy),
            ["scale"] = service.Scale == 1 ? null : service.Scale,
            ["stdin_open"] = request.OpenStdin ? true : null,
            ["stop_grace_period"] = Seconds((service.StopGracePeriod?.Ticks ?? 0) * TimeSpan.NanosecondsPerTick),
            ["stop_signal"] = service.StopSignal,
            ["sysctls"] = Map(request.Sysctls),
            ["tty"] = request.Tty ? true : null,
            ["user"] = request.User,
            ["working_dir"] = request.WorkingDir,
        });
    }

    private static JsonObject Of(ServiceDependency dependency) => Without(new JsonObject
    {
        ["condition"] = dependency.Condition switch
        {
            DependencyCondition.Healthy => "service_healthy",
            DependencyCondition.CompletedSuccessfully => "service_completed_successfully",
            _ => "service_started",
        },
        ["required"] = dependency.IsRequired ? null : false,
        ["restart"] = dependency.Restarts ? true : null,
    });

    private static JsonObject? Of(HealthConfig? check) => check is null ? null : Without(new JsonObject
    {
        ["test"] = List(check.Test),
        ["interval"] = Seconds(check.Interval),
        ["timeout"] = Seconds(check.Timeout),
        ["retries"] = check.Retries == 0 ? null : check.Retries,
        ["start_period"] = Seconds(check.StartPeriod),
        ["start_interval"] = Seconds(check.StartInterval),
    });

    private static JsonObject? Of(ServiceNetwork network)
    {
        JsonObject document = Without(new JsonObject
        {
            ["aliases"] = List(network.Endpoint.Aliases),
            ["ipv4_address"] = network.Endpoint.IPAMConfig?.IPv4Address,
            ["ipv6_address"] = network.Endpoint.IPAMConfig?.IPv6Address,
            ["link_local_ips"] = List(network.Endpoint.IPAMConfig?.LinkLocalIPs),
            ["mac_address"] = network.Endpoint.MacAddress,
            ["driver_opts"] = Map(network.Endpoint.DriverOpts),
            ["gw_priority"] = network.Endpoint.GwPriority == 0 ? null : network.Endpoint.GwPriority,
            ["priority"] = network.Priority == 0 ? null : network.Priority,
        });
        return document.Count > 0 ? document : null;
    }

    private static string? RestartOf(RestartPolicy? policy) => policy is null ? null
        : policy.MaximumRetryCount > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{policy.Name}:{policy.MaximumRetryCount}")
            : policy.Name;

    private static string? Seconds(long nanoseconds) =>
        nanoseconds > 0 ? string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1_000_000_000m}s") : null;

    private static JsonObject? Environment(IReadOnlyList<string>? variables) => variables is not { Count: > 0 } ? null : new JsonObject(
        variables.Select(variable => variable.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], (JsonNode?)pair[1])));

    private static JsonArray? List(IReadOnlyList<string>? texts) =>
        texts is { Count: > 0 } ? new JsonArray([.. texts.Select(text => JsonValue.Create(text))]) : null;

    private static JsonObject? Map(IReadOnlyDictionary<string, string>? map) => map is not { Count: > 0 }
        ? null
        : new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));

    // Leaves out what was not said.
    private static JsonObject Without(JsonObject document)
    {
        foreach (string key in document.Where(pair => pair.Value is null).Select(pair => pair.Key).ToArray())
        {
            document.Remove(key);
        }

        return document;
    }
}
