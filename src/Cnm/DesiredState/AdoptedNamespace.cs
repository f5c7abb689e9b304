namespace Net.Cnm.DesiredState;

/// <summary>A network namespace that another program made and that a sandbox uses: bound to a file of ours, with loopback up. Its own
/// links, addresses and routes stay as they are, also when the sandbox is removed.</summary>
public sealed record AdoptedNamespace : DesiredObject
{
    /// <summary>The namespace as the sandbox has it; never the host's.</summary>
    public required NamespaceRef Namespace { get; init; }

    /// <summary>Where the namespace is found: a file that it is bound to, such as /run/netns/NAME, or /proc/PID/ns/net.</summary>
    public required string Source { get; init; }

    /// <summary>For a process, its start time in clock ticks since boot, so that another process with its id is not taken for it; null for
    /// a file.</summary>
    public ulong? StartTicks { get; init; }

    /// <inheritdoc/>
    public override string Key => $"namespace:{Namespace.Path}";

    /// <inheritdoc/>
    public override IEnumerable<ObjectPlace> Places => [new(Namespace)];

    /// <inheritdoc/>
    public override bool KeepsPlaces => true;
}
