using System.Text.Json.Serialization;

using Net.Cnm.Processes;
using Net.Shims.States;

namespace Net.Shims.Wire;

/// <summary>The JSON that is sent between daemon and shim and written to the state file.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true, // computed properties are not stored
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StartRequest))]
[JsonSerializable(typeof(StopRequest))]
[JsonSerializable(typeof(ProcessConfig))]
[JsonSerializable(typeof(Failure))]
[JsonSerializable(typeof(ShimRecord))]
internal sealed partial class WireJson : JsonSerializerContext;
