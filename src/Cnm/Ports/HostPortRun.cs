using Net.Cnm.Identifiers;

namespace Net.Cnm.Ports;

/// <summary>A run of consecutive host ports that one sandbox has published.</summary>
/// <param name="First">The first host port.</param>
/// <param name="Last">The last host port.</param>
/// <param name="Holder">The sandbox that has published the ports.</param>
public readonly record struct HostPortRun(ushort First, ushort Last, SandboxId Holder)
{
    /// <summary>Orders runs by their first port. The order is total only for runs that do not overlap.</summary>
    internal static IComparer<HostPortRun> ByFirst { get; } = Comparer<HostPortRun>.Create((a, b) => a.First.CompareTo(b.First));
}
