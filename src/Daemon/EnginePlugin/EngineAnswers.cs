using System.Text.Json.Serialization;

namespace Net.Daemon.EnginePlugin;

// The documents that are sent to Docker Engine.

/// <summary>An error: <c>Err</c> is where the Engine looks for that of a network driver, <c>Error</c> for that of an IPAM driver.</summary>
internal sealed record ErrorAnswer(string Err, string Error);

/// <summary>An answer that says nothing but that all is well.</summary>
internal sealed record EmptyAnswer;

/// <summary>The answer to <c>Plugin.Activate</c>.</summary>
internal sealed record ActivateAnswer(string[] Implements);

/// <summary>The answer to <c>NetworkDriver.GetCapabilities</c>.</summary>
internal sealed record NetworkCapabilitiesAnswer(string Scope, string ConnectivityScope, bool GwAllocChecker);

/// <summary>The answer to <c>NetworkDriver.GwAllocCheck</c>: for which families no gateway address has to be reserved.</summary>
internal sealed record GatewayCheckAnswer(bool SkipIPv4, bool SkipIPv6);

/// <summary>What was chosen of an endpoint. A field that the Engine has set itself stays away: it may not be set again.</summary>
internal sealed record ChosenInterface([property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? MacAddress);

/// <summary>The answer to <c>NetworkDriver.CreateEndpoint</c>.</summary>
internal sealed record CreateEndpointAnswer(ChosenInterface Interface);

/// <summary>The answer to <c>NetworkDriver.EndpointOperInfo</c>.</summary>
internal sealed record OperationalAnswer(Dictionary<string, string> Value);

/// <summary>The link that the Engine is to take, and the prefix of its name in the container.</summary>
internal sealed record JoinedLink(string SrcName, string DstPrefix);

/// <summary>A route of the container; RouteType 1 leads by the link itself.</summary>
internal sealed record JoinedRoute(string Destination, int RouteType, string NextHop);

/// <summary>The answer to <c>NetworkDriver.Join</c>. With a gateway the driver connects the container to the outside and publishes its
/// ports; without one the Engine does, by its network docker_gwbridge, unless the gateway service is disabled.</summary>
internal sealed record JoinAnswer(
    JoinedLink InterfaceName, string Gateway, string GatewayIPv6, JoinedRoute[] StaticRoutes, bool DisableGatewayService);

/// <summary>The answer to <c>IpamDriver.GetCapabilities</c>.</summary>
internal sealed record IpamCapabilitiesAnswer(bool RequiresMACAddress, bool RequiresRequestReplay);

/// <summary>The answer to <c>IpamDriver.GetDefaultAddressSpaces</c>.</summary>
internal sealed record AddressSpacesAnswer(string LocalDefaultAddressSpace, string GlobalDefaultAddressSpace);

/// <summary>The answer to <c>IpamDriver.RequestPool</c>.</summary>
internal sealed record PoolAnswer(string PoolID, string Pool, Dictionary<string, string> Data);

/// <summary>The answer to <c>IpamDriver.RequestAddress</c>.</summary>
internal sealed record AddressAnswer(string Address, Dictionary<string, string> Data);

/// <summary>The serializer of the protocol. As with Go's decoder, the case of names does not matter and unknown fields are
/// ignored.</summary>
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(EmptyMessage))]
[JsonSerializable(typeof(NetworkMessage))]
[JsonSerializable(typeof(EndpointMessage))]
[JsonSerializable(typeof(PortMessage[]))]
[JsonSerializable(typeof(IpamMessage))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(EmptyAnswer))]
[JsonSerializable(typeof(ActivateAnswer))]
[JsonSerializable(typeof(NetworkCapabilitiesAnswer))]
[JsonSerializable(typeof(GatewayCheckAnswer))]
[JsonSerializable(typeof(CreateEndpointAnswer))]
[JsonSerializable(typeof(OperationalAnswer))]
[JsonSerializable(typeof(JoinAnswer))]
[JsonSerializable(typeof(IpamCapabilitiesAnswer))]
[JsonSerializable(typeof(AddressSpacesAnswer))]
[JsonSerializable(typeof(PoolAnswer))]
[JsonSerializable(typeof(AddressAnswer))]
internal sealed partial class EngineJson : JsonSerializerContext;
