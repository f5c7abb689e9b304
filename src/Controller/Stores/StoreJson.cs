using System.Text.Json.Serialization;
using Net.Cnm.Endpoints;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;

namespace Net.Controller.Stores;

/// <summary>How objects stand in the store's JSON columns. Part of the schema: a change here that old rows do not fit is a new schema version.</summary>
[JsonSourceGenerationOptions(
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters =
    [
        typeof(NetworkIdJson), typeof(EndpointIdJson), typeof(SandboxIdJson), typeof(AddressJson), typeof(SubnetJson), typeof(InterfaceAddressJson),
        typeof(MacAddressJson),
    ])]
[JsonSerializable(typeof(Network))]
[JsonSerializable(typeof(Endpoint))]
[JsonSerializable(typeof(Sandbox))]
[JsonSerializable(typeof(Tombstone))]
internal sealed partial class StoreJson : JsonSerializerContext;
