using Net.Api.Containers;

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

    /// <summary>The number of containers that run and are not paused.</summary>
    public int ContainersRunning { get; init; }

    /// <summary>The number of containers that are paused.</summary>
    public int ContainersPaused { get; init; }

    /// <summary>The number of containers that have exited or were never started.</summary>
    public int ContainersStopped { get; init; }

    /// <summary>Docker's number of images; 0 here, where there are none.</summary>
    public int Images { get; init; }

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

    /// <summary>Whether the host passes IPv4 packets on, which it is told to when the first network is made.</summary>
    public bool IPv4Forwarding { get; init; }

    /// <summary>The number of processors.</summary>
    public int NCPU { get; init; }

    /// <summary>The host's memory in bytes.</summary>
    public ulong MemTotal { get; init; }

    /// <summary>The time of the daemon.</summary>
    public DateTimeOffset SystemTime { get; init; }

    /// <summary>Docker's storage driver; empty here.</summary>
    public string Driver { get; init; } = "";

    /// <summary>The drivers that are built in.</summary>
    public SystemPlugins? Plugins { get; init; }

    /// <summary>How the output of commands is kept.</summary>
    public string LoggingDriver { get; init; } = ContainerLogConfig.JsonFile;

    /// <summary>Docker's way to limit what containers use; none here.</summary>
    public string CgroupDriver { get; init; } = "none";

    /// <summary>Whether containers go on while the daemon does not run; always true.</summary>
    public bool LiveRestoreEnabled { get; init; } = true;

    /// <summary>Whether the daemon has switched on what is not yet stable; always false.</summary>
    public bool ExperimentalBuild { get; init; }

    /// <summary>Docker's labels of a daemon; empty here.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>What keeps containers from the host; empty here, where they are no security boundary.</summary>
    public IReadOnlyList<string> SecurityOptions { get; init; } = [];

    /// <summary>Docker's part in a swarm; <c>inactive</c> here.</summary>
    public SystemSwarm Swarm { get; init; } = new();

    /// <summary>The address pools that subnets of new networks are taken of.</summary>
    public IReadOnlyList<SystemAddressPool>? DefaultAddressPools { get; init; }

    /// <summary>Warnings; null for none.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>The firewall backend, and why it was chosen.</summary>
    public FirewallBackendInfo? FirewallBackend { get; init; }
}
