using Net.Api;
using Net.Api.Networks;
using Net.Cnm.Errors;
using Net.Controller;
using Net.Controller.Events;
using Net.Controller.Models;
using Net.Controller.Requests;
using Net.Daemon.Http.Views;
using Net.Daemon.Settings;
using Net.Drivers.Bridge;

namespace Net.Daemon.Http;

/// <summary>The routes for networks: those of Docker.</summary>
internal sealed class NetworkRoutes(NetworkController controller, DefaultNetworkOptions defaults, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(ApiPaths.Networks, ListAsync)
            .Describe("NetworkList", "Lists networks.")
            .Query(ApiPaths.FiltersQuery, "A JSON object of lists: dangling, driver, id, label, name, scope, type.")
            .Answers<IReadOnlyList<NetworkResource>>();
        routes.MapPost(ApiPaths.NetworkCreate, CreateAsync)
            .Describe("NetworkCreate", "Makes a network.")
            .Takes<Api.Networks.NetworkCreateRequest>()
            .Answers<NetworkCreateResponse>(StatusCodes.Status201Created)
            .Explains()
            .Refuses(
                StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict,
                StatusCodes.Status501NotImplemented);
        routes.MapPost(ApiPaths.NetworkPrune, PruneAsync)
            .Describe("NetworkPrune", "Removes the networks that no container uses.")
            .Query(ApiPaths.FiltersQuery, "A JSON object of lists: label, label!, until.")
            .Answers<NetworkPruneResponse>()
            .Explains();
        routes.MapGet(ApiPaths.Network, InspectAsync)
            .Describe("NetworkInspect", "Describes a network and its endpoints.")
            .Query(ApiPaths.ScopeQuery, "Only a network of this scope; all have local.")
            .Query(ApiPaths.VerboseQuery, "true: also the traffic of its published ports.")
            .Answers<NetworkResource>();
        routes.MapDelete(ApiPaths.Network, RemoveAsync)
            .Describe("NetworkDelete", "Removes a network that no container uses.")
            .Query(ApiPaths.ForceQuery, "1: also one of Docker Engine's, which the Engine no longer knows.")
            .Answers(StatusCodes.Status204NoContent)
            .Explains()
            .Refuses(StatusCodes.Status403Forbidden, StatusCodes.Status409Conflict);
        routes.MapPost(ApiPaths.NetworkConnect, ConnectAsync)
            .Describe("NetworkConnect", "Connects a container to a network.")
            .Takes<NetworkConnectRequest>()
            .Answers(StatusCodes.Status200OK)
            .Explains()
            .Refuses(StatusCodes.Status403Forbidden, StatusCodes.Status409Conflict, StatusCodes.Status501NotImplemented);
        routes.MapPost(ApiPaths.NetworkDisconnect, DisconnectAsync)
            .Describe("NetworkDisconnect", "Disconnects a container from a network.")
            .Takes<NetworkDisconnectRequest>()
            .Answers(StatusCodes.Status200OK)
            .Explains()
            .Refuses(StatusCodes.Status403Forbidden, StatusCodes.Status409Conflict);
    }

    private Task ListAsync(HttpContext context)
    {
        NetworkFilter filter = NetworkFilter.Parse(context.Request.Query[ApiPaths.FiltersQuery]);
        ModelSnapshot model = controller.Snapshot;
        var view = new NetworkView(model);
        return context.WriteJsonAsync(
            [.. model.Networks.Where(n => filter.Matches(n, model)).Select(n => view.Of(n, withContainers: false))],
            ApiJson.Wire.IReadOnlyListNetworkResource);
    }

    private async Task InspectAsync(HttpContext context)
    {
        ModelSnapshot snapshot = controller.Snapshot;
        if (context.Parameter(ApiPaths.ScopeQuery) is not (null or "" or "local"))
        {
            throw new CnmException(CnmErrorKind.NotFound, $"network {context.Reference()} not found: all networks here are local");
        }

        NetworkResource network = new NetworkView(snapshot).Of(snapshot.FindNetwork(context.Reference()), withContainers: true);
        if (context.HasFlag(ApiPaths.VerboseQuery))
        {
            network =
                network with { PublishedPorts = TrafficView.Of(await controller.ReadTrafficAsync(network.Id, context.RequestAborted)) };
        }

        await context.WriteJsonAsync(network, ApiJson.Wire.NetworkResource);
    }

    private async Task CreateAsync(HttpContext context)
    {
        Api.Networks.NetworkCreateRequest body = context.ReadJson(ApiJson.Wire.NetworkCreateRequest);
        Controller.Requests.NetworkCreateRequest request = Parse(defaults.Complete(body));
        await context.AnswerAsync(controller.CreateNetwork(request), created =>
        {
            context.Response.StatusCode = StatusCodes.Status201Created;
            return context.WriteJsonAsync(
                new NetworkCreateResponse { Id = created.Network.Id.Value, Warning = string.Join("; ", Warnings(created)) },
                ApiJson.Wire.NetworkCreateResponse);
        });
    }

    private Task RemoveAsync(HttpContext context) =>
        context.AnswerAsync(
            controller.RemoveNetwork(context.Reference(), context.HasFlag(ApiPaths.ForceQuery)), StatusCodes.Status204NoContent);

    private Task PruneAsync(HttpContext context)
    {
        var filter = PruneFilter.Parse(context.Request.Query[ApiPaths.FiltersQuery], time.GetUtcNow());
        return context.AnswerAsync(controller.PruneNetworks(filter.Matches), removed =>
        {
            controller.Events.AddPrune(EventKind.Network, time.GetUtcNow());
            return context.WriteJsonAsync(
                new NetworkPruneResponse { NetworksDeleted = removed.Count > 0 ? [.. removed.Select(network => network.Name)] : null },
                ApiJson.Wire.NetworkPruneResponse);
        });
    }

    private async Task ConnectAsync(HttpContext context)
    {
        NetworkConnectRequest body = context.ReadJson(ApiJson.Wire.NetworkConnectRequest);
        var request = new ConnectRequest
        {
            Sandbox = Required(body.Container, "Container"),
            Endpoint = EndpointRequests.Parse(context.Reference(), body.EndpointConfig),
        };
        await context.AnswerAsync(controller.Connect(request), StatusCodes.Status200OK);
    }

    private async Task DisconnectAsync(HttpContext context)
    {
        NetworkDisconnectRequest body = context.ReadJson(ApiJson.Wire.NetworkDisconnectRequest);
        string sandbox = Required(body.Container, "Container");
        await context.AnswerAsync(controller.Disconnect(context.Reference(), sandbox), StatusCodes.Status200OK);
    }

    private static IEnumerable<string> Warnings(Controller.Requests.NetworkCreated created) =>
        BridgeWarnings.Of(created.Network) is { } warning ? [.. created.Warnings, warning] : created.Warnings;

    private static Controller.Requests.NetworkCreateRequest Parse(Api.Networks.NetworkCreateRequest body)
    {
        RefuseUnsupportedFields(body);
        return new Controller.Requests.NetworkCreateRequest
        {
            Name = body.Name ?? "",
            Driver = string.IsNullOrEmpty(body.Driver) ? "bridge" : body.Driver,
            Internal = body.Internal,
            Attachable = body.Attachable,
            EnableIPv4 = body.EnableIPv4 ?? true,
            EnableIPv6 = body.EnableIPv6 ?? false,
            IpamDriver = string.IsNullOrEmpty(body.IPAM?.Driver) ? "default" : body.IPAM.Driver,
            IpamOptions = body.IPAM?.Options ?? new Dictionary<string, string>(),
            Subnets = [.. (body.IPAM?.Config ?? []).Select(p => SubnetRequest.Parse(p.Subnet, p.IPRange, p.Gateway, p.AuxiliaryAddresses))],
            Options = body.Options ?? new Dictionary<string, string>(),
            Labels = body.Labels ?? new Dictionary<string, string>(),
        };
    }

    private static void RefuseUnsupportedFields(Api.Networks.NetworkCreateRequest body)
    {
        string? unsupported = body switch
        {
            { Ingress: true } => "Ingress",
            { ConfigOnly: true } => "ConfigOnly",
            { ConfigFrom.Network.Length: > 0 } => "ConfigFrom",
            { Scope: not (null or "" or "local") } => "Scope",
            _ => null,
        };
        if (unsupported is not null)
        {
            throw new CnmException(
                CnmErrorKind.NotImplemented, $"network \"{body.Name}\": {unsupported} is not supported by netctl; leave it out");
        }
    }

    private static string Required(string? value, string field) =>
        !string.IsNullOrEmpty(value)
            ? value
            : throw new CnmException(CnmErrorKind.InvalidParameter, $"the request has no {field}; name the container");
}
