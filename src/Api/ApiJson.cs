using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Net.Api.Containers;
using Net.Api.Containers.Statistics;
using Net.Api.Daemons;
using Net.Api.Dns;
using Net.Api.Events;
using Net.Api.Executions;
using Net.Api.Networks;

namespace Net.Api;

/// <summary>The JSON of every document that crosses the API, generated at build time. Use <see cref="Wire"/>.</summary>
/// <remarks>Field names are those of Docker Engine and are matched without regard to case, as in Go. An absent field is read as null, zero
/// or false, not as the initial value of the type: code must treat null and empty alike.</remarks>
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(NetworkResource))]
[JsonSerializable(typeof(IReadOnlyList<NetworkResource>))]
[JsonSerializable(typeof(NetworkCreateRequest))]
[JsonSerializable(typeof(NetworkCreateResponse))]
[JsonSerializable(typeof(NetworkPruneResponse))]
[JsonSerializable(typeof(NetworkConnectRequest))]
[JsonSerializable(typeof(NetworkDisconnectRequest))]
[JsonSerializable(typeof(ContainerSummary))]
[JsonSerializable(typeof(IReadOnlyList<ContainerSummary>))]
[JsonSerializable(typeof(ContainerDetails))]
[JsonSerializable(typeof(ContainerCreateRequest))]
[JsonSerializable(typeof(ContainerCreateResponse))]
[JsonSerializable(typeof(ContainerTop))]
[JsonSerializable(typeof(ContainerStats))]
[JsonSerializable(typeof(ContainerUpdateRequest))]
[JsonSerializable(typeof(ContainerUpdateResponse))]
[JsonSerializable(typeof(ContainerPruneResponse))]
[JsonSerializable(typeof(PublishRequest))]
[JsonSerializable(typeof(PublishResponse))]
[JsonSerializable(typeof(WaitResponse))]
[JsonSerializable(typeof(ExecCreateRequest))]
[JsonSerializable(typeof(ExecCreateResponse))]
[JsonSerializable(typeof(ExecStartRequest))]
[JsonSerializable(typeof(ExecDetails))]
[JsonSerializable(typeof(ErrorResponse))]
[JsonSerializable(typeof(VersionResponse))]
[JsonSerializable(typeof(VersionReport))]
[JsonSerializable(typeof(SystemInfo))]
[JsonSerializable(typeof(DryRunResponse))]
[JsonSerializable(typeof(DiffResponse))]
[JsonSerializable(typeof(MendResponse))]
[JsonSerializable(typeof(RestoreResponse))]
[JsonSerializable(typeof(DnsQueryResponse))]
[JsonSerializable(typeof(DnsStatsResponse))]
[JsonSerializable(typeof(DnsLogLine))]
[JsonSerializable(typeof(EventMessage))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, IReadOnlyDictionary<string, bool>>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, IReadOnlyList<string>>))]
[JsonSerializable(typeof(JsonElement))]
public sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>The only instance. It escapes no more than JSON requires, since no document is put into a web page.</summary>
    public static ApiJson Wire { get; } = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNameCaseInsensitive = true,
        Converters = { new UtcTimeConverter() },
    });
}
