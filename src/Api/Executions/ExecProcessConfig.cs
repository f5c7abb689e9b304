using System.Text.Json.Serialization;

namespace Net.Api.Executions;

/// <summary>The command of an <see cref="ExecDetails"/>.</summary>
public sealed record ExecProcessConfig
{
    /// <summary>Whether it has a pseudo-terminal.</summary>
    [JsonPropertyName("tty")]
    public bool Tty { get; init; }

    /// <summary>The program.</summary>
    [JsonPropertyName("entrypoint")]
    public required string Entrypoint { get; init; }

    /// <summary>Its arguments.</summary>
    [JsonPropertyName("arguments")]
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Docker's flag for all rights of root; false, as no rights are taken away here.</summary>
    [JsonPropertyName("privileged")]
    public bool Privileged { get; init; }

    /// <summary>Whose rights it has; empty for root.</summary>
    [JsonPropertyName("user")]
    public string User { get; init; } = "";
}
