namespace Net.Api.Daemons;

/// <summary>The answer to <c>GET /info</c>: the part of Docker Engine's fields that exists here.</summary>
public sealed record SystemInfo
{
    /// <summary>An id of this daemon that stays over restarts, or empty.</summary>
    public string ID { get; init; } = "";

    /// <summary>The host's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The daemon's version.</summary>
    public string ServerVersion { get; init; } = "";

    /// <summary>All containers.</summary>
    public int Containers { get; init; }

    /// <summary>Containers that run.</summary>
    public int ContainersRunning { get; init; }

    /// <summary>Containers that have ended or were never started.</summary>
    public int ContainersStopped { get; init; }

    /// <summary>All networks, the predefined ones included.</summary>
    public int Networks { get; init; }

    /// <summary>The daemon's data root.</summary>
    public string DockerRootDir { get; init; } = "";

    /// <summary>The kernel's release.</summary>
    public string KernelVersion { get; init; } = "";

    /// <summary>The operating system's name.</summary>
    public string OperatingSystem { get; init; } = "";

    /// <summary>The kind of operating system: <c>linux</c>.</summary>
    public string OSType { get; init; } = "linux";

    /// <summary>The machine as uname(2) says: <c>x86_64</c>.</summary>
    public string Architecture { get; init; } = "";

    /// <summary>What firewall rules are written with, and why.</summary>
    public FirewallBackendInfo? FirewallBackend { get; init; }
}
