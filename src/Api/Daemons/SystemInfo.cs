namespace Net.Api.Daemons;

/// <summary>The answer to <c>GET /info</c>: the part of Docker Engine's fields that exists here.</summary>
public sealed record SystemInfo
{
    /// <summary>An id of this daemon that survives restarts, or empty.</summary>
    public string ID { get; init; } = "";

    /// <summary>The host's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The daemon's version.</summary>
    public string ServerVersion { get; init; } = "";

    /// <summary>The number of containers.</summary>
    public int Containers { get; init; }

    /// <summary>The number of running containers.</summary>
    public int ContainersRunning { get; init; }

    /// <summary>Those that are paused. As in Docker they count as running too.</summary>
    public int ContainersPaused { get; init; }

    /// <summary>The number of containers that have exited or were never started.</summary>
    public int ContainersStopped { get; init; }

    /// <summary>The number of networks, the predefined ones included.</summary>
    public int Networks { get; init; }

    /// <summary>The directory of the daemon's store.</summary>
    public string DockerRootDir { get; init; } = "";

    /// <summary>The kernel's release.</summary>
    public string KernelVersion { get; init; } = "";

    /// <summary>The operating system's name.</summary>
    public string OperatingSystem { get; init; } = "";

    /// <summary>The kind of operating system: <c>linux</c>.</summary>
    public string OSType { get; init; } = "linux";

    /// <summary>The machine as uname(2) says: <c>x86_64</c>.</summary>
    public string Architecture { get; init; } = "";

    /// <summary>The firewall backend, and why it was chosen.</summary>
    public FirewallBackendInfo? FirewallBackend { get; init; }
}
