using System.Text.Json.Serialization;

using Net.Cnm.Processes;
using Net.Shims.States;

namespace Net.Shims.Wire;

/// <summary>The JSON that goes between daemon and shim and into the state file.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true, // what is computed is not kept
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StartRequest))]
[JsonSerializable(typeof(StopRequest))]
[JsonSerializable(typeof(ProcessConfig))]
[JsonSerializable(typeof(Failure))]
[JsonSerializable(typeof(ShimRecord))]
internal sealed partial class WireJson : JsonSerializerContext;
