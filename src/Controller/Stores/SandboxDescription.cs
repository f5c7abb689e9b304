using System.Text.Json;
using Net.Cnm.Endpoints;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;

namespace Net.Controller.Stores;

/// <summary>All that the store has of one running sandbox: enough to take it up again without the store.</summary>
/// <param name="Sandbox">The sandbox.</param>
/// <param name="Endpoints">Its endpoints.</param>
/// <param name="Networks">The networks of the endpoints, and the predefined ones.</param>
internal sealed record SandboxDescription(Sandbox Sandbox, IReadOnlyList<Endpoint> Endpoints, IReadOnlyList<Network> Networks)
{
    /// <summary>Describes a sandbox of a model.</summary>
    public static SandboxDescription Of(ModelSnapshot model, Sandbox sandbox)
    {
        IReadOnlyList<Endpoint> endpoints = model.EndpointsOf(sandbox.Id);
        IEnumerable<Network> networks = model.NetworksById.Values.Where(network => network.IsPredefined)
            .Concat(endpoints.Select(endpoint => model[endpoint.Network]))
            .DistinctBy(network => network.Id)
            .OrderBy(network => network.Id.Value, StringComparer.Ordinal); // the same bytes in each process
        return new SandboxDescription(sandbox, endpoints, [.. networks]);
    }

    /// <summary>Reads what <see cref="ToBytes"/> has written.</summary>
    /// <exception cref="JsonException">It is damaged.</exception>
    public static SandboxDescription Parse(byte[] bytes) =>
        JsonSerializer.Deserialize(bytes, StoreJson.Default.SandboxDescription) is
        { Sandbox: not null, Endpoints: not null, Networks: not null } description
            ? description
            : throw new JsonException("it lacks a part");

    /// <summary>The description as JSON.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, StoreJson.Default.SandboxDescription);
}
