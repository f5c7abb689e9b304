using Net.Cnm.Identifiers;

namespace Net.Cnm.Ports;

/// <summary>Consecutive host ports of one sandbox.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last.</param>
/// <param name="Holder">Who has published them.</param>
public readonly record struct HostPortRun(ushort First, ushort Last, SandboxId Holder)
{
    /// <summary>Orders runs that do not overlap.</summary>
    internal static IComparer<HostPortRun> ByFirst { get; } = Comparer<HostPortRun>.Create((a, b) => a.First.CompareTo(b.First));
}
