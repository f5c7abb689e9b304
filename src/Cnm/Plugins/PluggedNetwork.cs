namespace Net.Cnm.Plugins;

/// <summary>What of a network belongs to plug-ins.</summary>
/// <param name="HasDriver">Whether its driver is a plug-in.</param>
/// <param name="HasIpam">Whether its IPAM driver is a plug-in.</param>
public sealed record PluggedNetwork(bool HasDriver, bool HasIpam)
{
    /// <summary>Whether the plug-ins have made it. Until then nothing can be connected to it.</summary>
    public bool IsReady { get; init; }
}
