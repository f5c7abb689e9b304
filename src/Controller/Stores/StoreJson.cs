using System.Text.Json.Serialization;
using Net.Cnm.Endpoints;
using Net.Cnm.Ipam;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;

namespace Net.Controller.Stores;

/// <summary>The serializer for the JSON columns of the store. The JSON is part of the schema: a change that cannot read old rows needs a
/// new schema version.</summary>
[JsonSourceGenerationOptions(
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters =
    [
        typeof(NetworkIdJson), typeof(EndpointIdJson), typeof(SandboxIdJson), typeof(AddressJson), typeof(SubnetJson),
        typeof(InterfaceAddressJson), typeof(MacAddressJson),
    ])]
[JsonSerializable(typeof(Network))]
[JsonSerializable(typeof(Endpoint))]
[JsonSerializable(typeof(Sandbox))]
[JsonSerializable(typeof(Tombstone))]
[JsonSerializable(typeof(ForeignPool))]
[JsonSerializable(typeof(SandboxDescription))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class StoreJson : JsonSerializerContext;
