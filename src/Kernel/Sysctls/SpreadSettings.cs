using Net.Linux;

namespace Net.Kernel.Sysctls;

/// <summary>The two settings that the kernel writes to others when they are written: forwarding of all links, in each family.</summary>
/// <remarks>Each is written to <c>forwarding</c> of every link and to that of <c>default</c>, whatever these were; IPv4's inverse is
/// written to <c>accept_redirects</c> of <c>all</c>. Source: inet_forward_change in net/ipv4/devinet.c, addrconf_fixup_forwarding in
/// net/ipv6/addrconf.c.</remarks>
internal static class SpreadSettings
{
    /// <summary>Forwarding of IPv4.</summary>
    public const string IPv4 = "net/ipv4/ip_forward";

    /// <summary>Forwarding of IPv6.</summary>
    public const string IPv6 = "net/ipv6/conf/all/forwarding";

    /// <summary>Forwarding of IPv6 by links that come later.</summary>
    public const string IPv6Default = "net/ipv6/conf/default/forwarding";

    private const string IPv4Default = "net/ipv4/conf/default/forwarding";
    private const string IPv4Redirects = "net/ipv4/conf/all/accept_redirects";
    private const string Name = "forwarding";

    /// <summary>The setting that is written to this one; null for none.</summary>
    public static string? SourceOf(string path) => path switch
    {
        IPv4Default or IPv4Redirects => IPv4,
        IPv6Default => IPv6,
        _ when LinkSettings.Split(path) is not (_, Name) => null,
        _ => path.StartsWith("net/ipv4/", StringComparison.Ordinal) ? IPv4 : IPv6,
    };

    /// <summary>What a setting is when a value has been written to its source.</summary>
    public static string ValueAfter(string path, string written) => path != IPv4Redirects ? written : written == "0" ? "1" : "0";

    /// <summary>The setting whose value a link's setting had before its source was written, where none was kept of it: that of
    /// <c>default</c>; null when it is no setting of a link.</summary>
    public static string? DefaultOf(string path) =>
        LinkSettings.Split(path) is null ? null : SourceOf(path) == IPv4 ? IPv4Default : IPv6Default;

    /// <summary>The settings that this one is written to, with their values now; none for all but the two.</summary>
    public static IReadOnlyDictionary<string, string> Read(string source)
    {
        (string Directory, string[] Others)? place = source switch
        {
            IPv4 => ("net/ipv4/conf/", [IPv4Redirects]),
            IPv6 => ("net/ipv6/conf/", []),
            _ => null,
        };
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (place is var (directory, others))
        {
            IEnumerable<string> links = Directory.EnumerateDirectories($"/proc/sys/{directory}")
                .Select(static path => Path.GetFileName(path)).Where(static link => link != "all");
            foreach (string path in links.Select(link => $"{directory}{link}/{Name}").Concat(others))
            {
                if (SettingFile.TryRead(path) is { } value)
                {
                    values.Add(path, value);
                }
            }
        }

        return values;
    }

    /// <summary>Writes a setting, and afterwards to those that it is written to what they are to be; not those of a link that has
    /// gone.</summary>
    /// <returns>True, so that it can be a namespace visit's result.</returns>
    /// <exception cref="LinuxException">The kernel refuses a value.</exception>
    public static bool Write(string source, string value, IReadOnlyDictionary<string, string> others)
    {
        WriteIfThere(source, value);
        foreach ((string path, string wanted) in others)
        {
            if (SettingFile.TryRead(path) is { } now && now != wanted)
            {
                WriteIfThere(path, wanted);
            }
        }

        return true;
    }

    private static void WriteIfThere(string path, string value)
    {
        try
        {
            SettingFile.Write(path, value);
        }
        catch (LinuxException error) when (error.Errno == Errno.NoEntry)
        {
            // Its link has gone since it was read.
        }
    }
}
