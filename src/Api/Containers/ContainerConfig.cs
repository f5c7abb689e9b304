using System.Text.Json.Serialization;

namespace Net.Api.Containers;

/// <summary>The settings of a container's command.</summary>
public sealed record ContainerConfig
{
    /// <summary>The container's host name.</summary>
    public string Hostname { get; init; } = "";

    /// <summary>Docker's domain name; empty here, since a host name may have dots.</summary>
    public string Domainname { get; init; } = "";

    /// <summary>The command's user; empty for root.</summary>
    public string User { get; init; } = "";

    /// <summary>Exposed ports as keys, e.g. <c>80/tcp</c>; the values are empty objects, as in Docker. Null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, EmptyObject>? ExposedPorts { get; init; }

    /// <summary>Docker's note of how its client made the container; always false here.</summary>
    public bool AttachStdin { get; init; }

    /// <summary>As <see cref="AttachStdin"/>.</summary>
    public bool AttachStdout { get; init; }

    /// <summary>As <see cref="AttachStdin"/>.</summary>
    public bool AttachStderr { get; init; }

    /// <summary>As <see cref="AttachStdin"/>. The input of a command ends with that of the client that has started it.</summary>
    public bool StdinOnce { get; init; }

    /// <summary>Whether the command has a pseudo-terminal.</summary>
    public bool Tty { get; init; }

    /// <summary>Whether its standard input is kept open for clients.</summary>
    public bool OpenStdin { get; init; }

    /// <summary>The environment variables, each <c>KEY=VALUE</c>.</summary>
    public IReadOnlyList<string>? Env { get; init; }

    /// <summary>The program and its arguments; null or empty for a container without a command.</summary>
    public IReadOnlyList<string>? Cmd { get; init; }

    /// <summary>How it is found out whether it works; null when nothing was said of that.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HealthConfig? Healthcheck { get; init; }

    /// <summary>Docker's image; empty here, since there are no images.</summary>
    public string Image { get; init; } = "";

    /// <summary>Docker's volumes as keys; null here.</summary>
    public IReadOnlyDictionary<string, EmptyObject>? Volumes { get; init; }

    /// <summary>Words before <see cref="Cmd"/>; null here.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>The working directory.</summary>
    public string WorkingDir { get; init; } = "";

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}
