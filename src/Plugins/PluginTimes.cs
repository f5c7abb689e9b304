namespace Net.Plugins;

/// <summary>How long plug-ins are waited for.</summary>
public sealed record PluginTimes
{
    /// <summary>How long one request may take in all. Default 20 s: longer than a plug-in needs that makes a few links, shorter than a
    /// person waits.</summary>
    public TimeSpan Request { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a plug-in may be away before a request fails: one that is started again. Default 5 s.</summary>
    public TimeSpan Absence { get; init; } = TimeSpan.FromSeconds(5);
}
