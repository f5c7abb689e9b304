using System.CommandLine;
using Net.Cli.Containers;
using Net.Cli.Daemons;
using Net.Cli.Dns;
using Net.Cli.Networks;

namespace Net.Cli.CommandLines;

/// <summary>The tree of all commands, and the global options.</summary>
internal sealed class CommandTree
{
    public CommandTree()
    {
        Root = new Command("netctl", "Container networks: make them, join containers to them, see why a packet goes where it goes")
        {
            Host,
            DryRun,
            NetworkNoun.Create(),
            new ContainerRun(),
            new ContainerCreate(),
            new ContainerExec(),
            new ContainerList(),
            new ContainerStop(),
            new ContainerWait(),
            new ContainerRemove(),
            new ContainerLogs(),
            new ObjectInspect(),
            new ContainerPort(),
            new ContainerPublish(),
            new ContainerUnpublish(),
            DnsNoun.Create(),
            new VersionShow(),
            new InfoShow(),
            new DoctorRun(),
            SystemNoun.Create(),
            new DaemonStart(),
        };
    }

    public Command Root { get; }

    public Option<string?> Host { get; } = Flags.One(
        "--host", "-H", "unix://PATH",
        "Socket of the daemon; the value of NETCTL_HOST, or else unix:///run/netctl/netctl.sock, when not given");

    public Option<bool> DryRun { get; } = Flags.Switch(
        "--dry-run", null,
        "Change nothing; print the commands that a person would type for create, connect, disconnect, run, rm, publish or unpublish");
}
