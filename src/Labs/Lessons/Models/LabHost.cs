using Net.Labs.Yaml;

namespace Net.Labs.Lessons.Models;

/// <summary>A host of a lab: a network namespace with mounts, processes and a name of its own.</summary>
public sealed record LabHost
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is in the file.</summary>
    public required Place Place { get; init; }

    /// <summary>The options of its daemon; null when it has no daemon.</summary>
    public IReadOnlyList<string>? DaemonOptions { get; init; }

    /// <summary>Whether a daemon of netctl runs on it.</summary>
    public bool HasDaemon => DaemonOptions is not null;

    /// <summary>Its routes: destination, and the address of the next hop.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Routes { get; init; } = [];

    /// <summary>Kernel settings by their names in sysctl(8).</summary>
    public IReadOnlyDictionary<string, string> Sysctls { get; init; } = new Dictionary<string, string>();

    /// <summary>What is run on it before its daemon starts.</summary>
    public IReadOnlyList<LabCommand> Setup { get; init; } = [];
}

/// <summary>A network that joins hosts. Each host has an interface of this name on it.</summary>
/// <param name="Name">Its name, and that of the interfaces.</param>
/// <param name="Place">Where it is in the file.</param>
/// <param name="Mtu">The largest packet in bytes; null for the kernel's choice.</param>
/// <param name="Ends">The hosts on it, with their addresses in CIDR form.</param>
public sealed record LabLink(string Name, Place Place, int? Mtu, IReadOnlyList<LabLinkEnd> Ends);

/// <summary>A host on a link.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Addresses">Its addresses with prefix lengths; may be empty.</param>
/// <param name="Place">Where it is in the file.</param>
public sealed record LabLinkEnd(string Host, IReadOnlyList<string> Addresses, Place Place);
