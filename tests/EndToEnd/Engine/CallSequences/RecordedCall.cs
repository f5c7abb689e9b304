using System.Text.Json.Nodes;

namespace Net.Tests.EndToEnd.Engine.CallSequences;

/// <summary>A call of Docker Engine to its driver.</summary>
/// <param name="Method">The object and the method, such as <c>NetworkDriver.Join</c>.</param>
/// <param name="Request">The document; null for none.</param>
internal sealed record RecordedCall(string Method, JsonObject? Request)
{
    private static readonly string[] WithoutEffect =
    [
        "NetworkDriver.EndpointOperInfo", "NetworkDriver.GetCapabilities", "IpamDriver.GetCapabilities",
        "IpamDriver.GetDefaultAddressSpaces",
    ];

    /// <summary>The network's id; empty for none.</summary>
    public string Network => Text("NetworkID");

    /// <summary>The endpoint's id; empty for none.</summary>
    public string Endpoint => Text("EndpointID");

    /// <summary>Whether it asks for something to be done, and not only for what is.</summary>
    public bool HasEffect => !WithoutEffect.Contains(Method, StringComparer.Ordinal);

    /// <summary>A field that is a text.</summary>
    public string Text(string field) => (string?)Request?[field] ?? "";

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Endpoint[..Math.Min(6, Endpoint.Length)]}".TrimEnd();
}
