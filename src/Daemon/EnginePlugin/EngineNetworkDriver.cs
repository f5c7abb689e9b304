using System.Text.Json;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;
using Net.Cnm.Plugins;
using Net.Controller.Foreign;
using Net.Controller.Requests;

namespace Net.Daemon.EnginePlugin;

/// <summary>Docker's remote network driver, as the Engine calls it.</summary>
/// <param name="driver">Does what is asked for.</param>
internal sealed class EngineNetworkDriver(ForeignDriver driver)
{
    /// <summary>Adds the methods.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        EngineJson json = EngineJson.Default;
        routes.MapMethod(
            "NetworkDriver.GetCapabilities",
            json.EmptyMessage,
            json.NetworkCapabilitiesAnswer,
            _ => Task.FromResult(new NetworkCapabilitiesAnswer("local", "local", GwAllocChecker: true)));
        routes.MapMethod("NetworkDriver.GwAllocCheck", json.NetworkMessage, json.GatewayCheckAnswer, CheckGatewaysAsync);
        routes.MapMethod(
            "NetworkDriver.CreateNetwork", json.NetworkMessage, message => driver.CreateNetworkAsync(EngineNetworks.Read(message)));
        routes.MapMethod(
            "NetworkDriver.DeleteNetwork",
            json.NetworkMessage,
            message => driver.RemoveNetworkAsync(EngineIds.Network(message.NetworkID)));
        routes.MapMethod("NetworkDriver.CreateEndpoint", json.EndpointMessage, json.CreateEndpointAnswer, CreateEndpointAsync);
        routes.MapMethod(
            "NetworkDriver.EndpointOperInfo",
            json.EndpointMessage,
            json.OperationalAnswer,
            _ => Task.FromResult(new OperationalAnswer([])));
        routes.MapMethod("NetworkDriver.Join", json.EndpointMessage, json.JoinAnswer, JoinAsync);
        routes.MapMethod(
            "NetworkDriver.ProgramExternalConnectivity",
            json.EndpointMessage,
            message => driver.PublishAsync(
                EngineIds.Endpoint(message.EndpointID), EnginePorts.Read(message.Options), EnginePorts.IsIPv4Only(message.Options)));
        routes.MapMethod(
            "NetworkDriver.RevokeExternalConnectivity",
            json.EndpointMessage,
            message => driver.UnpublishAsync(EngineIds.Endpoint(message.EndpointID)));

        // The link is moved back by the Engine; it is removed with the endpoint.
        routes.MapEnd(
            "NetworkDriver.Leave",
            json.EndpointMessage,
            message => driver.UnpublishAsync(EngineIds.Endpoint(message.EndpointID)),
            () => driver.RemoveLostAsync());
        routes.MapEnd(
            "NetworkDriver.DeleteEndpoint",
            json.EndpointMessage,
            message => driver.RemoveEndpointAsync(EngineIds.Endpoint(message.EndpointID)),
            () => driver.RemoveLostAsync());

        // They come from clusters alone.
        foreach (string method in (string[])["AllocateNetwork", "FreeNetwork", "DiscoverNew", "DiscoverDelete"])
        {
            routes.MapMethod($"NetworkDriver.{method}", json.EmptyMessage, _ => Task.CompletedTask);
        }
    }

    private async Task<GatewayCheckAnswer> CheckGatewaysAsync(NetworkMessage message)
    {
        GatewaySkips skips = await driver.CheckGatewaysAsync(EngineNetworks.ReadUnmade(message));
        return new GatewayCheckAnswer(skips.IPv4, skips.IPv6);
    }

    private async Task<CreateEndpointAnswer> CreateEndpointAsync(EndpointMessage message)
    {
        EngineOptions.RequireKnown(
            (message.Options ?? []).Where(option => option.Value.ValueKind == JsonValueKind.String).Select(option => option.Key),
            "an endpoint",
            "--driver-opt");
        InterfaceMessage given = message.Interface ?? new InterfaceMessage(null, null, null);
        var request = new ForeignEndpointRequest
        {
            Network = EngineIds.Network(message.NetworkID),
            Id = EngineIds.Endpoint(message.EndpointID),
            IPv4 = Address(given.Address, "Address", ipv6: false),
            IPv6 = Address(given.AddressIPv6, "AddressIPv6", ipv6: true),
            MacAddress = string.IsNullOrEmpty(given.MacAddress) ? null
                : MacAddress.TryParse(given.MacAddress, out MacAddress mac) ? mac
                : throw new CnmException(
                    CnmErrorKind.InvalidParameter, $"MacAddress \"{given.MacAddress}\" is no Ethernet address"),
        };
        Cnm.Endpoints.Endpoint endpoint = await driver.CreateEndpointAsync(request);
        return new CreateEndpointAnswer(
            new ChosenInterface(request.MacAddress is null ? endpoint.MacAddress?.ToString() : null));
    }

    private async Task<JoinAnswer> JoinAsync(EndpointMessage message)
    {
        ForeignLink link = await driver.JoinAsync(EngineIds.Endpoint(message.EndpointID), message.SandboxKey ?? "");
        return new JoinAnswer(
            new JoinedLink(link.Name, link.Prefix),
            link.GatewayIPv4?.ToString() ?? "",
            link.GatewayIPv6?.ToString() ?? "",
            [.. link.RoutedFamilies.Select(ipv6 => new JoinedRoute(ipv6 ? "::/0" : "0.0.0.0/0", RouteType: 1, NextHop: ""))],
            DisableGatewayService: link.IsNeverWayOut);
    }

    private static InterfaceAddress? Address(string? text, string field, bool ipv6) =>
        string.IsNullOrEmpty(text) ? null
        : InterfaceAddress.TryParse(text, out InterfaceAddress? address) && address.IsIPv6 == ipv6 ? address
        : throw new CnmException(
            CnmErrorKind.InvalidParameter, $"{field} \"{text}\" is no {(ipv6 ? "IPv6" : "IPv4")} address with a prefix length");
}
