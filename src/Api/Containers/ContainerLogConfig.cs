namespace Net.Api.Containers;

/// <summary>How the output of a container's command is kept, as in Docker's <c>HostConfig</c>.</summary>
public sealed record ContainerLogConfig
{
    /// <summary>The only type.</summary>
    public const string JsonFile = "json-file";

    /// <summary>Docker's word for output that is kept in files; <c>json-file</c>. Null or empty in a request: the same.</summary>
    public string? Type { get; init; } = JsonFile;

    /// <summary><c>max-size</c>, such as 10m, and <c>max-file</c>, such as 3. What is absent is as the daemon is set.</summary>
    public IReadOnlyDictionary<string, string>? Config { get; init; } = new Dictionary<string, string>();
}
