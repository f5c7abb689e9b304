namespace Net.Cnm.DesiredState;

/// <summary>Which network namespace an object lives in: the daemon's own, or one bound to a path.</summary>
public readonly record struct NamespaceRef
{
    private NamespaceRef(string path, string name)
    {
        Path = path;
        Name = name;
    }

    /// <summary>The namespace the daemon runs in.</summary>
    public static NamespaceRef Host => default;

    /// <summary>The file that the namespace is bound to; null for the host's.</summary>
    public string? Path { get; }

    /// <summary>What a person would call it, as in <c>ip -n NAME</c>: the container's name; null for the host's.</summary>
    public string? Name { get; }

    /// <summary>Whether this is the namespace the daemon runs in.</summary>
    public bool IsHost => Path is null;

    /// <summary>A namespace bound to a path.</summary>
    /// <param name="path">An absolute path, such as EXEC_ROOT/netns/ID.</param>
    /// <param name="name">The container's name, for explanations and messages.</param>
    public static NamespaceRef At(string path, string name) => new(path, name);

    /// <inheritdoc/>
    public override string ToString() => Name ?? "host";
}
