namespace Net.Cnm.DesiredState;

/// <summary>The network namespace that an object lives in: the daemon's own, or one that is bound to a file.</summary>
/// <remarks>The path alone identifies a namespace. Two references with the same path are equal even if their display names differ, since a
/// container can be renamed.</remarks>
public readonly record struct NamespaceRef
{
    // No path equals this key, since every path is absolute and begins with a slash.
    private const string HostKey = "host";

    private NamespaceRef(string path, string name)
    {
        Path = path;
        Name = name;
    }

    /// <summary>The namespace that the daemon runs in.</summary>
    public static NamespaceRef Host => default;

    /// <summary>The file that the namespace is bound to; null for the namespace of the daemon.</summary>
    public string? Path { get; }

    /// <summary>The display name, as in <c>ip -n NAME</c>: the container's name; null for the namespace of the daemon. It takes no part in
    /// equality or in keys.</summary>
    public string? Name { get; }

    /// <summary>The identity of the namespace in the keys of desired objects: its path, or <c>host</c> for the namespace of the
    /// daemon.</summary>
    public string Key => Path ?? HostKey;

    /// <summary>Whether this is the namespace that the daemon runs in.</summary>
    public bool IsHost => Path is null;

    /// <summary>Refers to a namespace that is bound to a file.</summary>
    /// <param name="path">An absolute path, such as EXEC_ROOT/netns/ID.</param>
    /// <param name="name">The container's name, which is shown in explanations and messages.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is not absolute.</exception>
    public static NamespaceRef At(string path, string name) => System.IO.Path.IsPathRooted(path)
        ? new(path, name)
        : throw new ArgumentException($"the path of a namespace must be absolute, not \"{path}\"", nameof(path));

    /// <summary>Whether both refer to the same namespace: that of the daemon, or the one bound to the same path.</summary>
    public bool Equals(NamespaceRef other) => string.Equals(Path, other.Path, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Path is null ? 0 : StringComparer.Ordinal.GetHashCode(Path);

    /// <summary>The display name, for messages; <c>host</c> for the namespace of the daemon.</summary>
    public override string ToString() => Name ?? HostKey;
}
