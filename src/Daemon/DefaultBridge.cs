namespace Net.Daemon;

/// <summary>The daemon's settings for the network <c>bridge</c>, in the words of its driver.</summary>
internal static class DefaultBridge
{
    /// <summary>Only what was set: the driver has defaults of its own.</summary>
    public static IReadOnlyDictionary<string, string> OptionsOf(DaemonOptions options)
    {
        var text = new Dictionary<string, string>(StringComparer.Ordinal);
        if (options.HostBinding is { } address)
        {
            text["com.docker.network.bridge.host_binding_ipv4"] = address.ToString();
        }

        if (!options.InterContainer)
        {
            text["com.docker.network.bridge.enable_icc"] = "false";
        }

        return text;
    }
}
