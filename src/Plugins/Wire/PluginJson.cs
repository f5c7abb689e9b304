using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Net.Plugins.Wire;

/// <summary>The serializer of the protocol. As with Go's decoder, the case of names does not matter and unknown fields are
/// ignored.</summary>
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(PluginAnswer))]
[JsonSerializable(typeof(PluginDescription))]
[JsonSerializable(typeof(ActivateAnswer))]
[JsonSerializable(typeof(NetworkCapabilitiesAnswer))]
[JsonSerializable(typeof(GatewayCheckRequest))]
[JsonSerializable(typeof(GatewayCheckAnswer))]
[JsonSerializable(typeof(CreateNetworkRequest))]
[JsonSerializable(typeof(NetworkRequest))]
[JsonSerializable(typeof(EndpointRequest))]
[JsonSerializable(typeof(CreateEndpointRequest))]
[JsonSerializable(typeof(CreateEndpointAnswer))]
[JsonSerializable(typeof(JoinRequest))]
[JsonSerializable(typeof(JoinAnswer))]
[JsonSerializable(typeof(ConnectivityRequest))]
[JsonSerializable(typeof(IpamCapabilitiesAnswer))]
[JsonSerializable(typeof(AddressSpacesAnswer))]
[JsonSerializable(typeof(RequestPoolRequest))]
[JsonSerializable(typeof(RequestPoolAnswer))]
[JsonSerializable(typeof(ReleasePoolRequest))]
[JsonSerializable(typeof(RequestAddressRequest))]
[JsonSerializable(typeof(RequestAddressAnswer))]
[JsonSerializable(typeof(ReleaseAddressRequest))]
[JsonSerializable(typeof(PortMap[]))]
[JsonSerializable(typeof(ServedPort[]))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(string))]
internal sealed partial class PluginJson : JsonSerializerContext
{
    /// <summary>A request as the bytes of its JSON, with the line feed that Go's encoder adds.</summary>
    public static byte[] Bytes<T>(T request, JsonTypeInfo<T> type) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(request, type), (byte)'\n'];
}
