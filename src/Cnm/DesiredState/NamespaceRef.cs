namespace Net.Cnm.DesiredState;

/// <summary>The network namespace that an object lives in: the daemon's own, or one that is bound to a file.</summary>
/// <remarks>A namespace is its path. Two references with the same path are equal whatever their display names are, since a container can be
/// renamed.</remarks>
public readonly record struct NamespaceRef
{
    // No path can be this: a path is absolute and begins with a slash.
    private const string HostKey = "host";

    private NamespaceRef(string path, string name)
    {
        Path = path;
        Name = name;
    }

    /// <summary>The namespace that the daemon runs in.</summary>
    public static NamespaceRef Host => default;

    /// <summary>The file that the namespace is bound to; null for the host's.</summary>
    public string? Path { get; }

    /// <summary>The display name, as in <c>ip -n NAME</c>: the container's name; null for the host's. No part of equality or of any
    /// key.</summary>
    public string? Name { get; }

    /// <summary>Identifies the namespace in keys of desired objects: its path, or <c>host</c>.</summary>
    public string Key => Path ?? HostKey;

    /// <summary>Whether this is the namespace that the daemon runs in.</summary>
    public bool IsHost => Path is null;

    /// <summary>A namespace that is bound to a file.</summary>
    /// <param name="path">An absolute path, such as EXEC_ROOT/netns/ID.</param>
    /// <param name="name">The container's name, for explanations and messages.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is not absolute.</exception>
    public static NamespaceRef At(string path, string name) => System.IO.Path.IsPathRooted(path)
        ? new(path, name)
        : throw new ArgumentException($"the path of a namespace must be absolute, not \"{path}\"", nameof(path));

    /// <summary>Whether both are the same namespace: the host's, or bound to the same path.</summary>
    public bool Equals(NamespaceRef other) => string.Equals(Path, other.Path, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Path is null ? 0 : StringComparer.Ordinal.GetHashCode(Path);

    /// <summary>The display name, for messages; <c>host</c> for the host's.</summary>
    public override string ToString() => Name ?? HostKey;
}
