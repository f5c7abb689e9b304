namespace Net.Daemon;

/// <summary>Turns the daemon's settings for the network <c>bridge</c> into options of the bridge driver.</summary>
internal static class DefaultBridge
{
    /// <summary>The driver options for the settings that were given; the driver has defaults for the others.</summary>
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
