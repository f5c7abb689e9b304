using System.Text.Json.Serialization;

namespace Net.Api.Containers;

/// <summary>A container as <c>GET /containers/{id}/json</c> shows it: Docker Engine's fields.</summary>
public sealed record ContainerDetails
{
    /// <summary>The container's id, 64 hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>The time of creation.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>The program, or empty for a container without a command.</summary>
    public string Path { get; init; } = "";

    /// <summary>The program's arguments.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>The state of its command.</summary>
    public required ContainerState State { get; init; }

    /// <summary>Docker's image id; empty here, since there are no images.</summary>
    public string Image { get; init; } = "";

    /// <summary>The path of its resolv.conf on the host; empty while it has no network stack of its own.</summary>
    public string ResolvConfPath { get; init; } = "";

    /// <summary>The path of its /etc/hostname on the host; empty as <see cref="ResolvConfPath"/>.</summary>
    public string HostnamePath { get; init; } = "";

    /// <summary>The path of its /etc/hosts on the host; empty as <see cref="ResolvConfPath"/>.</summary>
    public string HostsPath { get; init; } = "";

    /// <summary>The path of its command's log; empty for a container without a command.</summary>
    public string LogPath { get; init; } = "";

    /// <summary>Its name with a leading slash: <c>/web</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How often its restart policy has started it; always 0 here.</summary>
    public int RestartCount { get; init; }

    /// <summary>Docker's storage driver; empty here.</summary>
    public string Driver { get; init; } = "";

    /// <summary>The operating system.</summary>
    public string Platform { get; init; } = "linux";

    /// <summary>Docker's labels for SELinux; empty here.</summary>
    public string MountLabel { get; init; } = "";

    /// <summary>As <see cref="MountLabel"/>.</summary>
    public string ProcessLabel { get; init; } = "";

    /// <summary>Docker's profile of AppArmor; empty here.</summary>
    public string AppArmorProfile { get; init; } = "";

    /// <summary>The ids of further commands that run in it; null for none.</summary>
    public IReadOnlyList<string>? ExecIDs { get; init; }

    /// <summary>Docker's file systems; empty here, where a container has the host's.</summary>
    public IReadOnlyList<EmptyObject> Mounts { get; init; } = [];

    /// <summary>The bytes of the files that it has written, where they are asked for: 0, since it has none of its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? SizeRw { get; init; }

    /// <summary>The bytes of all files of its own, where they are asked for: 0 as well.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? SizeRootFs { get; init; }

    /// <summary>The settings of its command.</summary>
    public required ContainerConfig Config { get; init; }

    /// <summary>The requested network settings.</summary>
    public required ContainerHostConfig HostConfig { get; init; }

    /// <summary>The current state of its network.</summary>
    public required ContainerNetworkSettings NetworkSettings { get; init; }
}
